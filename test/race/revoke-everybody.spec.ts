import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { TestApp } from '../support/test-app.js';

const SESSIONS = 20;

let app: TestApp;
let layer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  layer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const refreshed = (token: string): Promise<{ status: number; body: Record<string, string> }> =>
  layer.oauth({ ...CHANNEL, grant_type: 'refresh_token', refresh_token: token });

it('leaves no session to those whose tokens are refreshed at the same moment (SEC-53, SEC-86)', async () => {
  const { email, password } = await app.aCustomer();
  const held: string[] = [];
  for (let at = 0; at < SESSIONS; at += 1) {
    const { body } = await layer.oauth({ ...CHANNEL, grant_type: 'password', username: email, password });
    held.push(body.refresh_token);
  }

  const refreshing = held.map(refreshed);
  const ended = app.admin('POST', '/revoke-tokens', { realm: 'default' });
  const answers = await Promise.all(refreshing);

  expect((await ended).status).toBe(200);
  const won = answers.filter(({ status }) => status === 200).map(({ body }) => body['refresh_token'] ?? '');
  const after = await Promise.all(won.map(refreshed));
  expect(won.length).toBeGreaterThan(0); // some were in time, and it did not help them
  expect(after.filter(({ status }) => status === 200)).toEqual([]);
});
