import { customerErrorCodes, type CustomerErrorCode } from '../../src/dialects/shopify/shopify.errors.js';
import { Customer } from '../../src/customer/index.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { ADD_ADDRESS, CREATE, DELETE_ADDRESS, gid, RECOVER, RESET, shopify, SIGN_IN, tokenOf } from './storefront.js';

interface Told {
  readonly code: string | null;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** Codes of the vendor's that nothing here can lead to. */
const NEVER: Partial<Record<CustomerErrorCode, string>> = {
  BAD_DOMAIN: 'no list of domains is kept, and no domain is looked up in the DNS',
};
/** Codes of operations that have files of their own. */
const ELSEWHERE: Partial<Record<CustomerErrorCode, string>> = {
  ALREADY_ENABLED: 'customerActivate',
  INVALID_MULTIPASS_REQUEST: 'customerAccessTokenCreateWithMultipass',
};

let app: TestApp;
let ann: TestCustomer;
let token: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { disclosure: 'vendor', limits: 'off' } });
  ann = await app.aCustomer();
  token = await tokenOf(app, ann);
});

afterAll(() => app.stop());

async function told(query: string, variables: object): Promise<Told[]> {
  const { status, body } = await shopify(app, query, variables);
  const [answer]: { customerUserErrors: Told[]; userErrors: unknown }[] = Object.values(body.data);
  expect(status).toBe(200);
  expect(answer?.userErrors).toHaveLength(answer?.customerUserErrors.length ?? -1);
  return answer?.customerUserErrors ?? [];
}

const created = (input: object): Promise<Told[]> =>
  told(CREATE, { input: { email: 'new@example.com', password: 'correct-kiln-9', ...input } });
const added = (address: object): Promise<Told[]> => told(ADD_ADDRESS, { token, address });

async function lockedOut(): Promise<TestCustomer> {
  const ben = await app.aCustomer();
  await app.database.transaction((tx) => tx.update(Customer, { id: ben.id }, { disabledBy: 'staff' }));
  return ben;
}

const PROVOKED: Partial<Record<CustomerErrorCode, () => Promise<Told[]>>> = {
  BLANK: () => created({ password: '' }),
  CONTAINS_HTML_TAGS: () => created({ firstName: '<b>x</b>' }),
  CONTAINS_URL: () => added({ city: 'www.evil.example' }),
  CUSTOMER_DISABLED: async () => {
    const { email, password } = await lockedOut();
    return told(SIGN_IN, { input: { email, password } });
  },
  INVALID: () => added({ country: 'Atlantis' }),
  NOT_FOUND: () => told(DELETE_ADDRESS, { token, id: 'gid://shopify/MailingAddress/7' }),
  PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE: () => created({ password: ' correct-kiln-9' }),
  TAKEN: () => created({ email: ann.email }),
  TOKEN_INVALID: () => told(RESET, { id: gid(ann.number), input: { resetToken: 'nope', password: 'correct-kiln-9' } }),
  TOO_LONG: () => created({ lastName: 'x'.repeat(256) }),
  TOO_SHORT: () => created({ password: 'short' }),
  UNIDENTIFIED_CUSTOMER: () => told(RECOVER, { email: 'nobody@example.com' }),
};
const EXPECTED: Readonly<Record<string, Omit<Told, 'code'>>> = {
  BLANK: { field: ['input', 'password'], message: "Password can't be blank" },
  CONTAINS_HTML_TAGS: { field: ['input', 'firstName'], message: 'First name cannot contain HTML tags' },
  CONTAINS_URL: { field: ['address', 'city'], message: 'City cannot contain URL' },
  CUSTOMER_DISABLED: { field: null, message: 'Customer is disabled' },
  INVALID: { field: ['address', 'country'], message: 'Country is invalid' },
  NOT_FOUND: { field: ['id'], message: 'Address does not exist' },
  PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE: {
    field: ['input', 'password'],
    message: 'Password starts or ends with whitespace',
  },
  TAKEN: { field: ['input', 'email'], message: 'Email has already been taken' },
  TOKEN_INVALID: { field: ['input'], message: 'Invalid reset token' },
  TOO_LONG: { field: ['input', 'lastName'], message: 'Last name is too long (maximum is 255 characters)' },
  TOO_SHORT: { field: ['input', 'password'], message: 'Password is too short (minimum is 8 characters)' },
  UNIDENTIFIED_CUSTOMER: { field: ['email'], message: 'Could not find customer' },
};

it('knows of every code either what leads to it or why nothing does', () => {
  const known = [PROVOKED, NEVER, ELSEWHERE].flatMap((table) => Object.keys(table));

  expect(known.sort()).toEqual([...customerErrorCodes].sort());
});

it.each(Object.entries(PROVOKED))('tells %s', async (code, provoke) => {
  expect(await provoke()).toEqual([{ code, ...EXPECTED[code] }]);
});

it('tells that the number of somebody else is taken, at sign-up as well', async () => {
  await created({ email: 'first@example.com', phone: '+1 613 555 0177' });

  expect(await created({ email: 'second@example.com', phone: '(+1) 613-555-0177' })).toEqual([
    { code: 'TAKEN', field: ['input', 'phone'], message: 'Phone has already been taken' },
  ]);
});

it('takes one number once, of however many sign up with it at the same time (SEC-14)', async () => {
  const tries = await Promise.all(
    Array.from({ length: 8 }, (_, at) => created({ email: `racer-${at}@example.com`, phone: '+16135550178' })),
  );

  expect(tries.filter((errors) => errors.length === 0)).toHaveLength(1);
  expect(tries.flat().filter(({ code, field }) => code === 'TAKEN' && field?.[1] === 'phone')).toHaveLength(7);
});

it('leaves no customer without a name, number or address: the address always stays', async () => {
  const UPDATE =
    'mutation U($token: String!) { customerUpdate(customerAccessToken: $token, customer: {firstName: null, lastName: null, phone: null, email: null}) { customer { email displayName } customerUserErrors { code field message } userErrors { message } } }';
  const { body } = await shopify(app, UPDATE, { token });

  expect(body.data.customerUpdate).toMatchObject({ customer: { email: ann.email, displayName: ann.email } });
});
