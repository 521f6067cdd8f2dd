import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const MINUTES = 60;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => app.setUp({}));

afterAll(() => app.stop());

function tryToSignIn({ email }: TestCustomer, password: string): Promise<Answer> {
  return app.adobe(SIGN_IN, { e: email, p: password });
}

async function fail(customer: TestCustomer, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) await tryToSignIn(customer, 'a wrong password');
}

async function tokenOf(customer: TestCustomer): Promise<unknown> {
  return (await tryToSignIn(customer, customer.password)).body.data?.generateCustomerToken?.token ?? null;
}

const shown = async ({ number }: TestCustomer): Promise<Answer> => app.admin('GET', `/customers/${number}`);
const unlock = ({ number }: TestCustomer): Promise<Answer> => app.admin('POST', `/customers/${number}/unlock`);

it('opens an account that wrong passwords have locked, and shows the lock until then (SEC-41)', async () => {
  await app.setUp({ policy: { limits: 'off' } });
  const ann = await app.aCustomer();
  await fail(ann, 10);

  const locked = await shown(ann);
  const refused = await tokenOf(ann);
  const unlocked = await unlock(ann);

  expect(locked.body.lockedUntil).toBe(new Date(app.clock.now().getTime() + 10 * MINUTES * 1000).toISOString());
  expect(refused).toBeNull();
  expect([unlocked.status, unlocked.text]).toEqual([204, '']);
  expect((await shown(ann)).body.lockedUntil).toBeNull();
  expect(await tokenOf(ann)).toEqual(expect.any(String));
});

it('starts the count of wrong passwords anew (SEC-40)', async () => {
  await app.setUp({ policy: { limits: 'off' } });
  const ann = await app.aCustomer();
  await fail(ann, 9);

  await unlock(ann);
  await fail(ann, 9);

  expect(await tokenOf(ann)).toEqual(expect.any(String));
});

it('opens even an account that only a reset would open', async () => {
  await app.setUp({ policy: { limits: 'off', lockout: { attempts: 3, minutes: 1, maxMinutes: 1, hardLimit: 5 } } });
  const ann = await app.aCustomer();
  await fail(ann, 3);
  app.clock.advance(1 * MINUTES);
  await fail(ann, 2);
  app.clock.advance(1_000_000 * MINUTES);

  const before = await tokenOf(ann);
  await unlock(ann);

  expect([before, await tokenOf(ann)]).toEqual([null, expect.any(String)]);
});

it('lifts the limit on the name as well, or the customer would go on waiting (SEC-45)', async () => {
  const ann = await app.aCustomer();
  await fail(ann, 7);

  const before = await tokenOf(ann);
  await unlock(ann);

  expect([before, await tokenOf(ann)]).toEqual([null, expect.any(String)]);
});

it('changes nothing about an account that is open, and may be repeated', async () => {
  const ann = await app.aCustomer();
  const before = await shown(ann);

  const answers = [await unlock(ann), await unlock(ann)];

  expect(answers.map(({ status }) => status)).toEqual([204, 204]);
  expect((await shown(ann)).body).toEqual(before.body);
});

it('opens that account and no other', async () => {
  await app.setUp({ policy: { limits: 'off' } });
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  await fail(ann, 10);
  await fail(bob, 10);

  await unlock(ann);

  expect([await tokenOf(ann), await tokenOf(bob)]).toEqual([expect.any(String), null]);
});

it('does not open what staff or nobody has opened: a disabled account stays disabled (SEC-81)', async () => {
  const bob = await app.aCustomer({ state: 'disabled' });

  await unlock(bob);

  expect((await shown(bob)).body.state).toBe('disabled');
  expect(await tokenOf(bob)).toBeNull();
});

it('is on the audit trail, with who asked from where (SEC-85)', async () => {
  const ann = await app.aCustomer();

  await app.request({
    method: 'POST',
    url: `/admin/v1/customers/${ann.number}/unlock`,
    headers: { authorization: 'Bearer demo-admin-token' },
    from: '2001:db8::7',
  });
  const sql = `SELECT origin, network, request_id FROM event WHERE type = 'customer_unlocked' AND customer_id = ?`;
  const events = await app.database.select(sql, [ann.id]);

  expect(events).toEqual([
    { origin: 'admin', network: expect.stringMatching(/^2001:db8:/), request_id: expect.any(String) },
  ]);
  expect(app.logged.filter((line) => line.includes('customer_unlocked')).at(-1)).toContain(`"customerId":${ann.id}`);
});
