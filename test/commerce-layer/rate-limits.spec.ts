import { JSON_API } from '../../libs/json-api/src/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

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
