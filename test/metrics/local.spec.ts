import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each([
  ['a client elsewhere', '198.51.100.1', {}],
  ['this machine, as a proxy says', '127.0.0.1', {}],
  ['a client with the token of an administrator', '198.51.100.1', { authorization: 'Bearer demo-admin-token' }],
])('is not found by %s while there is no METRICS_TOKEN', async (_, from, headers) => {
  const { status, text } = await app.request({ url: '/metrics', from, headers });

  expect(status).toBe(404);
  expect(text).not.toContain('keyturn_');
});
