import { demoSetup } from '../../src/store/index.js';
import { TestApp } from '../support/test-app.js';
import { PAGE_HEADERS } from './links.js';
import { comparable, said } from './visitor.js';

const PROBLEM = {
  type: 'about:blank',
  status: 404,
  title: 'Not Found',
  instance: expect.stringMatching(/^urn:uuid:[\w-]{36}$/),
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn({ NODE_ENV: 'development' });
});

afterAll(() => app.stop());

it('leads to everything that people can open, and each of these answers', async () => {
  const landing = await app.request({ url: '/' });

  const links = [...landing.text.matchAll(/<a href="([^"]*)">/g)].map(([, href]) => href ?? '');
  const answers = await Promise.all(links.map((url) => app.request({ url })));

  expect(landing.status).toBe(200);
  expect(landing.headers).toMatchObject(PAGE_HEADERS);
  expect(landing.headers).not.toHaveProperty('set-cookie');
  expect(new Set(links)).toEqual(
    new Set([
      '/account/recover',
      '/admin/v1/openapi.json',
      '/dev/mailbox',
      '/graphiql/adobe',
      '/graphiql/common-ground-admin',
      '/graphiql/common-ground-client',
      '/graphiql/shopify',
      '/graphiql/shopify-admin',
      '/health/ready',
      '/rest/all/schema',
    ]),
  );
  expect(answers.map(({ status }) => status)).toEqual(links.map(() => 200));
});

it('shows the demo credentials in development, and they work', async () => {
  const { text } = await app.request({ url: '/' });
  const shown = [...text.matchAll(/<dt>([^<]*)<\/dt><dd><code>([^<]*)<\/code>/g)].map(([, label, value]) => [
    label,
    value,
  ]);
  const [email = '', password = '', token = ''] = ['Customer', 'Password', 'Admin token'].map(
    (label) => shown.find(([one]) => one === label)?.[1],
  );

  const signedIn = await app.signedIn({ email, password, number: 0, id: 0 });
  const admin = await app.request({
    url: `/admin/v1/customers?email=${encodeURIComponent(email)}`,
    headers: { authorization: `Bearer ${token}` },
  });

  expect(email).toBe(demoSetup.customers?.[0]?.email);
  expect(signedIn).toContain('.');
  expect(admin.status).toBe(200);
});

it('has a style sheet from here, which loads nothing', async () => {
  const { status, headers, text } = await app.request({ url: '/assets/keyturn.css' });

  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
  });
  expect(text).not.toMatch(/url\(|@import|https?:/);
});

describe('a path that nobody knows', () => {
  it.each([
    '/nowhere',
    '/nowhere/',
    '/account',
    '/account/nowhere',
    '/customer/account',
    '/customer/account/createPassword/more',
    '/admin/nowhere',
    '/graphiql',
    '/graphiql/',
    '/graphiql/assets',
    '/dev',
    '/health',
    '/assets',
    '/assets/',
    '/assets/other.css',
    '/assets/..%2fpackage.json',
    '/package.json',
    '/.env',
    '/.git/config',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    `/${'a'.repeat(3000)}`,
    '//evil.example',
  ])('is told to be none, as problem details and no more: %s (SEC-68)', async (url) => {
    // prettier-ignore
    const answer = await app.request({ url });

    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(PROBLEM);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('or that does not take %s', async (method) => {
    const answers = [];
    for (const url of ['/', '/nowhere', '/dev/mailbox', '/health/live', '/account/reset/1/x']) {
      answers.push(await app.request({ method, url, body: { some: 'thing' } }));
    }

    for (const { status, body } of answers) expect([status, body]).toEqual([404, PROBLEM]);
  });

  it('looks alike everywhere, and is logged without what was asked', async () => {
    const [one, other] = [
      await app.request({ url: '/secret-path-1' }),
      await app.request({ url: '/secret-path-2?q=3' }),
    ];

    const withoutId = (answer: typeof one): unknown =>
      comparable({ ...answer, text: JSON.stringify({ ...answer.body, instance: '' }) });
    expect(withoutId(one)).toEqual(withoutId(other));
    expect(app.logged.join('')).not.toContain('secret-path');
  });
});

it('speaks HEAD as it does GET', async () => {
  const [get, head] = [await app.request({ url: '/' }), await app.request({ method: 'HEAD', url: '/' })];

  expect(comparable({ ...head, text: get.text })).toEqual(comparable(get));
  expect(head.text).toBe('');
});

it('tells how to try a reset', async () => {
  expect(said(await app.request({ url: '/' }))).toContain('Try a reset Ask for a link on Forgot your password?');
});
