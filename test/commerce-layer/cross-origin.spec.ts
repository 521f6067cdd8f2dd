import { JSON_API } from '../../libs/json-api/src/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { CHANNEL, CommerceLayerClient, INTEGRATION, otherStore, passwordGrant } from './wire.js';

const DEMO = 'http://localhost:3000';
const OTHER = 'https://other.example';
const LISTED = 'https://second.example:8443';
const EVIL = 'https://evil.example';
const CUSTOMERS = '/api/customers';
const KEYS = '/.well-known/jwks.json';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({
    stores: [
      otherStore,
      {
        ...{ code: 'listed', name: 'Listed', mailFrom: 'listed@demo.example', origins: [LISTED, `${EVIL}.example/`] },
        commerceLayer: {
          organization: 'listed',
          applications: [{ kind: 'sales_channel', clientId: 'listed-channel' }],
        },
      },
      {
        ...{ code: 'shopify-only', name: 'S', mailFrom: 's@demo.example', storefrontUrl: 'https://shopify.example' },
        shopify: { storefrontTokens: [{ token: 'another-storefront-token' }] },
      },
    ],
  });
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const preflight = (url: string, origin: string, method = 'POST'): Promise<Answer> =>
  app.request({
    ...{ method: 'OPTIONS', url },
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    },
  });
const read = (origin: string, token: string, url = CUSTOMERS): Promise<Answer> =>
  app.request({
    url,
    headers: { origin, accept: JSON_API, 'content-type': JSON_API, authorization: `Bearer ${token}` },
    from: cl.newNetwork(),
  });
const allowed = ({ headers }: Answer): unknown => headers['access-control-allow-origin'];

it('answers preflights, which carry no token, for the origin of every store that speaks this API', async () => {
  for (const url of [CUSTOMERS, `${CUSTOMERS}/xYZkjABcde/events?x=1`, '/oauth/token', '/oauth/revoke', KEYS]) {
    for (const origin of [DEMO, OTHER, LISTED]) {
      const { status, headers, text } = await preflight(url, origin, 'PATCH');
      expect([status, text, headers]).toEqual([
        204,
        '',
        expect.objectContaining({
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
          'access-control-allow-headers': 'Accept, Authorization, Content-Type',
          vary: 'Origin',
        }),
      ]);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  }
});

it('refuses every other origin, and never gives one back because it was sent (SEC-9)', async () => {
  const token = await cl.channel();
  const origins = [
    ...['null', '', EVIL, 'https://shopify.example', `${DEMO}.evil.example`, 'http://LOCALHOST:3000', `${DEMO}/`],
    ...['https://other.example:443', 'http://other.example', `${DEMO}, ${EVIL}`, '*'],
  ];

  for (const origin of origins) {
    expect(allowed(await preflight(CUSTOMERS, origin))).toBeUndefined();
    expect(allowed(await read(origin, token))).toBeUndefined();
  }
});

it("lets pages read what a token of their own store gets, not another store's, and the limits' headers", async () => {
  const [demo, other] = [
    await cl.channel(),
    await cl.token({ ...CHANNEL, client_id: 'other-channel', client_secret: 'other-channel-secret' }),
  ];

  const organization = '/api/organization';
  const own = await read(DEMO, demo, organization);
  expect([own.status, allowed(own)]).toEqual([200, DEMO]);
  expect(String(own.headers['access-control-expose-headers']).split(', ')).toEqual(
    expect.arrayContaining(['X-Ratelimit-Limit', 'X-Ratelimit-Interval', 'X-Ratelimit-Remaining', 'Retry-After']),
  );
  expect(allowed(await read(OTHER, other, organization))).toBe(OTHER);
  expect(allowed(await read(OTHER, demo, organization))).toBeUndefined();
  expect(allowed(await read(DEMO, other, organization))).toBeUndefined();
});

it('lets pages read refusals, too', async () => {
  const denied = await read(DEMO, await cl.channel());
  const wrong = await read(LISTED, 'nobody');
  const unknown = await read(OTHER, 'nobody', '/api/customers/x/y/z/w');
  const unreadable = await app.request({
    ...{ method: 'POST', url: CUSTOMERS, body: '{', headers: { origin: DEMO, 'content-type': JSON_API } },
  });
  const untyped = await app.request({
    ...{ method: 'POST', url: CUSTOMERS, body: 'x', headers: { origin: DEMO, 'content-type': 'text/plain' } },
  });

  expect([denied.status, wrong.status, unknown.status, untyped.status]).toEqual([401, 401, 404, 415]);
  expect([denied, wrong, unknown, unreadable, untyped].map(allowed)).toEqual([DEMO, LISTED, OTHER, DEMO, DEMO]);
});

it("lets pages of an application's store get its tokens and give them back", async () => {
  const { email } = await app.aCustomer();
  const send = (path: string, origin: string, body: object): Promise<Answer> =>
    app.request({ ...{ method: 'POST', url: `/oauth/${path}`, body, from: cl.newNetwork() }, headers: { origin } });

  const own = await send('token', DEMO, passwordGrant(email));
  expect([own.status, allowed(own)]).toEqual([200, DEMO]);
  expect(allowed(await send('token', OTHER, passwordGrant(email)))).toBeUndefined();
  expect(allowed(await send('token', DEMO, passwordGrant(email, { password: 'wrong password' })))).toBe(DEMO);
  expect(allowed(await send('token', OTHER, passwordGrant(email, { password: 'wrong password' })))).toBeUndefined();
  expect(allowed(await send('token', LISTED, { ...CHANNEL, client_id: 'listed-channel' }))).toBe(LISTED);
  const unknown = await send('token', LISTED, { ...INTEGRATION, client_secret: 'wrong-secret' });
  expect([unknown.status, allowed(unknown)]).toEqual([401, LISTED]);
  const revoked = await send('revoke', DEMO, { client_id: CHANNEL.client_id, token: own.body.access_token });
  expect([revoked.status, allowed(revoked)]).toEqual([200, DEMO]);
  expect(allowed(await app.request({ url: KEYS, headers: { origin: OTHER } }))).toBe(OTHER);
});

it('leaves the paths of others alone', async () => {
  const answers = [
    await preflight('/admin/v1/customers', DEMO),
    await preflight('/api/nothing', DEMO),
    await preflight('/rest/V1/customers/me', DEMO),
  ];

  expect(answers.map(allowed)).toEqual([undefined, undefined, undefined]);
});
