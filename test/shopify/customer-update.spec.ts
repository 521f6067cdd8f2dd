import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { gid, shopify, tokenOf, whoHas } from './storefront.js';

const UPDATE =
  'mutation P($customer: CustomerUpdateInput!, $token: String!) { customerUpdate(customer: $customer, customerAccessToken: $token) { customer { id email firstName lastName phone acceptsMarketing displayName } customerAccessToken { accessToken expiresAt } customerUserErrors { code field message } userErrors { field message } } }';
const CUSTOMER =
  'query C($token: String!) { customer(customerAccessToken: $token) { firstName lastName phone email acceptsMarketing } }';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

async function signedIn(given: object = {}): Promise<{ ann: TestCustomer; token: string }> {
  const ann = await app.aCustomer({ ...given });
  return { ann, token: await tokenOf(app, ann) };
}

const update = (token: string, customer: object): Promise<Answer> => shopify(app, UPDATE, { customer, token });

async function profileOf(token: string): Promise<unknown> {
  return (await shopify(app, CUSTOMER, { token })).body.data.customer;
}

it('changes only what is in the input; null and blank clear', async () => {
  const { token } = await signedIn();

  const first = await update(token, { phone: '+1 (613) 450-5293', acceptsMarketing: true });
  const second = await update(token, { firstName: null, lastName: '  ', acceptsMarketing: null, password: null });
  const third = await update(token, { firstName: ' Ada ', phone: '' });

  expect(first.body.data.customerUpdate).toMatchObject({
    customer: { firstName: 'Ann', lastName: 'Lee', phone: '+16134505293', acceptsMarketing: true },
    customerAccessToken: null,
    customerUserErrors: [],
    userErrors: [],
  });
  expect(second.body.data.customerUpdate.customer).toMatchObject({
    firstName: null,
    lastName: null,
    phone: '+16134505293',
    acceptsMarketing: true,
  });
  expect(third.body.data.customerUpdate.customer).toMatchObject({ firstName: 'Ada', phone: null, displayName: 'Ada' });
});

it('ends every session with a new password, and hands out one that takes their place (example 6, SEC-52)', async () => {
  const { ann, token } = await signedIn();
  const other = await tokenOf(app, ann);

  const { body } = await update(token, { password: 'another-kiln-7' });

  const { customer, customerAccessToken, customerUserErrors } = body.data.customerUpdate;
  expect([customer.id, customerUserErrors]).toEqual([gid(ann.number), []]);
  expect(customerAccessToken.expiresAt).toBe(
    `${new Date(app.clock.now().getTime() + 42 * 24 * 3600_000).toISOString().slice(0, 19)}Z`,
  );
  expect([await whoHas(app, token), await whoHas(app, other)]).toEqual([null, null]);
  expect(await whoHas(app, customerAccessToken.accessToken)).toBe(ann.email);
  expect(await tokenOf(app, { email: ann.email, password: 'another-kiln-7' })).toBeTruthy();
  expect((await app.mailsTo(ann.email)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/changed/i)]);
});

it('takes the present address along, however it is written, and refuses any other one', async () => {
  const { ann, token } = await signedIn();

  const same = await update(token, { email: ` ${ann.email.toUpperCase()} `, firstName: 'Ada' });
  const other = await update(token, { email: 'somebody-else@example.com', firstName: 'Eve' });
  const none = await update(token, { email: null });

  expect(same.body.data.customerUpdate).toMatchObject({ customer: { firstName: 'Ada' }, customerUserErrors: [] });
  expect(other.body.data.customerUpdate).toEqual({
    customer: null,
    customerAccessToken: null,
    customerUserErrors: [{ code: 'INVALID', field: ['customer', 'email'], message: 'CustomerUpdate access denied' }],
    userErrors: [{ field: ['customer', 'email'], message: 'CustomerUpdate access denied' }],
  });
  expect(none.body.data.customerUpdate.customerUserErrors).toEqual([]);
  expect(await profileOf(token)).toMatchObject({ email: ann.email, firstName: 'Ada' });
});

it.each([
  ['email', 'foo@bar', 'INVALID', 'Email is invalid'],
  ['email', '', 'BLANK', "Email can't be blank"],
  ['password', '', 'BLANK', "Password can't be blank"],
  ['password', '            ', 'BLANK', "Password can't be blank"],
  ['password', 'short', 'TOO_SHORT', 'Password is too short (minimum is 8 characters)'],
  ['password', 'x'.repeat(257), 'TOO_LONG', 'Password is too long (maximum is 256 characters)'],
  ['password', 'correct-kiln-9 ', 'PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE', 'Password starts or ends with whitespace'],
  ['firstName', 'x'.repeat(256), 'TOO_LONG', 'First name is too long (maximum is 255 characters)'],
  ['firstName', '<b>Ann</b>', 'CONTAINS_HTML_TAGS', 'First name cannot contain HTML tags'],
  ['lastName', 'www.evil.example', 'CONTAINS_URL', 'Last name cannot contain URL'],
  ['lastName', 'a\u0000b', 'INVALID', 'Last name is invalid'],
  ['phone', '0613', 'INVALID', 'Phone is invalid'],
  ['phone', '+999123456789', 'INVALID', 'Phone is invalid'],
])('refuses %s %j with %s and changes nothing', async (member, value, code, message) => {
  const { token } = await signedIn();
  const before = await profileOf(token);

  const { body } = await update(token, { acceptsMarketing: true, [member]: value });

  expect(body.data.customerUpdate).toMatchObject({
    customer: null,
    customerUserErrors: [{ code, field: ['customer', member], message }],
    userErrors: [{ field: ['customer', member], message }],
  });
  expect(await profileOf(token)).toEqual(before);
});

it('gives a number to one customer only, at sign-up and later', async () => {
  const { token } = await signedIn();
  const { token: other } = await signedIn();
  await update(token, { phone: '+16135550142' });

  const { body } = await update(other, { firstName: 'Eve', phone: '+1 613 555 0142' });
  const again = await update(token, { phone: '+1-613-555-0142' });

  expect(body.data.customerUpdate.customerUserErrors).toEqual([
    { code: 'TAKEN', field: ['customer', 'phone'], message: 'Phone has already been taken' },
  ]);
  expect(await profileOf(other)).toMatchObject({ firstName: 'Ann', phone: null });
  expect(again.body.data.customerUpdate.customerUserErrors).toEqual([]);
});

it("refuses a dead, foreign or made-up token before it looks at the input, with the vendor's words", async () => {
  const { ann, token } = await signedIn();
  await update(token, { password: 'another-kiln-7' });

  for (const dead of [
    token,
    'nobody',
    '',
    'x'.repeat(600),
    await app.signedIn({ ...ann, password: 'another-kiln-7' }),
  ]) {
    const { status, body } = await update(dead, { firstName: '<b>', email: 'foo@bar' });
    expect([status, body.data]).toEqual([200, { customerUpdate: null }]);
    expect(body.errors).toEqual([
      {
        message:
          'Access denied for customerUpdate field. Required access: `unauthenticated_write_customers` access scope. Also: Requires valid customer access token.',
        path: ['customerUpdate'],
        locations: [],
        extensions: {
          code: 'ACCESS_DENIED',
          documentation: 'https://shopify.dev/api/usage/access-scopes',
          requiredAccess: '`unauthenticated_write_customers` access scope. Also: Requires valid customer access token.',
        },
      },
    ]);
  }
});

it.each(['acceptsMarketing', 'email', 'firstName', 'lastName', 'password', 'phone'])(
  'refuses a %s of another type (SEC-1), and members that there are not (SEC-2)',
  async (member) => {
    const { token } = await signedIn();
    const before = await profileOf(token);

    for (const value of [7, ['x'], { x: 'y' }, member === 'acceptsMarketing' ? 'true' : true]) {
      const { body } = await update(token, { [member]: value });
      expect(body.data).toBeUndefined();
      expect(body.errors[0].extensions.code).toBe('INVALID_VARIABLE');
    }
    expect((await update(token, { state: 'disabled' })).body.errors[0].extensions.code).toBe('INVALID_VARIABLE');
    expect(await profileOf(token)).toEqual(before);
  },
);
