import { QueryFailedError } from 'typeorm';
import { Database } from '../../src/common/database.js';
import { clientOf, operations } from '../adobe/wire.js';
import { callerOf, INTEGRATION } from '../adobe-rest/wire.js';
import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { asBase64, atAdmin, atClient, LOGIN, RESET, sessionOf, WHO } from '../common-ground/operations.js';
import { Visitor } from '../pages/visitor.js';
import * as merchant from '../shopify-admin/admin.js';
import { RECOVER, shopify, SIGN_IN, WHO as WHO_SHOPS } from '../shopify/storefront.js';
import { TestApp, type Answer } from '../support/test-app.js';

let app: TestApp;
let layer: CommerceLayerClient;
let integration: string;
let session: string;
let buyer: Record<string, string>;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  layer = new CommerceLayerClient(app);
  integration = await layer.integration();
  const ann = await app.aCustomer();
  session = await app.signedIn(ann);
  buyer = await sessionOf(app, ann);
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const FAULT = new QueryFailedError(
  "SELECT password_hash FROM customer WHERE email = 'ann@example.com'",
  ['ann@example.com'],
  Object.assign(new Error("Table 'keyturn.customer' doesn't exist"), { stack: 'Error: x\n    at read (/srv/keyturn/dist/src/customer.js:7:3)' }), // prettier-ignore
);
const INSIDE =
  /SELECT|password_hash|keyturn\.customer|doesn't exist|\/srv|\.[jt]s\b|QueryFailed|stack|ann@example|\n\s+at /;

/** Everything that asks the database fails. */
function breakDatabase(): void {
  for (const verb of ['read', 'select', 'transaction'] as const) {
    jest.spyOn(app.get(Database), verb).mockRejectedValue(FAULT);
  }
}

const form = (path: string, name: string): [string, () => Promise<Answer>] => [
  `the page ${name}`,
  async () => {
    const visitor = new Visitor(app);
    await visitor.open(path);
    return visitor.page;
  },
];

const EMAIL = 'ann@example.com';
const ASKS: Record<string, () => Promise<Answer>> = {
  'Adobe GraphQL, a query': () => clientOf(app)('{customer{email}}', {}, { authorization: `Bearer ${session}` }),
  'Adobe GraphQL, a mutation': () =>
    clientOf(app)(operations.generateCustomerToken, { email: EMAIL, password: 'wrong one' }),
  'Adobe REST': () => callerOf(app, INTEGRATION)('GET', 'customers/1'),
  'Adobe REST, a token': () =>
    callerOf(app)('POST', 'integration/customer/token', { username: EMAIL, password: 'wrong one' }),
  'Shopify’s storefront, a query': () => shopify(app, WHO_SHOPS, { token: 'x'.repeat(43) }),
  'Shopify’s storefront, a sign-in': () => shopify(app, SIGN_IN, { input: { email: EMAIL, password: 'wrong one' } }),
  'Shopify’s storefront, a reset': () => shopify(app, RECOVER, { email: EMAIL }),
  'Shopify’s admin': () => merchant.admin(app, merchant.LIST, { first: 1 }),
  'Commerce Layer': () => layer.call('GET', 'customers', integration),
  'Commerce Layer, a record': () => layer.create(integration, { customer_email: EMAIL }),
  'OAuth, a token': () => layer.oauth({ ...CHANNEL, grant_type: 'password', username: EMAIL, password: 'wrong one' }),
  'OAuth, a revocation': () =>
    app.request({ method: 'POST', url: '/oauth/revoke', body: { client_id: CHANNEL.client_id, token: integration } }),
  'OAuth, token info': () =>
    app.request({ url: '/oauth/tokeninfo', headers: { authorization: `Bearer ${integration}` } }),
  'Common Ground, a login': () => atClient(app, LOGIN, { e: EMAIL, p: 'wrong one' }),
  'Common Ground, a reset': () => atClient(app, RESET, { p: asBase64('a new password'), t: 'A'.repeat(32) }),
  'Common Ground, a session': () => atClient(app, WHO, {}, buyer),
  'Common Ground’s admin': () => atAdmin(app, '{users{pagination{count}}}'),
  'the admin API': () => app.admin('GET', '/customers/12345'),
  'the admin API, a list': () => app.admin('GET', '/events'),
  ...Object.fromEntries([
    form(`/account/reset/12345/${'A'.repeat(32)}`, 'of a reset'),
    form(`/account/activate/12345/${'A'.repeat(32)}`, 'of an activation'),
    form(`/account/confirm/12345/${'A'.repeat(32)}`, 'of a confirmation'),
    form(`/customer/account/createPassword/?token=${'A'.repeat(32)}`, 'of Adobe’s links'),
  ]),
};

it.each(Object.entries(ASKS))('%s tells nothing of the inside of a fault, and its answer has the number under which the log has it (SEC-68)', async (_name, ask) => {
  breakDatabase();
  app.logged.length = 0;

  const { headers, text } = await ask();

  const id = String(headers['x-request-id']);
  const lines = app.logged.filter((line) => line.includes('"level":50') && line.includes(id)); // workers meet it, too
  expect(text + JSON.stringify(headers)).not.toMatch(INSIDE);
  expect(lines).toEqual([expect.stringContaining("doesn't exist")]);
}); // prettier-ignore
