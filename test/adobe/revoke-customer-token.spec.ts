import { SessionService } from '../../src/customer/index.js';
import { TestApp } from '../support/test-app.js';
import { bearer, clientOf, operations, refusal, texts, told } from './wire.js';

const OPERATION = 'revokeCustomerToken';
const DONE = { data: { revokeCustomerToken: { result: true } } };
const UNAUTHORIZED = refusal(OPERATION, texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

/** Whether a token still opens the account. */
async function isAlive(token: string): Promise<boolean> {
  return (await app.adobe(operations.customer, {}, bearer(token))).status === 200;
}

it('ends all sessions of the customer, not only the one that asked', async () => {
  const ann = await app.aCustomer();
  const tokens = [await app.signedIn(ann), await app.signedIn(ann)] as const;

  const answer = await clientOf(app)(operations[OPERATION], {}, bearer(tokens[0]));

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(DONE);
  expect([await isAlive(tokens[0]), await isAlive(tokens[1])]).toEqual([false, false]);
});

it('leaves other customers signed in, and lets the same one sign in again', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const [annas, bobs] = [await app.signedIn(ann), await app.signedIn(bob)];

  await clientOf(app)(operations[OPERATION], {}, bearer(annas));

  expect(await isAlive(bobs)).toBe(true);
  expect(await isAlive(await app.signedIn(ann))).toBe(true);
});

it('refuses a guest and a machine', async () => {
  const guest = await clientOf(app)(operations[OPERATION]);
  const machine = await clientOf(app)(operations[OPERATION], {}, bearer('demo-adobe-integration-token'));

  expect(told(guest)).toEqual([200, UNAUTHORIZED]);
  expect(told(machine)).toEqual([200, UNAUTHORIZED]);
});

it('refuses the token that it has ended, as every operation does', async () => {
  const token = await app.signedIn(await app.aCustomer());
  await clientOf(app)(operations[OPERATION], {}, bearer(token));

  const again = await clientOf(app)(operations[OPERATION], {}, bearer(token));

  expect(again.status).toBe(401);
  expect(again.body.errors[0].extensions).toEqual({ category: 'graphql-authentication' });
});

it('takes the ended token for a guest in the older profile', async () => {
  await app.setUp({ adobe: { profile: '2.4.7' } });
  const token = await app.signedIn(await app.aCustomer());
  await clientOf(app)(operations[OPERATION], {}, bearer(token));

  const again = await clientOf(app)(operations[OPERATION], {}, bearer(token));

  expect(told(again)).toEqual([200, UNAUTHORIZED]);
});

it("tells a fault in the vendor's words (SEC-68)", async () => {
  const token = await app.signedIn(await app.aCustomer());
  jest.spyOn(app.get(SessionService), 'endAll').mockRejectedValueOnce(new Error('the disk is full'));

  const answer = await clientOf(app)(operations[OPERATION], {}, bearer(token));

  expect(answer.body.errors).toMatchObject([
    { message: "Failed to revoke customer's access tokens", extensions: { category: 'graphql-input' } },
  ]);
  expect(answer.text).not.toContain('disk');
});
