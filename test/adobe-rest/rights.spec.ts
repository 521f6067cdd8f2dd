import { TestApp, type TestCustomer } from '../support/test-app.js';
import { adminToken, callerOf, INTEGRATION, UNAUTHORIZED } from './wire.js';

type Right = 'anonymous' | 'self' | 'administrator' | `Magento_Customer::${'customer' | 'manage' | 'delete'}`;
type Route = readonly [right: Right, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string];

/** The contract's table of routes. */
const ROUTES: readonly Route[] = [
  ['anonymous', 'POST', 'integration/customer/token'],
  ['self', 'POST', 'integration/customer/revoke-customer-token'],
  ['anonymous', 'POST', 'integration/admin/token'],
  ['anonymous', 'POST', 'customers'],
  ['self', 'GET', 'customers/me'],
  ['self', 'PUT', 'customers/me'],
  ['self', 'PUT', 'customers/me/password'],
  ['self', 'PUT', 'customers/me/activate'],
  ['self', 'GET', 'customers/me/billingAddress'],
  ['self', 'GET', 'customers/me/shippingAddress'],
  ['anonymous', 'PUT', 'customers/password'],
  ['anonymous', 'POST', 'customers/resetPassword'],
  ['anonymous', 'GET', 'customers/0/password/resetLinkToken/x'],
  ['anonymous', 'POST', 'customers/isEmailAvailable'],
  ['Magento_Customer::customer', 'GET', 'customers/search'],
  ['Magento_Customer::customer', 'GET', 'customers/0'],
  ['Magento_Customer::manage', 'PUT', 'customers/0'],
  ['Magento_Customer::delete', 'DELETE', 'customers/0'],
  ['Magento_Customer::manage', 'PUT', 'customers/a@b.co/activate'],
  ['Magento_Customer::manage', 'POST', 'customers/activate'],
  ['Magento_Customer::manage', 'POST', 'customers/confirm'],
  ['Magento_Customer::manage', 'GET', 'customers/0/confirm'],
  ['Magento_Customer::manage', 'PUT', 'customers/validate'],
  ['Magento_Customer::customer', 'GET', 'customers/0/permissions/readonly'],
  ['Magento_Customer::manage', 'GET', 'customers/0/billingAddress'],
  ['Magento_Customer::manage', 'GET', 'customers/0/shippingAddress'],
  ['Magento_Customer::manage', 'GET', 'customers/addresses/0'],
  ['Magento_Customer::manage', 'DELETE', 'addresses/0'],
  ['administrator', 'POST', 'customers/0/token'],
];

const CALLERS = ['guest', 'self', 'admin', 'integration', 'narrowed', 'scopeless', 'other store'] as const;
type Who = (typeof CALLERS)[number];

/** Who gets past the door of a route. */
const ADMITTED: Readonly<Record<Right, readonly Who[]>> = {
  anonymous: CALLERS,
  self: ['self'],
  administrator: ['admin'],
  'Magento_Customer::customer': ['admin', 'integration', 'narrowed'],
  'Magento_Customer::manage': ['admin', 'integration'],
  'Magento_Customer::delete': ['admin', 'integration'],
};

const otherStore = {
  code: 'other',
  name: 'Other Store',
  mailFrom: 'Other Store <hello@other.example>',
  storefrontUrl: 'https://other.example',
  adobe: { integrationTokens: ['other-store-token-0123456789'] },
};

let app: TestApp;
let ann: TestCustomer;

beforeAll(async () => {
  app = await TestApp.start();
  const narrowed = { token: 'narrowed-token-0123456789', resources: ['Magento_Customer::customer'] };
  const scopeless = { token: 'scopeless-token-0123456789', resources: [] };
  await app.setUp({ adobe: { integrationTokens: [INTEGRATION, narrowed, scopeless] }, stores: [otherStore] });
  ann = await app.aCustomer();
});

afterAll(() => app.stop());

function tokenOf(who: Who): Promise<string | undefined> {
  const tokens: Record<Who, () => Promise<string | undefined>> = {
    guest: () => Promise.resolve(undefined),
    self: () => app.signedIn(ann),
    admin: () => adminToken(app),
    integration: () => Promise.resolve(INTEGRATION),
    narrowed: () => Promise.resolve('narrowed-token-0123456789'),
    scopeless: () => Promise.resolve('scopeless-token-0123456789'),
    'other store': () => Promise.resolve('other-store-token-0123456789'),
  };
  return tokens[who]();
}

const named = (right: Right): string => (right === 'administrator' ? 'Magento_LoginAsCustomer::login' : right);

it.each(CALLERS)('lets %s through exactly where the contract says', async (who) => {
  for (const [right, method, path] of ROUTES) {
    const token = await tokenOf(who); // one of the routes ends it
    const { status, body } = await callerOf(app, token)(method, path, method === 'GET' ? undefined : {});
    const isRefused = status === 401 && body.message === UNAUTHORIZED;
    const isAdmitted = ADMITTED[right].includes(who);
    expect([method, path, isRefused]).toEqual([method, path, !isAdmitted]);
    if (!isAdmitted) expect(body).toEqual({ message: UNAUTHORIZED, parameters: { resources: named(right) } });
    if (isAdmitted) expect([200, 400, 404]).toContain(status);
  }
});

it('takes a bad token for a guest: refused where one is needed, ignored elsewhere', async () => {
  for (const token of ['stale', 'a.b.c', 'x'.repeat(9000)]) {
    const call = callerOf(app, token);
    expect((await call('GET', 'customers/me')).body.parameters).toEqual({ resources: 'self' });
    expect((await call('POST', 'customers/isEmailAvailable', { customerEmail: 'a@b.co' })).body).toBe(true);
  }
});

it('says that a token is missing, as Bearer demands', async () => {
  const { status, headers } = await callerOf(app)('GET', 'customers/me');

  expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
});

it('lets a customer of the realm into each of its stores, and a credential into its own store alone (SEC-50)', async () => {
  const token = await app.signedIn(ann);

  const here = await callerOf(app, token)('GET', '/rest/other/V1/customers/me');
  const integration = await callerOf(app, INTEGRATION)('GET', `/rest/other/V1/customers/${ann.id}`);
  const own = await callerOf(app, 'other-store-token-0123456789')('GET', `/rest/other/V1/customers/${ann.id}`);

  expect([here.status, integration.status, own.status]).toEqual([200, 401, 200]);
});
