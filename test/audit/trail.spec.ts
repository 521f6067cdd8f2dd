import { operations } from '../adobe/wire.js';
import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { asBase64, atClient, LOGIN, RESET as RESET_BUYER } from '../common-ground/operations.js';
import { multipassOf, signIn as signInByMultipass } from '../shopify/multipass.js';
import { gid, RESET, shopify, SIGN_IN } from '../shopify/storefront.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const NEW = 'a whole new password';

let app: TestApp;
let commerceLayer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  commerceLayer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

/** The newest event as the database has it, and the log line that tells the same. */
interface Told {
  readonly type: unknown;
  readonly customerId: unknown;
  readonly origin: unknown;
  readonly network: unknown;
  readonly data: unknown;
  readonly isOfRequest: boolean;
  readonly isLogged: boolean;
}

/** What the trail says of the request behind an answer. */
async function toldOf({ headers }: Answer, type: string): Promise<Told[]> {
  const id = String(headers['x-request-id']);
  const rows = await app.database.select(
    'SELECT type, customer_id, origin, network, request_id, data FROM event WHERE request_id = ? AND type = ?',
    [id, type],
  );
  return rows.map(({ customer_id: customerId, request_id, data, ...row }) => {
    const line = { event: type, customerId, network: row['network'], requestId: id };
    const logged = app.logged.map((text) => JSON.parse(text) as Record<string, unknown>);
    return {
      ...{ type: row['type'], origin: row['origin'], network: row['network'], customerId },
      data: typeof data === 'string' ? (JSON.parse(data) as unknown) : data,
      isOfRequest: request_id === id,
      isLogged: logged.some((entry) => Object.entries(line).every(([key, value]) => entry[key] === value)),
    };
  });
}

const SIGN_INS: Record<string, (email: string, password: string) => Promise<Answer>> = {
  adobe: (email, password) => app.adobe(operations.generateCustomerToken, { email, password }),
  'adobe-rest': (username, password) =>
    app.request({ method: 'POST', url: '/rest/V1/integration/customer/token', body: { username, password } }),
  shopify: (email, password) => shopify(app, SIGN_IN, { input: { email, password } }),
  'commerce-layer': (username, password) =>
    commerceLayer.oauth({ ...CHANNEL, grant_type: 'password', username, password }),
  'common-ground': (email, password) => atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) }),
};
const ORIGINS: Record<string, string> = { 'adobe-rest': 'adobe' };

describe.each(Object.keys(SIGN_INS))('sign-in through %s', (wire) => {
  const signIn = (email: string, password: string): Promise<Answer> =>
    (SIGN_INS[wire] as (typeof SIGN_INS)[string])(email, password);
  const from = { origin: ORIGINS[wire] ?? wire, network: expect.any(String), isOfRequest: true, isLogged: true };
  const account = expect.stringMatching(/^[0-9a-f]{16}$/) as string;

  it('is on the trail when it succeeds, fails or meets a lock, with the customer (SEC-85)', async () => {
    const { id: customerId, email, password } = await app.aCustomer();

    const ok = await signIn(email, password);
    const failed = await signIn(email, 'a wrong password');
    for (let tries = 0; tries < 8; tries += 1) await signIn(email, 'a wrong password');
    const locking = await signIn(email, 'a wrong password');
    const locked = await signIn(email, password);

    expect(await toldOf(ok, 'login_ok')).toMatchObject([{ ...from, customerId }]);
    expect(await toldOf(failed, 'login_failed')).toMatchObject([{ ...from, customerId, data: { account } }]);
    expect(await toldOf(locking, 'login_locked')).toMatchObject([{ ...from, customerId }]);
    expect(await toldOf(locked, 'login_locked')).toMatchObject([{ ...from, customerId }]);
    expect(await toldOf(locked, 'login_ok')).toEqual([]);
  });

  it('of an address that nobody has is told by its keyed hash, the same each time (SEC-85)', async () => {
    const [one, again, other] = [
      await signIn(`nobody-${wire}@example.com`, 'what ever'),
      await signIn(`NOBODY-${wire}@example.com`, 'what else'),
      await signIn(`else-${wire}@example.com`, 'what ever'),
    ];

    const told = await Promise.all([one, again, other].map((answer) => toldOf(answer, 'login_failed')));
    const [first, second, third] = told.map(([event]) => event?.data);

    expect(told).toMatchObject([1, 2, 3].map(() => [{ ...from, customerId: null, data: { account } }]));
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });
});

/** How a reset is finished through each API. */
const FINISHES: Record<string, (ann: TestCustomer, secret: string, password: string) => Promise<Answer>> = {
  adobe: ({ email }, resetPasswordToken, newPassword) =>
    app.adobe(operations.resetPassword, { email, resetPasswordToken, newPassword }),
  shopify: ({ number }, resetToken, password) =>
    shopify(app, RESET, { id: gid(number), input: { resetToken, password } }),
  'common-ground': (_ann, t, password) => atClient(app, RESET_BUYER, { t, p: asBase64(password) }),
};

describe.each(Object.keys(FINISHES))('a reset finished through %s', (origin) => {
  const finish = FINISHES[origin] as (typeof FINISHES)[string];
  const from = { origin, network: expect.any(String), isOfRequest: true, isLogged: true };

  async function asked(): Promise<{ ann: TestCustomer; secret: string; request: Answer }> {
    const ann = await app.aCustomer();
    const request = await app.adobe(operations.requestPasswordResetEmail, { email: ann.email });
    return { ann, request, secret: (await app.lastMail(ann.email)).secret };
  }

  it('is on the owner’s trail, asked for and done (SEC-85)', async () => {
    const { ann, request, secret } = await asked();

    const done = await finish(ann, secret, NEW);

    const { id: customerId } = ann;
    expect(await toldOf(request, 'reset_requested')).toMatchObject([{ customerId, isOfRequest: true, isLogged: true }]);
    expect(await toldOf(done, 'reset_completed')).toMatchObject([{ ...from, customerId }]);
  });

  it('is on the owner’s trail when it is refused: a bad password, a spent link, one that is over (SEC-85)', async () => {
    const { ann, secret } = await asked();
    const { ann: late, secret: lateSecret } = await asked();

    const short = await finish(ann, secret, 'short');
    await finish(ann, secret, NEW);
    const again = await finish(ann, secret, NEW);
    app.clock.advance(3601);
    const over = await finish(late, lateSecret, NEW);

    const told = await Promise.all([short, again, over].map((answer) => toldOf(answer, 'reset_failed')));
    expect(told).toMatchObject([
      [{ ...from, customerId: ann.id, data: { reason: 'PASSWORD_TOO_SHORT' } }],
      [{ ...from, customerId: ann.id, data: { reason: 'RESET_TOKEN_INVALID' } }],
      [{ ...from, customerId: late.id, data: { reason: 'RESET_TOKEN_EXPIRED' } }],
    ]);
  });

  it('names nobody when the secret is nobody’s (SEC-85)', async () => {
    const { ann } = await asked();

    const guess = await finish(ann, 'x'.repeat(32), NEW);

    expect(await toldOf(guess, 'reset_failed')).toMatchObject([{ ...from, customerId: null }]);
  });
});

it('tells a guess at a reset by the keyed hash of the address that came along (SEC-85)', async () => {
  const variables = { resetPasswordToken: 'x'.repeat(32), newPassword: NEW };

  const guess = await app.adobe(operations.resetPassword, { ...variables, email: 'guessed@example.com' });

  const [event] = await toldOf(guess, 'reset_failed');
  expect(event?.data).toEqual({ reason: expect.any(String), account: expect.stringMatching(/^[0-9a-f]{16}$/) });
});

it('keeps suppressed requests on the trail, known and unknown alike (SEC-47, SEC-85)', async () => {
  await app.setUp({});
  const ann = await app.aCustomer();
  const ask = (email: string): Promise<Answer> => app.adobe(operations.requestPasswordResetEmail, { email });

  const answers: Answer[] = [];
  for (const email of [ann.email, 'unknown-to-all@example.com']) {
    await ask(email);
    answers.push(await ask(email));
  }
  await app.setUp({ policy: { limits: 'off' } });

  const told = await Promise.all(answers.map((answer) => toldOf(answer, 'reset_suppressed')));
  const event = { customerId: null, data: { account: expect.any(String) }, isOfRequest: true, isLogged: true };
  expect(told).toMatchObject([[event], [event]]);
});

it('tells of Multipass, new addresses and ended sessions, with the customer (SEC-85)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  const authorization = `Bearer ${token}`;

  const entered = await signInByMultipass(app, multipassOf(app, { email: ann.email }));
  const refused = await signInByMultipass(
    app,
    multipassOf(app, { email: ann.email, created_at: '2001-01-01T00:00:00Z' }),
  );
  const changed = { email: `moved-${ann.email}`, password: ann.password };
  const moved = await app.adobe(operations.updateCustomerEmail, changed, { authorization });
  const ended = await app.adobe(operations.revokeCustomerToken, {}, { authorization });

  const about = { customerId: ann.id, network: expect.any(String), isOfRequest: true, isLogged: true };
  const reason = expect.any(String) as string;
  expect(await toldOf(entered, 'multipass_ok')).toMatchObject([{ ...about, origin: 'shopify' }]);
  expect(await toldOf(refused, 'multipass_failed')).toMatchObject([
    { customerId: null, data: { reason }, isLogged: true },
  ]);
  expect(await toldOf(moved, 'email_changed')).toMatchObject([{ ...about, origin: 'adobe' }]);
  expect(await toldOf(ended, 'token_revoked')).toMatchObject([{ ...about, origin: 'adobe' }]);
});
