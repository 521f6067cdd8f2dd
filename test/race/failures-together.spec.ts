import type { ObjectLiteral } from 'typeorm';
import { FailureCounter } from '../../src/lockout/failure-counter.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { operations } from '../adobe/wire.js';
import { together } from '../support/together.js';
import { readyToCount, transactionsOf, wireAt, wiresOf, type Wire, type WireName } from '../wires/wires.js';

const WRONG = 'not her password';

let app: TestApp;
let wires: Record<WireName, Wire>;

beforeAll(async () => {
  app = await TestApp.start();
  wires = wiresOf(app);
});

beforeEach(() => readyToCount(app, wires));

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const begun = (pattern: RegExp): number => app.statements.filter((sql) => pattern.test(sql)).length;

const customers = (count: number): Promise<TestCustomer[]> =>
  Promise.all(Array.from({ length: count }, () => app.aCustomer()));

/** How often each of them is said to have failed in a row, and what the trail says of each. */
async function judged(list: readonly TestCustomer[]): Promise<readonly string[]> {
  const told: string[] = [];
  for (const { id } of list) {
    const [row] = await app.database.select('SELECT failed_sign_ins AS failures FROM customer WHERE id = ?', [id]);
    const events = await app.database.select(
      "SELECT type FROM event WHERE customer_id = ? AND type LIKE 'login%' ORDER BY id",
      [id],
    );
    told.push([row?.['failures'], ...events.map(({ type }) => type)].join(' '));
  }
  return told;
}

it('counts those that were compared at the same time by one transaction, through all APIs, of nobody too (SEC-39, SEC-40)', async () => {
  const list = await customers(14);
  const [last] = await app.database.select('SELECT MAX(id) AS id FROM event', []);

  const emails = [...list.map(({ email }) => email), 'no-one@example.com', 'none@example.com'];
  const tokens = await together(
    app,
    emails.map((email, at) => () => wires[wireAt(at)].signIn(email, WRONG)),
  );

  expect(tokens).toEqual(emails.map(() => null));
  expect(transactionsOf(app)).toBe(1);
  expect(await judged(list)).toEqual(list.map(() => '1 login_failed'));
  const events = await app.database.select('SELECT request_id, data FROM event WHERE id > ?', [Number(last?.['id'])]);
  expect(events).toHaveLength(16);
  expect(new Set(events.map(({ request_id: id }) => id)).size).toBe(16);
  expect(new Set(events.map(({ data }) => JSON.stringify(data))).size).toBe(16);
});

it('strikes whose tenth it is, and nobody who failed beside her (SEC-40)', async () => {
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');
  for (let time = 0; time < 9; time += 1) await wires.adobe.signIn(ann.email, WRONG);

  await together(
    app,
    [ann, bob].map(
      ({ email }) =>
        () =>
          wires.adobe.signIn(email, WRONG),
    ),
  );

  expect(transactionsOf(app)).toBe(1);
  const nine = Array.from({ length: 9 }, () => 'login_failed').join(' ');
  expect(await judged([ann, bob])).toEqual([`10 ${nine} login_locked`, '1 login_failed']);
  expect(await wires.adobe.signIn(ann.email, ann.password)).toBeNull();
  expect(await wires.adobe.signIn(bob.email, bob.password)).not.toBeNull();
});

it('counts two of one account as two, and takes as many statements for two of nobody (SEC-39, SEC-40)', async () => {
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');
  const failTogether = async (emails: readonly string[]): Promise<readonly string[]> => {
    await together(
      app,
      emails.map((email) => () => wires.adobe.signIn(email, WRONG)),
    );
    return app.statements.map((sql) => sql.replace(/\?(?:, \?)+/g, '?'));
  };

  const known = await failTogether([ann.email, bob.email, ann.email]);
  const unknown = await failTogether(['one@example.com', 'other@example.com', 'one@example.com']);

  expect(known.filter((sql) => /^(BEGIN|START)/.test(sql))).toHaveLength(1);
  expect(unknown).toEqual(known);
  expect(await judged([ann, bob])).toEqual(['2 login_failed login_failed', '1 login_failed']);
});

it('strikes in the midst of guesses at one account, and the rest of them finds it locked (SEC-40, SEC-41)', async () => {
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');
  for (let time = 0; time < 8; time += 1) await wires.adobe.signIn(ann.email, WRONG);

  await together(
    app,
    [ann, ann, bob, ann, ann].map(
      ({ email }) =>
        () =>
          wires.adobe.signIn(email, WRONG),
    ),
  );

  const [told, ofBob] = await judged([ann, bob]);
  expect(told?.replaceAll('login_', '')).toBe(`10 ${'failed '.repeat(9)}locked locked locked`);
  expect(ofBob).toBe('1 login_failed');
  const { body } = await app.admin('GET', `/customers/${ann.number}`);
  expect(Date.parse(body.lockedUntil) - app.clock.now().getTime()).toBe(600_000);
});

it('tells of each under its own request and name, in the log as well (SEC-85)', async () => {
  const list = await customers(3);
  const ask = ({ email }: TestCustomer): Promise<Answer> =>
    app.adobe(operations.generateCustomerToken, { email, password: WRONG });
  const told = async ({ id }: TestCustomer): Promise<ObjectLiteral[]> =>
    app.database.select("SELECT request_id, data FROM event WHERE customer_id = ? AND type = 'login_failed'", [id]);

  const answers = await together(
    app,
    list.map((one) => () => ask(one)),
  );
  for (const one of list) await ask(one);

  const lines = app.logged.map((line): Record<string, unknown> => JSON.parse(line));
  for (const [at, one] of list.entries()) {
    const [first, later] = await told(one);
    const id = answers[at]?.headers['x-request-id'];
    expect(first?.['request_id']).toBe(id);
    expect(first?.['data']).toEqual(later?.['data']); // the pseudonym of the name
    const line = lines.filter(({ event, customerId }) => event === 'login_failed' && customerId === one.id);
    expect(line.map(({ requestId }) => requestId)).toContain(id);
    expect(line).toHaveLength(2);
  }
});

it('judges each by the policy of its own realm', async () => {
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');
  const policy = { attempts: 10, minutes: 10, maxMinutes: 60, hardLimit: 100 };
  const trail = { origin: 'test', requestId: null, network: '198.51.100.1' };
  const storeId = Number((await app.database.select('SELECT MIN(id) AS id FROM store', []))[0]?.['id']);
  const attempt = ({ id: customerId }: TestCustomer, attempts: number): Promise<Date | null> =>
    app.get(FailureCounter).count({ customerId, storeId, policy: { ...policy, attempts }, trail });
  app.statements.length = 0;

  const until = await Promise.all([attempt(ann, 1), attempt(bob, 10)]);

  expect(transactionsOf(app)).toBe(1);
  expect(begun(/^UPDATE customer/)).toBe(2);
  expect(until).toEqual([app.clock.after(600), null]);
});

it('counts them for the limits by one statement, of names and of the network that they share (SEC-46)', async () => {
  await app.setUp({});
  const list = await customers(8);
  await app.database.changeAlone('DELETE FROM rate_counter', []);

  await together(
    app,
    list.map(
      ({ email }, at) =>
        () =>
          wires[wireAt(at)].signIn(email, WRONG),
    ),
  );

  expect(begun(/^INSERT INTO rate_counter/)).toBe(1);
  const rows = await app.database.select('SELECT uses FROM rate_counter ORDER BY uses', []);
  expect(rows.map(({ uses }) => Number(uses))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 8]);
});
