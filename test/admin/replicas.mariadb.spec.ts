import { bearer } from '../adobe/wire.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const REVOKE = 'mutation{revokeCustomerToken{result}}';

const own = new URL(String(process.env['DATABASE_URL']));
const original = own.pathname.slice(1);
const copy = `${original}_copy`;

let app: TestApp;

beforeAll(async () => {
  const replica = Object.assign(new URL(own), { pathname: `/${copy}` }).href;
  app = await TestApp.startOwn({ DATABASE_REPLICA_URLS: replica });
});

afterEach(async () => {
  await run(`DROP DATABASE IF EXISTS ${copy}`);
  app.clock.advance(60); // a replica that failed is asked again
});

afterAll(() => app.stop());

async function run(statement: string): Promise<void> {
  await app.database.selectOnce(statement, []);
}

/** A copy of everything, which stays as it is. */
async function copyNow(): Promise<void> {
  const tables = await app.database.select(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    [],
  );
  await run(`CREATE DATABASE ${copy}`);
  for (const { name } of tables) {
    await run(`CREATE TABLE ${copy}.${name} LIKE ${original}.${name}`);
    await run(`INSERT INTO ${copy}.${name} SELECT * FROM ${original}.${name}`);
  }
}

const eventsOf = async ({ number }: TestCustomer): Promise<string[]> => {
  const { body } = await app.admin('GET', `/customers/${number}/events`);
  const items: readonly { readonly type: string }[] = body.items;
  return items.map(({ type }) => type);
};

/** What the lists for staff show of a customer. */
async function seen({ email }: TestCustomer): Promise<readonly unknown[]> {
  const query = `searchCriteria[filterGroups][0][filters][0][field]=email&searchCriteria[filterGroups][0][filters][0][value]=${email}`;
  const found = await app.request({
    url: `/rest/V1/customers/search?${query}`,
    headers: bearer('demo-adobe-integration-token'),
  });
  const mails = await app.admin('GET', '/mails?limit=1');
  const stats = await app.admin('GET', '/stats?hours=2');
  const [newest] = mails.body.items;
  const hours: readonly { readonly signIns: number }[] = stats.body.items;
  const signIns = hours.reduce((sum, hour) => sum + hour.signIns, 0);
  return [found.body.total_count, newest?.to, signIns];
}

it('reads lists, searches and statistics for staff from a replica, and tokens and customers never', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  await app.adobe(ASK, { e: ann.email });
  const first = await seen(ann);
  await copyNow();
  app.clock.advance(10); // it was asked before there was a copy

  const bob = await app.aCustomer();
  await app.signedIn(bob);
  await app.adobe(ASK, { e: bob.email });
  await app.adobe(REVOKE, {}, bearer(token));
  const behind = [await seen(bob), await eventsOf(bob)];
  const who = await app.adobe('{customer{email}}', {}, bearer(token));
  const entered = await app.signedIn(bob);
  const known = await app.admin('GET', `/customers/${bob.number}`);

  expect(behind).toEqual([[0, ...first.slice(1)], []]);
  expect(who.body.data?.customer ?? null).toBeNull();
  expect(entered).toContain('.');
  expect(known.body.email).toBe(bob.email);
});

it('asks the database itself while no replica answers, and the replica again when it has rested', async () => {
  await copyNow();
  const ann = await app.aCustomer();
  expect(await eventsOf(ann)).toEqual([]);

  await run(`DROP DATABASE ${copy}`);
  const without = await eventsOf(ann);
  await copyNow();
  const bob = await app.aCustomer();
  const resting = await eventsOf(bob);
  app.clock.advance(10);
  const back = await eventsOf(bob);

  expect(without).toContain('customer_created');
  expect(resting).toContain('customer_created');
  expect(back).toEqual([]);
});
