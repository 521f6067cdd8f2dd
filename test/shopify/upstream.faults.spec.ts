import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { demoSetup } from '../../src/store/index.js';
import { applySetup } from '../setup/apply-setup.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { until } from '../support/until.js';
import { shopify, tokenOf, whoHas } from './storefront.js';
import { CATALOGUE, JSON_TYPE, PRODUCTS, UPSTREAM_TOKEN, UpstreamServer } from './upstream-server.js';

let app: TestApp;
let upstream: UpstreamServer;

beforeAll(async () => {
  upstream = await UpstreamServer.start();
  app = await TestApp.start();
});

beforeEach(async () => {
  upstream.reset();
  await upstream.serve(app);
});

afterAll(async () => {
  await app.stop();
  await upstream.stop();
});

function refused(message: string | RegExp): object {
  const said = typeof message === 'string' ? message : expect.stringMatching(message);
  return { errors: [{ message: said, extensions: { code: 'UPSTREAM_UNAVAILABLE', requestId: expect.any(String) } }] };
}

describe('an upstream', () => {
  const ask = (): Promise<Answer> => shopify(app, CATALOGUE, { n: 1 });

  it.each([
    [200, '{"errors":[{"message":"nope"}]}'],
    [400, '{"errors":"Bad Request"}'],
    [402, '{"errors":"Unavailable Shop"}'],
    [429, '{"errors":[{"message":"Throttled"}]}'],
    [503, '{}'],
  ])('may answer with status %d', async (status, text) => {
    upstream.says(status, { ...JSON_TYPE, 'retry-after': '2', 'set-cookie': 'a=b', 'x-powered-by': 'x' }, text);

    const answer = await ask();

    expect([answer.status, answer.text, answer.headers['retry-after']]).toEqual([status, text, '2']);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  it('that knows our token no more is told to the operator', async () => {
    app.logged.length = 0;
    upstream.says(401, JSON_TYPE, '{"errors":[{"message":"","extensions":{"code":"UNAUTHORIZED"}}]}');

    expect((await ask()).status).toBe(401);
    expect(app.logged.join('')).toContain('the upstream of store default refuses its token');
    expect(app.logged.join('')).not.toContain(UPSTREAM_TOKEN);
  });

  it.each<[string, (server: UpstreamServer) => void, string]>([
    ['a redirect', (server) => server.says(302, { location: 'https://evil.example/' }, ''), 'cannot be passed on'],
    [
      'a page',
      (server) => server.says(502, { 'content-type': 'text/html' }, '<b>Bad Gateway</b>'),
      'cannot be passed on',
    ],
    ['an answer without a type', (server) => server.says(200, {}, '{}'), 'cannot be passed on'],
    [
      'more than 4 MiB',
      (server) => server.says(200, JSON_TYPE, `"${'x'.repeat(4 * 1024 * 1024)}"`),
      'more than can be',
    ],
    ['a broken connection', (server) => (server.respond = (response) => void response.destroy()), 'cannot be reached'],
    ['nothing', (server) => (server.respond = () => undefined), 'did not answer in time'],
    [
      'half an answer',
      (server) => (server.respond = (response) => void response.writeHead(200, JSON_TYPE).write('{')),
      'did not answer in time',
    ],
  ])('that sends %s is told as such', async (_what, prepare, message) => {
    prepare(upstream);
    await upstream.serve(app, { timeoutMs: message.includes('in time') ? 300 : 10_000 }); // a busy machine sends slowly

    const { status, body, text } = await ask();

    expect([status, body]).toEqual([200, refused(new RegExp(message))]);
    expect(text).not.toMatch(/evil|Gateway|127\.0\.0\.1/);
  });

  it('keeps a page’s status where clients try again by themselves', async () => {
    upstream.says(503, { 'content-type': 'text/html' }, 'busy');

    expect(await ask()).toMatchObject({ status: 503, body: refused(/cannot be passed on/) });
  });

  it('that is down or hangs keeps nobody from our own operations', async () => {
    const ann = await app.aCustomer();
    const token = await tokenOf(app, ann);
    await upstream.serve(app, { url: `http://127.0.0.1:${await aClosedPort()}` });
    const down = await ask();
    upstream.respond = () => undefined;
    await upstream.serve(app, { timeoutMs: 700 });

    const hanging = Promise.all(Array.from({ length: 10 }, ask));
    const who = await whoHas(app, token);

    expect([down.body, who]).toEqual([refused('The upstream storefront cannot be reached.'), ann.email]);
    expect((await hanging).map(({ body }) => body)).toEqual(
      Array(10).fill(refused('The upstream storefront did not answer in time.')),
    );
  });

  it('that hangs is waited for by so many and no more; the next are asked to come back', async () => {
    const answerNow = upstream.respond;
    const held: ServerResponse[] = [];
    upstream.respond = (response) => void held.push(response);
    await upstream.serve(app, { timeoutMs: 60_000 });

    const busy: unknown[] = [];
    const asked = Array.from({ length: 260 }, async () => {
      const { status, body } = await ask();
      if (status === 503) busy.push(body);
      return body as unknown;
    });
    await until(() => held.length === 256 && busy.length === 4);
    held.forEach(answerNow);

    expect(busy).toEqual(Array(4).fill(refused('The upstream storefront is busy.')));
    expect((await Promise.all(asked)).filter((body) => !busy.includes(body))).toEqual(Array(256).fill(PRODUCTS));
  });

  it('is off by default, and for other stores', async () => {
    const other = { code: 'other', name: 'Other', mailFrom: 'o@demo.example', shopify: { storefrontTokens: [{ token: 'other-token' }] } }; // prettier-ignore
    await app.setUp({ stores: [other] });
    const unknown = expect.arrayContaining([
      expect.objectContaining({ message: "Field 'products' doesn't exist on type 'QueryRoot'" }),
    ]);

    const off = await ask();
    await upstream.serve(app);
    const elsewhere = await shopify(app, CATALOGUE, { n: 1 }, { headers: { 'x-shopify-storefront-access-token': 'other-token' } }); // prettier-ignore
    const on = await ask();
    await applySetup(app, demoSetup);

    expect([off.body.errors, elsewhere.body.errors]).toEqual([unknown, unknown]);
    expect([on.body, upstream.received.length]).toEqual([PRODUCTS, 1]);
  });
});

async function aClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
