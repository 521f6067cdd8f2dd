import { TestApp } from '../support/test-app.js';
import { atAdmin, CRATE, refusalOf, sessionOf, START } from './operations.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it.each([
  ['no credential', {}],
  ['no token', { authorization: 'Bearer' }],
  ['an empty token', { authorization: 'Bearer ' }],
  ['another scheme', { authorization: 'Basic ZGVtbzpkZW1v' }],
  ['a wrong key', { authorization: 'Bearer demo-cg-secreT' }],
  ['the access key', { authorization: 'Bearer demo-cg-access' }],
  ["another store's key", { authorization: 'Bearer crate-secret-key' }],
  ["another dialect's key", { authorization: 'Bearer demo-adobe-integration-token' }],
  ["our own admin's token", { authorization: 'Bearer demo-admin-token' }],
  ['a token too long', { authorization: `Bearer ${'x'.repeat(9000)}` }],
])('refuses %s before a field is resolved, and mails nobody (SEC-50)', async (_what, headers) => {
  const ann = await app.aCustomer();

  const answer = await app.request({
    method: 'POST',
    url: '/cg/admin/graphql',
    headers,
    body: { query: START, variables: { e: ann.email } },
  });

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    errors: [{ message: 'Authentication is required.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await app.mailsTo(ann.email)).toEqual([]);
});

it("refuses a buyer's session as if it were none (SEC-50)", async () => {
  const ann = await app.aCustomer();
  const session = await sessionOf(app, ann);

  const answer = await atAdmin(app, START, { e: ann.email }, session);

  expect(answer.status).toBe(401);
  expect(refusalOf(answer)).toEqual({ code: 'UNAUTHENTICATED' });
  expect(await app.mailsTo(ann.email)).toEqual([]);
});

it("answers at the alias of the vendor's newer host", async () => {
  const ann = await app.aCustomer();
  const ask = (url: string): Promise<{ status: number; body: unknown }> =>
    app.request({
      method: 'POST',
      url,
      headers: { authorization: 'Bearer demo-cg-secret' },
      body: { query: START, variables: { e: ann.email } },
    });

  const answers = await Promise.all(
    ['/cg/admin/graphql/graphql', '/cg/admin/graphql/graphql/', '/cg/admin/graphql/graphql?x=1'].map(ask),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await ask('/cg/admin/graphql/graphql/graphql')).status).toBe(404);
  expect((await ask('/cg/client/graphql/graphql')).status).toBe(404);
});
