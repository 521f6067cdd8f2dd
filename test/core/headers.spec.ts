import { INTEGRATION } from '../adobe-rest/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { KEY } from '../common-ground/operations.js';
import * as merchant from '../shopify-admin/admin.js';
import { PATH, TOKEN } from '../shopify/storefront.js';
import { TestApp, type Answer } from '../support/test-app.js';

interface Target {
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

let app: TestApp;
let layer: Record<string, string>;

beforeAll(async () => {
  app = await TestApp.start();
  layer = { authorization: `Bearer ${await new CommerceLayerClient(app).integration()}` };
});

afterAll(() => app.stop());

const post = (url: string, headers: Record<string, string>, body: unknown): Target => ({
  ...{ method: 'POST', url, headers, body },
});

/** A good request of each API, and what makes it one that is refused. */
const APIS: Record<string, () => Target> = {
  'Adobe GraphQL': () => post('/graphql', {}, { query: '{__typename}' }),
  'Adobe REST': () => ({ url: '/rest/V1/customers/1', headers: { authorization: `Bearer ${INTEGRATION}` } }),
  'Shopify Storefront': () => post(PATH, TOKEN, { query: '{shop{name}}' }),
  'Shopify Admin': () => post(merchant.PATH, merchant.TOKEN, { query: '{shop{name}}' }),
  'Commerce Layer': () => ({ url: '/api/application', headers: { ...layer, accept: 'application/vnd.api+json' } }),
  OAuth: () => post('/oauth/token', {}, { grant_type: 'client_credentials', client_id: 'demo-sales-channel' }),
  'Common Ground client': () => post('/cg/client/graphql', {}, { query: '{__typename}' }),
  'Common Ground admin': () => post('/cg/admin/graphql', KEY, { query: '{users{pagination{count}}}' }),
  'admin API': () => ({ url: '/admin/v1/customers', headers: { authorization: 'Bearer demo-admin-token' } }),
};

/** The request as it is, without its credential, with a bad one, and where nothing is. */
async function answersOf(name: string, more: Record<string, string> = {}): Promise<Answer[]> {
  const target = (APIS[name] as () => Target)();
  const headers = { ...target.headers, ...more };
  const bad = Object.fromEntries(Object.keys(target.headers ?? {}).map((header) => [header, 'Bearer bad-token-4711']));
  return Promise.all([
    app.request({ ...target, headers }),
    app.request({ ...target, headers: more }),
    app.request({ ...target, headers: { ...bad, ...more } }),
    app.request({ ...target, headers, url: `${target.url}/nothing-here` }),
    app.request({ ...target, method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: 'x' }),
    app.request({ ...target, method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{' }),
  ]);
}

describe.each(Object.keys(APIS))('%s', (name) => {
  it('marks every answer, good or bad, as not to be kept, sniffed or told by a referrer (SEC-8)', async () => {
    const answers = await answersOf(name);

    expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(1);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': expect.stringContaining('no-store'),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    }
  });

  it('sets no cookie, whatever it answers (SEC-56)', async () => {
    for (const { headers } of await answersOf(name)) expect(headers['set-cookie']).toBeUndefined();
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3000.evil.example'])(
    'lets no page of %s read an answer, and none send credentials (SEC-9)',
    async (origin) => {
      for (const { headers } of await answersOf(name, { origin })) {
        expect(headers['access-control-allow-origin']).toBeUndefined();
        expect(headers['access-control-allow-credentials']).toBeUndefined();
      }
    },
  );

  it('answers a request that came by http as any other, and sends it nowhere (SEC-10)', async () => {
    for (const answer of await answersOf(name, { 'x-forwarded-proto': 'http' })) {
      expect([answer.status >= 300 && answer.status < 400, answer.headers['location']]).toEqual([false, undefined]);
    }
  });
});
