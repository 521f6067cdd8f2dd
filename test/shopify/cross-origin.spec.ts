import { TestApp, type Answer } from '../support/test-app.js';
import { PATH, TOKEN } from './storefront.js';

const OWN = 'https://shop.example';
const SECOND = 'https://second.example:8443';
const SECOND_TOKEN = { 'x-shopify-storefront-access-token': 'second-token' };
const OPEN_TOKEN = { 'x-shopify-storefront-access-token': 'open-token' };

let app: TestApp;

const shop = (code: string, more: object): object => ({
  code,
  name: code,
  mailFrom: `${code}@demo.example`,
  shopify: { storefrontTokens: [{ token: `${code}-token` }] },
  ...more,
});

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({
    stores: [
      shop('second', { origins: [SECOND, `${OWN}/`] }),
      shop('open', { origins: ['*'] }),
      shop('third', { storefrontUrl: 'https://third.example/shop' }),
    ],
  });
});

afterAll(() => app.stop());

const ask = (origin: string, headers: Record<string, string> = TOKEN): Promise<Answer> =>
  app.request({ method: 'POST', url: PATH, headers: { ...headers, origin }, body: { query: '{ shop { name } }' } });

const allowed = async (origin: string, headers?: Record<string, string>): Promise<unknown> =>
  (await ask(origin, headers)).headers['access-control-allow-origin'];

it("lets the pages of a store's own origins read its answers, and no others (SEC-9)", async () => {
  expect(await allowed('http://localhost:3000')).toBe('http://localhost:3000');
  expect(await allowed(SECOND, SECOND_TOKEN)).toBe(SECOND);
  expect(await allowed(OWN, SECOND_TOKEN)).toBe(OWN);
  expect(await allowed('https://third.example', { 'x-shopify-storefront-access-token': 'third-token' })).toBe(
    'https://third.example',
  );
  for (const origin of [
    SECOND,
    'https://evil.example',
    'null',
    'http://localhost:3000.evil.example',
    'http://LOCALHOST:3000',
  ]) {
    expect(await allowed(origin)).toBeUndefined();
  }
});

it('lets any page read where the operator says so, but one without an origin; credentials never (SEC-9)', async () => {
  const { headers } = await ask('https://anywhere.example', OPEN_TOKEN);

  expect(headers).toMatchObject({ 'access-control-allow-origin': '*', vary: 'Origin' });
  expect(headers['access-control-allow-credentials']).toBeUndefined();
  expect(headers['access-control-expose-headers']).toContain('X-Request-Id');
  expect(await allowed('null', OPEN_TOKEN)).toBeUndefined();
});

it("answers a preflight for any store's origin, since it does not say for which", async () => {
  const preflight = (url: string, origin: string): Promise<Answer> =>
    app.request({
      method: 'OPTIONS',
      url,
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
  await app.setUp({ stores: [shop('open', { origins: [] })] });

  for (const url of [PATH, '/api/2025-01/graphql', '/api/graphql.json']) {
    const { status, headers } = await preflight(url, SECOND);
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-methods']]).toEqual([
      204,
      SECOND,
      'POST',
    ]);
    expect(headers['access-control-allow-headers']).toContain('X-Shopify-Storefront-Access-Token');
    expect(headers['access-control-allow-headers']).not.toContain('Private');
  }
  expect((await preflight(PATH, 'https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
});

it('lets a page read that its token is wrong', async () => {
  const { status, headers } = await ask(SECOND, { 'x-shopify-storefront-access-token': 'nobodys-token' });

  expect([status, headers['access-control-allow-origin']]).toEqual([401, SECOND]);
});
