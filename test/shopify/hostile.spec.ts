import { Customer } from '../../src/customer/index.js';
import { PASSWORD, TestApp } from '../support/test-app.js';
import { ACTIVATE, ACTIVATE_BY_URL } from './activations.js';
import { WITH_MULTIPASS } from './multipass.js';
import {
  CREATE,
  DELETE,
  gid,
  mailedReset,
  PATH,
  RECOVER,
  RENEW,
  RESET,
  RESET_BY_URL,
  shopify,
  SIGN_IN,
  tokenOf,
  WHO,
} from './storefront.js';

const UPDATE =
  'mutation U($token: String!, $customer: CustomerUpdateInput!) { customerUpdate(customerAccessToken: $token, customer: $customer) { customer { id } customerUserErrors { code field message } userErrors { field message } } }';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const HOSTILE: readonly unknown[] = [
  null, 0, 12345678, true, [], ['x'], {}, { $ne: null }, '', ' ', '\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '%00', "' OR 1=1 --",
  '{{7*7}}', '__proto__', 'x'.repeat(20_000), '🦊'.repeat(3000), 'a@b.co\nBcc: c@d.co', '\u202egnp.exe',
]; // prettier-ignore

const customers = (): Promise<number> => app.database.read((manager) => manager.count(Customer));

it.each([
  [
    'customerCreate',
    CREATE,
    (value: unknown) => ({
      input: { email: value, password: value, firstName: value, phone: value, acceptsMarketing: value },
    }),
  ],
  ['customerCreate', CREATE, (value: unknown) => ({ input: value })],
  ['customerAccessTokenCreate', SIGN_IN, (value: unknown) => ({ input: { email: value, password: value } })],
  ['customerAccessTokenRenew', RENEW, (value: unknown) => ({ token: value })],
  ['customerAccessTokenDelete', DELETE, (value: unknown) => ({ token: value })],
  ['customer', WHO, (value: unknown) => ({ token: value })],
  ['customerRecover', RECOVER, (value: unknown) => ({ email: value })],
  ['customerReset', RESET, (value: unknown) => ({ id: value, input: { resetToken: value, password: value } })],
  ['customerResetByUrl', RESET_BY_URL, (value: unknown) => ({ resetUrl: value, password: value })],
  [
    'customerActivate',
    ACTIVATE,
    (value: unknown) => ({ id: value, input: { activationToken: value, password: value } }),
  ],
  ['customerActivateByUrl', ACTIVATE_BY_URL, (value: unknown) => ({ activationUrl: value, password: value })],
  ['customerAccessTokenCreateWithMultipass', WITH_MULTIPASS, (value: unknown) => ({ token: value })],
  ['customerUpdate', UPDATE, (value: unknown) => ({ token: value, customer: value })],
  [
    'customerUpdate',
    UPDATE,
    (value: unknown) => ({
      token: 'nobody',
      customer: { email: value, password: value, firstName: value, lastName: value, phone: value },
    }),
  ],
  ['nodes', 'query N($ids: [ID!]!) { nodes(ids: $ids) { id } }', (value: unknown) => ({ ids: value })],
])('survives whatever %s is given, and changes nothing (SEC-1, SEC-3, SEC-4)', async (_name, query, variables) => {
  const before = await customers();
  app.logged.length = 0;

  for (const value of HOSTILE) {
    const { status, text } = await shopify(app, query, variables(value));
    expect([status, text.includes('INTERNAL_SERVER_ERROR')]).toEqual([200, false]);
  }

  expect(await customers()).toBe(before);
  expect(app.logged.filter((line) => line.includes('a request failed'))).toEqual([]);
});

it('survives hostile literals and envelopes', async () => {
  for (const value of ['"\\u0000"', '"\\ud800"', '{}', '[]', 'null', '5', 'X', '"""\n"""', '$x']) {
    const { status, text } = await shopify(
      app,
      `mutation { customerRecover(email: ${value}) { userErrors { message } } }`,
    );
    expect([status, text.includes('INTERNAL_SERVER_ERROR')]).toEqual([200, false]);
  }
  for (const envelope of [
    {},
    { query: 5 },
    { query: '' },
    { query: '{}' },
    { query: '{"a":1}' },
    { query: WHO, variables: 5 },
    { query: WHO, variables: [] },
    { query: WHO, operationName: {} },
    { query: WHO, variables: { __proto__: null } },
  ]) {
    const { status, body, text } = await app.request({ method: 'POST', url: PATH, body: envelope });
    expect([status, body.errors.length, body.data]).toEqual([200, 1, undefined]);
    expect(text).not.toContain('[object');
  }
});

it('repeats no secret in answers about wrong input (SEC-21)', async () => {
  const secret = 'geheim-12345';
  const answers = [
    await shopify(app, CREATE, { input: { email: 'a@b.co', password: [secret] } }),
    await shopify(app, CREATE, { input: { email: 5, password: secret } }),
    await shopify(app, CREATE, { input: { email: 'a@b.co', passwort: secret, password: 'x' } }),
    await shopify(app, WHO, { token: { value: secret } }),
    await shopify(app, RESET, { id: 'nope', input: { resetToken: secret } }),
    await shopify(
      app,
      `mutation { customerCreate(input: {email: "a@b.co", password: ["${secret}"]}) { customer { id } } }`,
    ),
    await shopify(app, `mutation { customerCreate(input: "${secret}") { customer { id } } }`),
    await shopify(
      app,
      `mutation { customerReset(id: 5, input: {password: "${secret}" "${secret}"}) { customer { id } } }`,
    ),
  ];

  expect(answers.filter(({ text }) => text.includes('errors') && !text.includes('"data"'))).toHaveLength(
    answers.length,
  );
  expect(answers.map(({ text }) => text).filter((text) => text.includes(secret))).toEqual([]);
});

it('logs no password, token or address (SEC-21)', async () => {
  const ann = await app.aCustomer();
  app.logged.length = 0;
  const token = await tokenOf(app, ann);
  const { secret, link } = await mailedReset(app, ann);
  await shopify(app, RESET, { id: gid(ann.number), input: { resetToken: 'nope', password: 'a new password' } });
  const reset = await shopify(app, RESET_BY_URL, { resetUrl: link, password: 'a new password' });
  const fresh: string = reset.body.data.customerResetByUrl.customerAccessToken.accessToken;
  await shopify(app, RENEW, { token: fresh });
  await shopify(app, DELETE, { token: fresh });

  const log = app.logged.join('');
  for (const secrecy of [PASSWORD, 'a new password', token, fresh, secret, ann.email, 'demo-storefront-token']) {
    expect(log).not.toContain(secrecy);
  }
});
