import { BuiltCommand, until } from '../cli/command.js';
import { ADMIN_TOKEN } from '../cli/production.js';
import { Cuttable } from './cuttable.js';
import { PASSWORD, Place, type Answer } from './place.js';

jest.setTimeout(120_000);

const GONE_MS = 20_000;

const command = new BuiltCommand();
let way: Cuttable;
let place: Place;
let ann: string;
let pageCookie: string;

beforeAll(async () => {
  await command.build();
  const url = new URL(await command.aDatabase());
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
