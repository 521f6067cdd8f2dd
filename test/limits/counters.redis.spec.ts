import { Redis } from 'ioredis';
import { CounterStore } from '../../src/lockout/counter-store.js';
import { RedisCounters } from '../../src/lockout/limit.redis.js';
import {
  asBase64,
  ASK as ASK_BUYER,
  atAdmin,
  atClient,
  register,
  RESET as RESET_BUYER,
  VERIFY,
} from '../common-ground/operations.js';
import { CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { Visitor } from '../pages/visitor.js';
import { ACTIVATE } from '../shopify/activations.js';
import { multipassOf, signIn as signInByMultipass } from '../shopify/multipass.js';
import { CREATE, gid, RECOVER, RESET as RESET_SHOPIFY, shopify, SIGN_IN, tokenOf, WHO } from '../shopify/storefront.js';
import { RedisProcess } from '../support/redis.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { until } from '../support/until.js';
import { counterStoreContract } from './counter-store.js';

const LOGIN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:"a new password")}';
const REGISTER =
  'mutation($e:String!,$p:String!){createCustomerV2(input:{email:$e,password:$p,firstname:"A",lastname:"B"}){customer{id}}}';
const RESEND = 'mutation($e:String!){resendConfirmationEmail(email:$e)}';
const LOGIN_SERVER = 'mutation{sessionLoginApi(accessKey:"demo-cg-access",secretKey:"demo-cg-secret"){jwt}}';
const LOGIN_BUYER = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';
const SECRET = 'x'.repeat(32);

let redis: RedisProcess;
let app: TestApp;

beforeAll(async () => {
  redis = await RedisProcess.start();
  app = await TestApp.startOwn({ REDIS_URL: redis.url });
  await ready();
});

afterAll(async () => {
  await app.stop();
  redis.wake();
  await redis.stop();
});

const ready = (): Promise<void> => until(() => app.get(CounterStore).answers());
const health = async (): Promise<unknown> => (await app.request({ url: '/health/ready' })).body;

counterStoreContract(() => app.get(CounterStore));

it('are kept in Redis where one is named: under a name of the installation, not for ever, and not in the database', async () => {
  const client = new Redis(redis.url);
  await client.flushdb();
  await app.adobe(LOGIN, { e: 'nobody@example.com', p: 'wrong' });

  const keys = await client.keys('*');
  const lasts = await Promise.all(keys.map((key) => client.pttl(key)));
  await client.quit();

  expect(app.get(CounterStore)).toBeInstanceOf(RedisCounters);
  expect(keys).toHaveLength(2); // the network's and the name's
  for (const key of keys) expect(key).toMatch(/^keyturn:[0-9a-f]{16}:limit:[A-Za-z0-9_-]{43}$/);
  for (const ms of lasts) expect(ms).toBeGreaterThan(9 * 60_000);
  expect(await app.database.select('SELECT digest FROM rate_counter', [])).toEqual([]);
});

it('hold a limit for the window of the clock, and no longer', async () => {
  const ann = await app.aCustomer();
  const from = '203.0.113.7';
  const signIn = async (p: string): Promise<unknown> =>
    (await app.adobe(LOGIN, { e: ann.email, p }, {}, from)).body.data.generateCustomerToken?.token ?? null;
  for (let time = 0; time < 20; time += 1) await app.adobe(LOGIN, { e: `n${time}@example.com`, p: 'wrong' }, {}, from);

  const within = await signIn(ann.password);
  app.clock.advance(600);

  expect(within).toBeNull();
  expect(await signIn(ann.password)).not.toBeNull();
});

describe('while Redis is down', () => {
  let commerceLayer: CommerceLayerClient;

  beforeAll(() => {
    commerceLayer = new CommerceLayerClient(app);
  });

  afterEach(async () => {
    redis.wake();
    await redis.stop();
    await redis.startAgain();
    await ready();
  });

  /** Everything that takes a password or a mailed secret, or asks for a mail. */
  const refused: Readonly<Record<string, (email: string, password: string) => Promise<Answer>>> = {
    'Adobe: sign in': (e, p) => app.adobe(LOGIN, { e, p }),
    'Adobe: ask for a reset': (e) => app.adobe(ASK, { e }),
    'Adobe: reset': (e) => app.adobe(RESET, { e, t: SECRET }),
    'Adobe: register': (e, p) => app.adobe(REGISTER, { e: `new-${e}`, p }),
    'Adobe: ask for a confirmation': (e) => app.adobe(RESEND, { e }),
    'Adobe REST: sign in': (username, password) =>
      app.request({ method: 'POST', url: '/rest/V1/integration/customer/token', body: { username, password } }),
    'Shopify: sign in': (email, password) => shopify(app, SIGN_IN, { input: { email, password } }),
    'Shopify: ask for a reset': (email) => shopify(app, RECOVER, { email }),
    'Shopify: reset': () =>
      shopify(app, RESET_SHOPIFY, { id: gid(7), input: { resetToken: SECRET, password: 'a new password' } }),
    'Shopify: register': (email, password) => shopify(app, CREATE, { input: { email: `new-${email}`, password } }),
    'Shopify: activate': () =>
      shopify(app, ACTIVATE, { id: gid(7), input: { activationToken: SECRET, password: 'a new password' } }),
    'Shopify: Multipass': (email) => signInByMultipass(app, multipassOf(app, { email })),
    'Commerce Layer: sign in': (email) => commerceLayer.oauth(passwordGrant(email)),
    'Common Ground: sign in': (e, p) => atClient(app, LOGIN_BUYER, { e: asBase64(e), p: asBase64(p) }),
    'Common Ground: register': (e) => register(app, `new-${e}`),
    'Common Ground: confirm': () => atClient(app, VERIFY, { t: SECRET }),
    'Common Ground: server signs in': () => atAdmin(app, LOGIN_SERVER, {}, { authorization: '' }),
    'Common Ground: ask for a reset': (e) => atClient(app, ASK_BUYER, { e: asBase64(e) }),
    'a page: a mailed link': () => new Visitor(app).open(`/account/reset/7/${SECRET}`),
    'Common Ground: reset': () => atClient(app, RESET_BUYER, { p: asBase64('a new password'), t: SECRET }),
  };

  it.each(Object.keys(refused))('is refused at once, with no password checked (SEC-46): %s', async (name) => {
    const ann = await app.aCustomer();
    await redis.stop();
    await until(async () => !(await app.get(CounterStore).answers()));
    app.statements.length = 0;

    const began = performance.now();
    const answer = await refused[name]?.(ann.email, ann.password);
    const lasted = performance.now() - began;

    expect(answer?.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(answer?.text).not.toContain('"token":"');
    expect(app.statements.filter((sql) => /password_hash|mail_message/.test(sql) && !/^SELECT id/.test(sql))).toEqual(
      [],
    );
    expect(lasted).toBeLessThan(1000);
  });

  it('who is signed in goes on reading, and the instance says what is missing', async () => {
    const ann = await app.aCustomer();
    const token = await tokenOf(app, ann);
    expect(await health()).toMatchObject({ status: 'ok', limits: true });
    await redis.stop();

    const { body } = await shopify(app, WHO, { token });

    expect(body.data.customer.email).toBe(ann.email);
    expect(await health()).toEqual({ status: 'degraded', database: true, migrations: true, mail: true, limits: false });
  });

  it('a server that accepts and says nothing keeps nobody waiting', async () => {
    const ann = await app.aCustomer();
    redis.hang();

    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shopify(app, SIGN_IN, { input: { email: ann.email, password: ann.password } })),
    );
    const lasted = performance.now() - began;
    redis.wake();
    await ready();

    expect(answers.every(({ headers }) => headers['retry-after'] !== undefined)).toBe(true);
    expect(lasted).toBeLessThan(2000);
    expect(await tokenOf(app, ann)).not.toBe('');
  });

  it('comes back by itself, and said once that it went and once that it came', async () => {
    const ann = await app.aCustomer();
    app.logged.length = 0;
    await redis.stop();
    for (let time = 0; time < 3; time += 1) await app.adobe(LOGIN, { e: ann.email, p: ann.password });
    await redis.startAgain();
    await ready();

    expect(await app.signedIn(ann)).toContain('.');
    const said = (text: string): number => app.logged.filter((line) => line.includes(text)).length;
    expect([said('Redis does not answer'), said('Redis answers again')]).toEqual([1, 1]);
  });
});
