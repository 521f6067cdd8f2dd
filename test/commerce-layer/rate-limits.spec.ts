import { JSON_API } from '../../libs/json-api/src/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { CHANNEL, CommerceLayerClient, otherStore, passwordGrant } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const NOWHERE = '/api/customer_password_resets/xYZkjABcde';

const ask = (from: string, token = 'x', method: 'GET' | 'PATCH' = 'GET'): Promise<Answer> =>
  app.request({
    ...{ method, url: NOWHERE, from },
    headers: { accept: JSON_API, 'content-type': JSON_API, authorization: `Bearer ${token}` },
    ...(method === 'PATCH' ? { body: '{}' } : {}),
  });

it('tells on every answer what is left of the average', async () => {
  const token = await cl.integration();
  const from = cl.newNetwork();

  const first = await ask(from, token);
  const second = await ask(from, token);

  expect([first.status, first.headers]).toEqual([
    404,
    expect.objectContaining({
      'x-ratelimit-limit': '100',
      'x-ratelimit-interval': '60',
      'x-ratelimit-remaining': '99',
    }),
  ]);
  expect(second.headers['x-ratelimit-remaining']).toBe('98');
});

it('refuses a burst at one endpoint, counting reads and writes, networks and integrations apart', async () => {
  const from = cl.newNetwork();
  const token = await cl.integration();
  for (let i = 0; i < 25; i += 1) expect((await ask(from)).status).toBe(401);

  const { status, headers, body } = await ask(from);

  expect([status, headers['content-type'], headers['retry-after']]).toEqual([429, JSON_API, '10']);
  expect(body.errors).toEqual([
    { title: 'Too many requests', detail: expect.any(String), code: 'TOO_MANY_REQUESTS', status: '429' },
  ]);
  expect((await ask(from, 'x', 'PATCH')).status).toBe(401);
  expect((await ask(cl.newNetwork())).status).toBe(401);
  expect((await ask(from, token)).status).toBe(404);
  app.clock.advance(10);
  expect((await ask(from)).status).toBe(401);
});

it('refuses more than the average, also without bursts', async () => {
  const from = cl.newNetwork();
  for (let round = 0; round < 4; round += 1) {
    for (let i = 0; i < 25; i += 1) await ask(from);
    app.clock.advance(10);
  }

  const { status, headers } = await ask(from);

  expect([status, headers['x-ratelimit-remaining'], headers['retry-after']]).toEqual([429, '0', '20']);
  app.clock.advance(20);
  expect((await ask(from)).status).toBe(401);
});

it('takes its number from the realm', async () => {
  await app.setUp({ policy: { limits: { requestNetwork: { max: 8, seconds: 30 } } } });
  const from = cl.newNetwork();

  const { headers } = await ask(from);

  expect(headers).toMatchObject({ 'x-ratelimit-limit': '4', 'x-ratelimit-interval': '30' });
  expect((await ask(from)).status).toBe(429);
});

describe("a storefront's own server", () => {
  const SERVER = '192.0.2.1';
  const BACKEND = 'backend-secret-of-demo';
  const through = (shopper: string, secret: string): Record<string, string> => ({
    ...{ 'x-true-client-ip': shopper, 'x-backend-auth': secret },
  });
  const read = async (headers: Record<string, string>, token: string): Promise<unknown> => {
    const answer = await app.request({
      ...{ url: '/api/organization', from: SERVER },
      headers: { accept: JSON_API, authorization: `Bearer ${token}`, ...headers },
    });
    return answer.headers['x-ratelimit-remaining'];
  };
  const signIn = (headers: Record<string, string>, email: string): Promise<Answer> =>
    cl.oauth(passwordGrant(email, { password: 'wrong password' }), headers, SERVER);

  beforeAll(async () => {
    const other = { ...otherStore.commerceLayer, backendAuth: 'backend-secret-of-other' };
    await app.setUp({
      commerceLayer: { backendAuth: BACKEND },
      stores: [{ ...otherStore, commerceLayer: other }],
    });
  });

  it('has each of its shoppers counted apart, once it shows the secret of the store (SEC-6)', async () => {
    const token = await cl.channel();

    expect(await read(through('203.0.113.1', BACKEND), token)).toBe('99');
    expect(await read(through('203.0.113.1', BACKEND), token)).toBe('98');
    expect(await read(through('203.0.113.2', BACKEND), token)).toBe('99');
    expect(await read({}, token)).toBe('99');
    const unbelieved = [
      ...[through('203.0.113.3', 'wrong-secret'), through('203.0.113.4', ''), through('no address', BACKEND)],
      ...[through('203.0.113.5', 'backend-secret-of-other'), through('203.0.113.6, 203.0.113.7', BACKEND)],
      ...[through('203.0.113.8', CHANNEL.client_id), through('203.0.113.9', 'x'.repeat(600))],
    ];
    for (const [at, headers] of unbelieved.entries()) expect(await read(headers, token)).toBe(String(98 - at));
  });

  it('has the failures of each counted apart at sign-in', async () => {
    const { email } = await app.aCustomer();
    const last = (): unknown => {
      const failed = app.logged.filter((line) => line.includes('"event":"login_failed"'));
      return (JSON.parse(failed.at(-1) ?? '{}') as { network?: string }).network;
    };

    await signIn(through('203.0.113.77', BACKEND), email);
    expect(last()).toBe('203.0.113.77');
    await signIn(through('203.0.113.77', 'backend-secret-of-other'), email);
    expect(last()).toBe(SERVER);
  });

  it('has its own limit on token requests for each', async () => {
    app.clock.advance(60);
    for (let i = 0; i < 30; i += 1) {
      expect((await cl.oauth(CHANNEL, through('203.0.113.90', BACKEND), SERVER)).status).toBe(200);
    }
    const refused = await cl.oauth(CHANNEL, through('203.0.113.90', BACKEND), SERVER);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect((await cl.oauth(CHANNEL, through('203.0.113.91', BACKEND), SERVER)).status).toBe(200);
    for (let i = 0; i < 30; i += 1) {
      const { status } = await cl.oauth(CHANNEL, through(`203.0.113.${100 + i}`, 'wrong-secret'), SERVER);
      expect(status).toBe(200);
    }
    expect((await cl.oauth(CHANNEL, through('203.0.113.200', 'wrong-secret'), SERVER)).status).toBe(429);
  });
});
