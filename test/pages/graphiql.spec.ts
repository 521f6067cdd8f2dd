import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { consoles } from '../../src/pages/consoles.js';
import { TestApp } from '../support/test-app.js';

const ASSETS = ['react.js', 'react-dom.js', 'graphiql.js', 'start.js', 'graphiql.css'];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each([...consoles.keys()])('has a console for the schema: %s', async (name) => {
  const { status, headers, text } = await app.request({ url: `/graphiql/${name}` });

  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(text).toContain(`<title>GraphiQL: ${name}</title>`);
  expect((await app.request({ url: `/graphiql/${name}/` })).text).toBe(text);
});

it.each([...consoles.keys()])('has a console that the schema answers, documentation and all: %s', async (name) => {
  const { text } = await app.request({ url: `/graphiql/${name}` });
  const [, endpoint = '', given = ''] = /data-endpoint="([^"]*)" data-headers="([^"]*)"/.exec(text) ?? [];

  const { body } = await app.request({
    method: 'POST',
    url: endpoint,
    headers: JSON.parse(given.replaceAll('&quot;', '"')),
    body: { query: getIntrospectionQuery() },
  });

  expect(body.errors).toBeUndefined();
  expect(buildClientSchema(body.data).getQueryType()).toBeDefined();
});

it('loads its files from here alone', async () => {
  const { text, headers } = await app.request({ url: '/graphiql/adobe' });

  const files = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, file]) => file);
  const policy = String(headers['content-security-policy']).split('; ');

  expect(files.toSorted()).toEqual([...ASSETS.map((name) => `/graphiql/assets/${name}`), 'data:,'].toSorted());
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]));
  expect(policy).toEqual(expect.arrayContaining(["frame-ancestors 'none'", "base-uri 'none'"]));
  expect(policy.join()).not.toMatch(/https?:|\*|unsafe-eval/);
});

it.each(ASSETS)('serves %s', async (name) => {
  const { status, headers, text } = await app.request({ url: `/graphiql/assets/${name}` });

  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  expect(text.length).toBeGreaterThan(100);
});

it.each([
  '/graphiql/nothing',
  '/graphiql/ADOBE',
  '/graphiql/__proto__',
  '/graphiql/adobe/more',
  '/graphiql/assets',
  '/graphiql/assets/',
  '/graphiql/assets/package.json',
  '/graphiql/assets/..%2fpackage.json',
  '/graphiql/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  '/graphiql/assets/react.js/more',
  '/graphiql/assets/react%2fumd%2freact.production.min.js',
  '/graphiql/assets/constructor',
  '/graphiql/assets/react.js%00',
])('has nothing at %s', async (url) => {
  // prettier-ignore
  const { status, body } = await app.request({ url });

  expect([status, body.title]).toEqual([404, 'Not Found']);
});
