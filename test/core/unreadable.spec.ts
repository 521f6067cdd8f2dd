import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const SECRET = 'A'.repeat(32);

it('repeats nothing of a path that cannot be read, and guards that answer like every other (SEC-8, SEC-11)', async () => {
  const answer = await app.request({ url: `/account/reset/12/${SECRET}%E0%A4%A` });

  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain(SECRET);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(answer.body).toMatchObject({ type: 'about:blank', status: 400 });
});

it('refuses a form that would reach into prototypes, without a fault (SEC-2)', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  const answer = await app.request({ method: 'POST', url: '/account/recover', headers, body: '__proto__=1' });

  expect(answer.status).toBe(400);
  expect(app.logged.join('')).not.toContain('a request failed');
});
