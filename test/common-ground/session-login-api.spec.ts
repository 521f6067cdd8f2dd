import { TestApp, type Answer } from '../support/test-app.js';
import { AT_CRATE, atAdmin, atClient, CRATE, NO_TEXTS, refusalOf, sessionOf, START, WHO } from './operations.js';

const SIGN_IN = `mutation($a:String!,$s:String!){sessionLoginApi(accessKey:$a,secretKey:$s){
  _id configRef type jwt expires createdAt origin shopName deviceName deviceId mfa ip user{_id name email} adminDomains{_id} admins{_id}}}`;
const KEYS = { a: 'demo-cg-access', s: 'demo-cg-secret' };
const REFUSED = {
  message: 'Authentication is required.',
  extensions: { code: 'UNAUTHENTICATED' },
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

/** A request without the demo key. */
function bare(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
  return app.request({ method: 'POST', url: '/cg/admin/graphql', headers, body: { query, variables } });
}

async function bearer(variables: object = KEYS, headers: Record<string, string> = {}): Promise<Record<string, string>> {
  const { body, text } = await bare(SIGN_IN, variables, headers);
  const jwt: unknown = body.data?.sessionLoginApi?.jwt;
  if (typeof jwt !== 'string') throw new Error(`no session: ${text}`);
  return { ...headers, authorization: `Bearer ${jwt}` };
}

async function isGood(headers: Record<string, string>): Promise<boolean> {
  const { status, body } = await atAdmin(app, '{users{pagination{count}}}', {}, headers);
  return status === 200 && body.errors === undefined;
}

it('gives a session of twelve hours for a pair of keys', async () => {
  const { status, body } = await bare(SIGN_IN, KEYS);

  const now = app.clock.now().getTime();
  const id = expect.stringMatching(/^[0-9a-f]{24}$/) as unknown;
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      sessionLoginApi: {
        ...{ _id: id, configRef: null, type: null, jwt: expect.stringMatching(/^[^.]+\.[^.]+\.[^.]+$/) as unknown },
        ...{ expires: now + 12 * 3600 * 1000, createdAt: now, origin: 'api', shopName: 'Demo Store' },
        ...{ deviceName: null, deviceId: null, mfa: null, ip: null, adminDomains: [], admins: null },
        user: { _id: id, name: 'demo-cg-access', email: null },
      },
    },
  });
});

it('opens the surface with that session as the secret key does, until it expires', async () => {
  const ann = await app.aCustomer();
  const session = await bearer();

  const { body } = await atAdmin(app, START, { e: ann.email }, session);

  expect(body.data.userBuyerCreatePasswordToken.email).toBe(ann.email);
  app.clock.advance(12 * 3600 - 1);
  expect(await isGood(session)).toBe(true);
  app.clock.advance(1);
  expect(await isGood(session)).toBe(false);
});

it('keeps the two surfaces and the stores apart (SEC-50)', async () => {
  const session = await bearer();
  const crate = await bearer({ a: 'crate-access', s: 'crate-secret-key' }, AT_CRATE);
  const ann = await app.aCustomer();

  expect((await atClient(app, WHO, {}, session)).status).toBe(401);
  expect(await isGood(await sessionOf(app, ann))).toBe(false);
  expect(await isGood({ ...session, ...AT_CRATE })).toBe(false);
  expect(await isGood({ ...crate, 'commonground-origin': 'default' })).toBe(false);
  expect(await isGood(crate)).toBe(true);
});

it.each([
  ['a wrong secret key', { ...KEYS, s: 'demo-cg-secreT' }],
  ['a wrong access key', { ...KEYS, a: 'demo-cg-acces' }],
  ['an access key in other letters', { ...KEYS, a: 'DEMO-CG-ACCESS' }],
  ['a blank behind the access key', { ...KEYS, a: 'demo-cg-access ' }],
  ["another store's keys", { a: 'crate-access', s: 'crate-secret-key' }],
  ['keys that do not belong together', { a: 'demo-cg-access', s: 'crate-secret-key' }],
  ["another dialect's", { a: 'demo-admin', s: 'demo-admin-password-1' }],
  ['keys too long', { a: 'x'.repeat(300), s: 'x'.repeat(2000) }],
  ['empty keys', { a: '', s: '' }],
])('refuses %s', async (_what, variables) => {
  const { status, body } = await bare(SIGN_IN, variables);

  expect(status).toBe(401);
  expect(body).toEqual({ data: { sessionLoginApi: null }, errors: [{ ...REFUSED, path: ['sessionLoginApi'] }] });
});

it.each(NO_TEXTS)('never fails over %s (SEC-1)', async (_what, value) => {
  const answers = [await bare(SIGN_IN, { ...KEYS, a: value }), await bare(SIGN_IN, { ...KEYS, s: value })];

  for (const { status } of answers) expect([400, 401]).toContain(status);
});

const LOGIN = 'sessionLoginApi(accessKey:"demo-cg-access",secretKey:"demo-cg-secret"){jwt}';

it.each([
  ['another field beside it', `mutation{${LOGIN} userVerify(userRef:"1")}`],
  ['another field before it', `mutation{userVerify(userRef:"1") ${LOGIN}}`],
  ['another field under its name', 'mutation{sessionLoginApi:userVerify(userRef:"1")}'],
  ['another operation beside it', `mutation A{${LOGIN}} query B{users{pagination{count}}}`],
  ['a fragment around it', `mutation{...F} fragment F on Mutation{${LOGIN}}`],
  ['an inline fragment around it', `mutation{...{${LOGIN}}}`],
  ['a fragment on a type that it has nothing to do with', `mutation{${LOGIN}} fragment F on Buyer{bogus}`],
  ['a query', '{users{pagination{count}}}'],
  ['introspection', '{__schema{types{name}}}'],
  ['a query of its name', `query{${LOGIN}}`],
  ['a document that is none', 'mutation{'],
  ['an unknown field', '{bogus}'],
])('tells nothing to who sends %s without a credential', async (_what, query) => {
  const { status, body } = await bare(query);

  expect(status).toBe(401);
  expect(body).toEqual({ errors: [REFUSED] });
});

it('refuses a bad credential also beside good keys', async () => {
  const { status, body } = await bare(SIGN_IN, KEYS, { authorization: 'Bearer wrong' });

  expect(status).toBe(401);
  expect(body).toEqual({ errors: [REFUSED] });
});

it('signs in once a request (SEC-62)', async () => {
  const answer = await atAdmin(app, `mutation{a:${LOGIN} b:${LOGIN}}`);

  expect(answer.status).toBe(400);
  expect(answer.body.data).toBeUndefined();
});

it('ends the sessions of a secret key that was replaced', async () => {
  const session = await bearer({ a: 'crate-access', s: 'crate-secret-key' }, AT_CRATE);
  app.clock.advance(20);
  const keys = [{ accessKey: 'crate-access', secretKey: 'another-secret-key' }];

  await app.setUp({
    policy: { limits: 'off' },
    stores: [{ ...CRATE, commonGround: { ...CRATE.commonGround, keys } }],
  });

  expect(await isGood(session)).toBe(false);
  expect(await isGood(await bearer({ a: 'crate-access', s: 'another-secret-key' }, AT_CRATE))).toBe(true);
  expect((await bare(SIGN_IN, { a: 'crate-access', s: 'crate-secret-key' }, AT_CRATE)).status).toBe(401);
});

it('counts failures by network, and by access key whatever the network (SEC-45)', async () => {
  await app.setUp({ policy: {}, stores: [CRATE] });
  const wrong = { ...KEYS, s: 'wrong' };
  for (let times = 0; times < 20; times += 1) {
    await bare(SIGN_IN, wrong, { 'x-forwarded-for': `203.0.113.${times}` });
  }

  const byName = await bare(SIGN_IN, KEYS, { 'x-forwarded-for': '203.0.113.99' });
  const direct = await atAdmin(app, '{users{pagination{count}}}');

  expect(byName.status).toBe(429);
  expect(refusalOf(byName)).toEqual({ code: 'RATE_LIMITED' });
  expect(byName.headers['retry-after']).toMatch(/^\d+$/);
  expect(direct.status).toBe(200);
});
