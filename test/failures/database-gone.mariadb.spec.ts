import { createConnection } from 'mysql2/promise';
import { BuiltCommand } from '../cli/command.js';
import { ADMIN_TOKEN } from '../cli/production.js';
import { until } from '../support/until.js';
import { Cuttable } from './cuttable.js';
import { PASSWORD, Place, type Answer } from './place.js';

jest.setTimeout(120_000);

const GONE_MS = 20_000;

const command = new BuiltCommand();
let way: Cuttable;
let place: Place;
let databaseUrl: string;
let ann: string;
let pageCookie: string;

beforeAll(async () => {
  await command.build();
  databaseUrl = await command.aDatabase();
  const url = new URL(databaseUrl);
  way = new Cuttable(url.hostname, Number(url.port || 3306));
  const port = await way.open();
  place = await Place.make(command, {
    DATABASE_URL: Object.assign(url, { hostname: '127.0.0.1', port: String(port) }).href,
  });
  await place.start();
  ann = await place.aPerson();
  const opened = await place.ask(`/account/reset/4503599627370495/${'a'.repeat(32)}`, { redirect: 'manual' });
  pageCookie = String(opened.headers.get('set-cookie')).split(';')[0] ?? '';
});

afterAll(async () => {
  await place.stop('SIGKILL');
  await way.cut();
  await command.clear();
});

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

/** One request through each API that cannot be answered without the database. */
const REQUESTS: Readonly<Record<string, () => Promise<Answer>>> = {
  'Adobe GraphQL': () => place.signIn(ann),
  'Adobe REST': () => place.post('/rest/V1/integration/customer/token', { username: ann, password: PASSWORD }),
  'Shopify Storefront': () =>
    place.post(
      '/api/2026-01/graphql.json',
      {
        query: `mutation{customerAccessTokenCreate(input:{email:"${ann}",password:"${PASSWORD}"}){customerAccessToken{accessToken}}}`,
      },
      { 'x-shopify-storefront-access-token': 'storefront-token-1' },
    ),
  'Commerce Layer': () =>
    place.ask(
      '/oauth/token',
      form({ grant_type: 'client_credentials', client_id: 'erp', client_secret: 'erp-secret-0123456789' }),
    ),
  'the admin API': () => place.ask('/admin/v1/customers', { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }),
  'Common Ground': () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const query = `mutation{login(email:"${base64(ann)}",password:"${base64(PASSWORD)}"){session{jwt}}}`;
    return place.post('/cg/client/graphql', { query });
  },
  'a hosted page': () => place.ask('/account/reset', { headers: { cookie: pageCookie } }),
};

async function readiness(): Promise<readonly [number, unknown]> {
  const { status, text } = await place.ask('/health/ready');
  const body: { readonly database: boolean } = JSON.parse(text);
  return [status, body.database];
}

const isReady = async (): Promise<boolean> => (await readiness())[0] === 200;

it('refuses fast and says so while the database is gone, and goes on by itself when it is back', async () => {
  await way.cut();
  const gone = performance.now();
  const refused = new Map<string, Answer>();
  for (const [name, ask] of Object.entries(REQUESTS)) refused.set(name, await ask());
  const [ready, live, during] = [await readiness(), await place.ask('/health/live'), await place.metrics()];
  await until(() => performance.now() - gone > GONE_MS);
  await way.open();
  await until(isReady);
  const answers = new Map<string, Answer>();
  for (const [name, ask] of Object.entries(REQUESTS)) answers.set(name, await ask());

  for (const [name, { status, ms }] of refused) expect([name, status, ms < 1000]).toEqual([name, 503, true]);
  expect([ready, live.status]).toEqual([[503, false], 200]);
  expect(during.get('keyturn_database_up')).toBe(0);
  expect(during.get('keyturn_database_refused_total')).toBeGreaterThanOrEqual(refused.size);
  const labels = 'dialect="adobe",operation="generateCustomerToken",outcome="unavailable"';
  expect(during.get(`keyturn_requests_total{${labels}}`)).toBe(1);
  for (const { headers } of refused.values()) expect(headers.get('retry-after')).toBe('1');
  for (const [name, { status }] of answers) expect([name, status < 500]).toEqual([name, true]);
  expect((await place.signIn(ann)).text).toContain('"token":"');
  expect((await place.metrics()).get('keyturn_database_up')).toBe(1);
});

it('names the request in the line that tells that the database could not be asked', async () => {
  await way.cut();
  const { headers } = await place.signIn(ann);
  await way.open();
  await until(isReady);

  const lines = place.log().filter(({ requestId }) => requestId === headers.get('x-request-id'));
  expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['the database could not be asked', 'request']));
});

it('tells that it is not ready, and its metrics, while the database hangs, and goes on when it answers again', async () => {
  way.hang();
  const from = performance.now();
  const [ready, metrics] = await Promise.all([readiness(), place.metrics()]);
  const ms = performance.now() - from;
  way.goOn();
  await until(isReady);

  expect([ready, ms < 8000]).toEqual([[503, false], true]);
  expect(metrics.get('keyturn_database_up')).toBe(0);
  expect(metrics.get('keyturn_database_connections{state="busy"}')).toBeGreaterThan(0);
  expect((await place.signIn(ann)).text).toContain('"token":"');
});

const HANG_NOTICED_MS = 12_000;
const SLOW_MS = 8_000;

const askAll = async (): Promise<[name: string, answer: Answer][]> =>
  Promise.all(Object.entries(REQUESTS).map(async ([name, ask]): Promise<[string, Answer]> => [name, await ask()]));

/** Nobody else can use a table, until it is let go. */
async function locked(table: string): Promise<() => Promise<void>> {
  const holder = await createConnection({ uri: databaseUrl.replace(/^mariadb:/, 'mysql:') });
  await holder.query(`LOCK TABLES ${table} WRITE`);
  return () => holder.end();
}

const givenUp = (): number => place.log().filter(({ msg }) => String(msg).includes('connections are given up')).length;

it('refuses who waits within seconds, and who comes at once, while the database hangs', async () => {
  await askAll();
  const before = givenUp();

  way.hang();
  const waited = await askAll();
  const came = await askAll();
  const [ready, live, metrics] = [await readiness(), await place.ask('/health/live'), await place.metrics()];
  way.goOn();
  await until(isReady);
  const answered = await askAll();

  for (const [name, { status, ms, headers }] of waited) {
    expect([name, status, headers.get('retry-after'), ms < HANG_NOTICED_MS]).toEqual([name, 503, '1', true]);
  }
  for (const [name, { status, ms }] of came) expect([name, status, ms < 2000]).toEqual([name, 503, true]);
  expect([ready, live.status, metrics.get('keyturn_database_up')]).toEqual([[503, false], 200, 0]);
  expect(metrics.get('keyturn_database_connections{state="busy"}')).toBe(0);
  for (const [name, { status }] of answered) expect([name, status < 500]).toEqual([name, true]);
  expect(givenUp() - before).toBe(1);
});

it('waits for what is slow or locked as long as the database itself is there', async () => {
  const before = givenUp();
  const release = await locked('customer');
  const asked = askAll();
  const from = performance.now();
  await until(() => performance.now() - from > SLOW_MS);
  const ready = await readiness();
  await release();
  const answers = await asked;

  expect(ready).toEqual([200, true]);
  for (const [name, { status }] of answers) expect([name, status < 500]).toEqual([name, true]);
  expect(answers.filter(([, { ms }]) => ms > SLOW_MS - 1000).length).toBeGreaterThan(2);
  expect(givenUp()).toBe(before);
});
