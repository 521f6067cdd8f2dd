import type { TestApp } from '../support/test-app.js';
import { answerRule, itDescribesItsApi, startNoting, type Document } from './openapi.js';

let app: TestApp;

beforeAll(async () => {
  app = await startNoting();
});

afterAll(() => app.stop());

itDescribesItsApi(() => app, {
  name: 'admin',
  url: '/admin/v1/openapi.json',
  mounts: ['/admin/v1'],
  within: '/',
  apart: ['/admin/v1/openapi.json'],
});

it('tells the form of real answers, and of refusals', async () => {
  const document: Document = (await app.request({ url: '/admin/v1/openapi.json' })).body;
  const address = { lines: ['1 Main St'], city: 'Austin', countryCode: 'US', defaultBilling: true };
  const { number } = await app.aCustomer({ addresses: [address], tags: ['vip'], phone: null });
  await app.admin('POST', `/customers/${number}/password-reset`);
  const invited = await app.aCustomer({ state: 'invited', password: null });
  const asked = [
    ['GET', '/customers/{number}', `/customers/${number}`],
    ['GET', '/customers', '/customers'],
    ['GET', '/customers/{number}/events', `/customers/${number}/events`],
    ['GET', '/customers/{number}/mails', `/customers/${number}/mails`],
    ['GET', '/customers/{number}/tokens', `/customers/${number}/tokens`],
    ['GET', '/events', '/events'],
    ['GET', '/mails', '/mails'],
    ['GET', '/stats', '/stats?hours=1'],
    ['POST', '/customers/{number}/activation-url', `/customers/${invited.number}/activation-url`],
  ] as const;

  for (const [method, path, url] of asked) {
    const { body, status } = await app.admin(method, url);
    const rule = answerRule(document, method.toLowerCase(), path);
    expect([path, status, rule(body), rule.errors]).toEqual([path, 200, true, null]);
  }
});
