import { bearer, clientOf, operations } from '../adobe/wire.js';
import { callerOf } from '../adobe-rest/wire.js';
import { CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { asBase64, atClient } from '../common-ground/operations.js';
import { shopify, SIGN_IN } from '../shopify/storefront.js';
import { PATH as MERCHANT } from '../shopify-admin/admin.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const LOGIN = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

type Failing = () => never;

/** What of the library and the driver a statement begins with. */
interface Source {
  readonly query: Failing;
  readonly createQueryRunner: Failing;
  readonly driver: { readonly pool: { readonly execute: Failing } };
}

/** As if every connection broke off; the application must find that out by itself. */
function cutOff(): void {
  const { source } = app.database as unknown as { readonly source: Source };
  const fail: Failing = () => {
    throw Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
  };
  jest.spyOn(source, 'query').mockImplementation(fail);
  jest.spyOn(source, 'createQueryRunner').mockImplementation(fail);
  jest.spyOn(source.driver.pool, 'execute').mockImplementation(fail);
}

/** Requests that need the database for whom they name, by credentials that are not remembered. */
const REQUESTS: Readonly<Record<string, (ann: TestCustomer, token: string) => Promise<Answer>>> = {
  'Adobe, a password': ({ email, password }) => clientOf(app)(operations.generateCustomerToken, { email, password }),
  'Adobe, a token': (_ann, token) => app.adobe('{customer{email}}', {}, bearer(token)),
  'Adobe REST, a password': ({ email: username, password }) =>
    callerOf(app)('POST', 'integration/customer/token', { username, password }),
  'Shopify, a password': ({ email, password }) => shopify(app, SIGN_IN, { input: { email, password } }),
  "Shopify, a storefront's token": ({ email, password }) =>
    shopify(app, SIGN_IN, { input: { email, password } }, { headers: { 'x-shopify-storefront-access-token': email } }),
  "Shopify, a merchant's token": ({ email }) =>
    app.request({
      method: 'POST',
      url: MERCHANT,
      headers: { 'x-shopify-access-token': email },
      body: { query: '{shop{name}}' },
    }),
  'Commerce Layer, a password': ({ email }) => new CommerceLayerClient(app).oauth(passwordGrant(email)),
  'Common Ground, a password': ({ email, password }) =>
    atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) }),
  'the admin API': ({ email }) =>
    app.request({ url: '/admin/v1/stats', headers: { authorization: `Bearer ${email}` } }),
};

it.each(Object.keys(REQUESTS))('asks to come back where the database cannot be asked: %s', async (name) => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  await REQUESTS[name]?.(ann, token); // what is remembered for some seconds is remembered
  cutOff();

  const answer = await REQUESTS[name]?.(ann, token);

  expect([answer?.status, answer?.headers['retry-after']]).toEqual([503, '1']);
  expect(JSON.stringify(answer?.body)).not.toMatch(/PROTOCOL|Connection/);
});

it('is not ready, but lives, while the database cannot be asked', async () => {
  cutOff();

  const ready = await app.request({ url: '/health/ready' });
  const live = await app.request({ url: '/health/live' });

  expect([ready.status, live.status]).toEqual([503, 200]);
  expect(ready.body).toMatchObject({ status: 'unavailable', database: false });
});
