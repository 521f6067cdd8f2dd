import { TestApp } from '../support/test-app.js';
import { aNetwork, CREATE, shopify, tokenOf, whoHas } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

interface Refusal {
  readonly code: string;
  readonly field: string[];
  readonly message: string;
}

let made = 0;
const anEmail = (): string => `new-${(made += 1)}@example.com`;

async function refused(input: object): Promise<Refusal[]> {
  const { status, body } = await shopify(app, CREATE, {
    input: { email: anEmail(), password: 'correct-kiln-9', ...input },
  });
  expect(status).toBe(200);
  expect(body.data.customerCreate.customer).toBeNull();
  const { customerUserErrors, userErrors }: { customerUserErrors: Refusal[]; userErrors: unknown } =
    body.data.customerCreate;
  expect(userErrors).toEqual(customerUserErrors.map(({ field, message }) => ({ field, message })));
  return customerUserErrors;
}

it('registers a customer, who signs in next (example 1)', async () => {
  const { body } = await shopify(app, CREATE, {
    input: { email: 'Ada.Kiln@Example.com ', password: 'correct-kiln-9', firstName: ' Ada ', lastName: 'Kiln' },
  });

  expect(body).toEqual({
    data: {
      customerCreate: {
        customer: {
          id: expect.stringMatching(/^gid:\/\/shopify\/Customer\/[1-9]\d{0,15}$/),
          email: 'ada.kiln@example.com',
          displayName: 'Ada Kiln',
          firstName: 'Ada',
          lastName: 'Kiln',
          phone: null,
          acceptsMarketing: false,
          tags: [],
          numberOfOrders: '0',
        },
        customerUserErrors: [],
        userErrors: [],
      },
    },
  });
  const token = await tokenOf(app, { email: 'ada.kiln@example.com', password: 'correct-kiln-9' });
  expect(await whoHas(app, token)).toBe('ada.kiln@example.com');
});

it('takes a phone number however it is grouped, and white space out of an address', async () => {
  const input = { email: 'a b@phone.example', password: 'correct-kiln-9', phone: '+1 (613) 450-5293', firstName: '  ' };
  const { body } = await shopify(app, CREATE, { input });

  expect(body.data.customerCreate.customer).toMatchObject({
    email: 'ab@phone.example',
    displayName: 'ab@phone.example',
    firstName: null,
    phone: '+16134505293',
  });
});

it('tells that an address is taken, whatever its case (SEC-14)', async () => {
  const { email } = await app.aCustomer();

  expect(await refused({ email: email.toUpperCase() })).toEqual([
    { code: 'TAKEN', field: ['input', 'email'], message: 'Email has already been taken' },
  ]);
});

it.each([
  ['email', 'foo@bar', 'INVALID', 'Email is invalid'],
  ['email', 'no address', 'INVALID', 'Email is invalid'],
  ['email', ' ', 'BLANK', "Email can't be blank"],
  ['password', '', 'BLANK', "Password can't be blank"],
  ['password', '            ', 'BLANK', "Password can't be blank"],
  ['password', 'short', 'TOO_SHORT', 'Password is too short (minimum is 8 characters)'],
  ['password', 'x'.repeat(257), 'TOO_LONG', 'Password is too long (maximum is 256 characters)'],
  ['password', ' correct-kiln-9', 'PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE', 'Password starts or ends with whitespace'],
  ['password', 'correct\u0007kiln-9', 'INVALID', 'Password is invalid'],
  ['firstName', 'x'.repeat(256), 'TOO_LONG', 'First name is too long (maximum is 255 characters)'],
  ['firstName', '<b>Ann</b>', 'CONTAINS_HTML_TAGS', 'First name cannot contain HTML tags'],
  ['lastName', 'see https://evil.example', 'CONTAINS_URL', 'Last name cannot contain URL'],
  ['lastName', 'a\u0000b', 'INVALID', 'Last name is invalid'],
  ['lastName', 'a\ud800b', 'INVALID', 'Last name is invalid'],
  ['phone', '0613', 'INVALID', 'Phone is invalid'],
])('refuses %s %j with %s', async (member, value, code, message) => {
  expect(await refused({ [member]: value })).toEqual([{ code, field: ['input', member], message }]);
});

it('refuses an address that is its own password, and one that is much too long', async () => {
  expect(await refused({ email: 'own-password@example.com', password: 'own-password@example.com' })).toMatchObject([
    { code: 'INVALID', field: ['input', 'password'] },
  ]);
  expect(await refused({ email: `${'x'.repeat(250)}@example.com` })).toMatchObject([
    { code: 'TOO_LONG' },
    { code: 'INVALID' },
  ]);
});

it('tells all that is wrong together', async () => {
  const codes = (await refused({ email: 'nobody', password: '', firstName: '<i>x</i>' })).map(({ field }) => field[1]);

  expect(codes.sort()).toEqual(['email', 'firstName', 'password']);
});

it('refuses a member that is missing before anything is looked up (example 8)', async () => {
  const query = 'mutation R($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }';
  const { body } = await shopify(app, query, { input: { email: 'x@example.com' } });

  expect(body).toEqual({
    errors: [
      {
        message:
          'Variable $input of type CustomerCreateInput! was provided invalid value for password (Expected value to not be null)',
        locations: [{ line: 1, column: 12 }],
        extensions: {
          code: 'INVALID_VARIABLE',
          value: { email: 'x@example.com' },
          problems: [{ path: ['password'], explanation: 'Expected value to not be null' }],
        },
      },
    ],
  });
});

it('lets a network register ten customers an hour (SEC-44)', async () => {
  const from = aNetwork();
  const create = (): ReturnType<typeof shopify> =>
    shopify(app, CREATE, { input: { email: anEmail(), password: 'correct-kiln-9' } }, { from });
  for (let count = 0; count < 10; count += 1) expect((await create()).body.errors).toBeUndefined();

  expect((await create()).body).toEqual({
    errors: [
      {
        message: 'Creating Customer Limit exceeded. Please try again later.',
        path: ['customerCreate'],
        locations: [],
        extensions: { code: 'THROTTLED' },
      },
    ],
    data: { customerCreate: null },
  });
});
