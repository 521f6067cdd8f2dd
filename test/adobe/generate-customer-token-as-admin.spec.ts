import { adminToken, callerOf, claimsOf, INTEGRATION } from '../adobe-rest/wire.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, operations, refusal, refusedWhole, texts } from './wire.js';

const OPERATION = 'generateCustomerTokenAsAdmin';
const QUERY = 'mutation($e:String!){generateCustomerTokenAsAdmin(input:{customer_email:$e}){customer_token}}';
const UNAUTHORIZED = refusal(OPERATION, texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

function ask(token: string | null, email: string): Promise<Answer> {
  return clientOf(app)(QUERY, { e: email }, token === null ? {} : bearer(token));
}

/** A customer who agrees to be helped. */
async function aHelpedCustomer(given: Record<string, unknown> = {}): Promise<TestCustomer> {
  const customer = await app.aCustomer(given);
  const update = 'mutation{updateCustomerV2(input:{allow_remote_shopping_assistance:true}){customer{id}}}';
  await clientOf(app)(update, {}, bearer(await app.signedIn(customer)));
  return customer;
}

it('gives an administrator a token that is the customer, and leaves a trail', async () => {
  const ann = await aHelpedCustomer();

  const { body } = await ask(await adminToken(app), ann.email);

  const token: unknown = body.data[OPERATION].customer_token;
  expect(claimsOf(String(token))).toMatchObject({ uid: ann.id, utypid: 3 });
  const who = await clientOf(app)(operations.customer, {}, bearer(String(token)));
  expect(who.body.data.customer.email).toBe(ann.email);
  expect(app.logged.join('')).toMatch(/"event":"login_by_staff"[^\n]*"by":"demo-admin"/);
});

it('complains of a blank address first, whoever asks', async () => {
  const blank = refusal(OPERATION, 'Specify the "customer email" value.');

  expect((await ask(null, ' ')).body).toEqual(blank);
  expect((await ask(await adminToken(app), '')).body).toEqual(blank);
});

it('is for administrators alone', async () => {
  const ann = await aHelpedCustomer();

  for (const token of [null, await app.signedIn(ann), INTEGRATION]) {
    expect((await ask(token, ann.email)).body).toEqual(UNAUTHORIZED);
  }
});

it('wants the consent of the customer', async () => {
  const ann = await app.aCustomer();

  const { body } = await ask(await adminToken(app), ann.email);

  expect(body).toEqual(refusal(OPERATION, 'Allow remote shopping assistance is disabled.', 'graphql-authorization'));
});

it('tells an administrator that nobody has the address', async () => {
  for (const email of ['nobody@example.com', 'no address']) {
    const { body } = await ask(await adminToken(app), email);
    expect(body).toEqual(refusal(OPERATION, 'Customer email provided does not exist'));
  }
});

it('opens no account that its owner could not sign in to (SEC-51)', async () => {
  const ann = await aHelpedCustomer();
  await app.database.transaction((tx) => tx.query(`UPDATE customer SET disabled_by = 'staff' WHERE id = ${ann.id}`));

  const { body } = await ask(await adminToken(app), ann.email);

  expect(body).toEqual(refusal(OPERATION, texts.signInRefused, 'graphql-authentication'));
});

it('makes no customer of an administrator', async () => {
  const { body } = await clientOf(app)(operations.customer, {}, bearer(await adminToken(app)));

  expect(body).toEqual(refusal('customer', texts.unauthorized, 'graphql-authorization'));
});

it('knows no token of an administrator that is over', async () => {
  const token = await adminToken(app);
  app.clock.advance(4 * 3600);

  const { status, body } = await ask(token, 'ann@example.com');

  expect([status, body]).toEqual([401, refusedWhole('The token is invalid or has expired.', 'graphql-authentication')]);
  expect((await callerOf(app, token)('GET', 'customers/1')).status).toBe(401);
});
