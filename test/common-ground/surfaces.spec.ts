import { TestApp } from '../support/test-app.js';
import { AT_CRATE, atAdmin, atClient, CRATE, CRATE_KEY, KEY, LOGIN, refusalOf, START, WHO } from './operations.js';

const BOTH = ['/cg/admin/graphql', '/cg/client/graphql'];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({
    policy: { limits: 'off' },
    stores: [CRATE, { code: 'silent', name: 'Silent', mailFrom: 'a@example.com' }],
  });
});

afterAll(() => app.stop());

it.each(['crate', 'www.blue-crate.test', 'WWW.Blue-Crate.Test', ' crate '])('knows a store by %j', async (name) => {
  const ann = await app.aCustomer();

  const { body } = await atAdmin(app, START, { e: ann.email }, { ...CRATE_KEY, 'commonground-origin': name });

  expect(body.data.userBuyerCreatePasswordToken.email).toBe(ann.email);
  expect((await app.lastMail(ann.email)).link).toContain('https://www.blue-crate.test/');
});

it('means the default store where none is named, and does not know the misspelt header', async () => {
  const ann = await app.aCustomer();

  const { body } = await atAdmin(app, START, { e: ann.email }, { 'ommonground-origin': 'www.blue-crate.test' });

  expect(body.data.userBuyerCreatePasswordToken.email).toBe(ann.email);
  expect((await app.lastMail(ann.email)).link).toContain('http://localhost:3000/');
});

it.each([
  'nowhere',
  'https://www.blue-crate.test',
  'www.blue-crate.test.evil.test',
  'silent',
  '__proto__',
  'crate, default',
])('refuses the store %j on both surfaces, and resolves nothing', async (name) => {
  const headers = { ...KEY, 'commonground-origin': name };

  const answers = await Promise.all([
    atAdmin(app, START, { e: 'nobody@example.com' }, headers),
    atClient(app, WHO, {}, { 'commonground-origin': name }),
  ]);

  for (const { status, body } of answers) {
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [{ message: 'Unknown store.', extensions: { code: 'BAD_USER_INPUT' } }] });
  }
});

it.each(BOTH)('reads at %s nothing but one JSON object sent by POST (SEC-5, SEC-63)', async (url) => {
  const query = '{__typename}';
  const typed = (type: string): Record<string, string> => ({ ...KEY, 'content-type': type });
  const isAdmin = url === BOTH[0];
  const headers: Record<string, string> = isAdmin ? KEY : {};
  const post = (body: unknown, type = 'application/json'): ReturnType<TestApp['request']> =>
    app.request({ method: 'POST', url, headers: { ...headers, 'content-type': type }, body });

  expect((await post(JSON.stringify({ query }))).status).toBe(200);
  expect((await post('query={__typename}', 'application/x-www-form-urlencoded')).status).toBe(415);
  expect((await post(query, 'application/graphql')).status).toBe(415);
  expect((await post(JSON.stringify({ query }), 'text/plain')).status).toBe(415);
  expect((await post(JSON.stringify([{ query }]))).status).toBe(400);
  expect((await post('{')).status).toBe(400);
  expect((await post('null')).status).toBe(400);
  expect((await post('{}')).status).toBe(400);
  expect((await post(JSON.stringify({ query: '{' }))).status).toBe(400);
  expect((await post(JSON.stringify({ query: '{nothing}' }))).status).toBe(400);
  expect((await post(JSON.stringify({ query, more: 'x'.repeat(110_000) }))).status).toBe(413);
  expect((await app.request({ url: `${url}?query=${query}`, headers: typed('application/json') })).status).toBe(405);
  expect((await app.request({ url, headers: typed('application/json') })).status).toBe(405);
});

it('gives every error a code and a path, and no place in the document', async () => {
  const unread = await atClient(app, 'mutation{login(email:1){session}}');
  const refused = await atClient(app, LOGIN, { e: 'nobody@example.com', p: 'x' }, AT_CRATE);

  expect(unread.status).toBe(400);
  for (const { extensions } of unread.body.errors) expect(extensions.code).toBe('BAD_USER_INPUT');
  expect(Object.keys(refused.body.errors[0] as object)).toEqual(['message', 'path', 'extensions']);
});

it.each([
  ['thirty-one aliases', `{${Array.from({ length: 31 }, (_, one) => `a${one}:user{_id}`).join(' ')}}`],
  [
    'two logins',
    'mutation{a:login(email:"a@b.cc",password:"x"){checkout{_id}} b:login(email:"a@b.cc",password:"x"){checkout{_id}}}',
  ],
  [
    'a login and a reset',
    'mutation{login(email:"a@b.cc",password:"x"){checkout{_id}} userPasswordReset(password:"x",token:"x")}',
  ],
  ['an argument that does not exist', 'mutation{login(email:"a@b.cc",password:"x",active:true){checkout{_id}}}'],
  ['a field of the other surface', '{user{notes}}'],
])('refuses %s (SEC-2, SEC-62)', async (_what, query) => {
  const answer = await atClient(app, query);

  expect(answer.status).toBe(400);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});

it('marks every answer as not to be kept (SEC-8)', async () => {
  const answers = await Promise.all([atAdmin(app, '{__typename}'), atClient(app, WHO), atClient(app, '{')]);

  for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store');
});
