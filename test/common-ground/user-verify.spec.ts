import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import {
  asBase64,
  atClient,
  AT_CRATE,
  comparable,
  CRATE,
  logIn,
  NO_TEXTS,
  refusalOf,
  register,
  sessionOf,
  VERIFY,
  WHO,
} from './operations.js';

const CHANGE = 'mutation($e:String){userUpdate(email:$e){email}}';
const PASSWORD = 'a good password';

let app: TestApp;
let made = 0;

const anEmail = (): string => `waiting-${(made += 1)}@example.com`;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

const waiting = (email: string): TestCustomer => ({ email, password: PASSWORD, number: 0, id: 0 });

async function codeTo(email: string, headers = {}): Promise<number> {
  await register(app, email, { c: true }, headers);
  const { text } = await app.lastMail(email);
  return Number(/^\d{6}$/m.exec(text)?.[0]);
}

async function isVerified(email: string): Promise<boolean> {
  return (await app.admin('GET', `/customers?email=${email}`)).body.items[0].emailConfirmed as boolean;
}

describe('by token', () => {
  it('confirms the account and starts a session', async () => {
    const email = anEmail();
    await register(app, email);
    const { secret } = await app.lastMail(email);

    const { body } = await atClient(app, VERIFY, { t: secret });

    const { session, message, checkout } = body.data.userVerify;
    expect({ message, checkout }).toEqual({ message: 'Your email address is confirmed.', checkout: null });
    expect(session.user.email).toBe(email);
    const who = await atClient(app, WHO, {}, { authorization: `Bearer ${session.jwt}` });
    expect(who.body.data.user.email).toBe(email);
    expect((await logIn(app, waiting(email))).body.errors).toBeUndefined();
  });

  it('spends it once', async () => {
    const email = anEmail();
    await register(app, email);
    const { secret } = await app.lastMail(email);
    await atClient(app, VERIFY, { t: secret });

    const again = await atClient(app, VERIFY, { t: secret });

    expect(again.body).toEqual({
      data: { userVerify: null },
      errors: [
        {
          message: 'The verification token or code is invalid or has expired.',
          path: ['userVerify'],
          extensions: { code: 'INVALID_TOKEN' },
        },
      ],
    });
  });

  it('takes a day to expire', async () => {
    const email = anEmail();
    await register(app, email);
    const { secret } = await app.lastMail(email);
    app.clock.advance(24 * 3600);

    expect(refusalOf(await atClient(app, VERIFY, { t: secret }))).toEqual({ code: 'INVALID_TOKEN' });
    expect(await isVerified(email)).toBe(false);
  });

  it("takes no other store's, and no reset's (SEC-27)", async () => {
    const email = anEmail();
    await register(app, email);
    const { secret } = await app.lastMail(email);
    const ann = await app.aCustomer();
    await atClient(app, 'mutation($e:String!){userCreatePasswordToken(email:$e)}', { e: ann.email });
    const reset = (await app.lastMail(ann.email)).secret;

    const answers = [await atClient(app, VERIFY, { t: secret }, AT_CRATE), await atClient(app, VERIFY, { t: reset })];

    for (const answer of answers) expect(refusalOf(answer)).toEqual({ code: 'INVALID_TOKEN' });
    expect(await isVerified(email)).toBe(false);
  });

  it('confirms a change of address, which ends the sessions from before (SEC-78)', async () => {
    const ann = await app.aCustomer();
    const session = await sessionOf(app, ann);
    await atClient(app, CHANGE, { e: `moved-${ann.email}` }, session);
    const { secret } = await app.lastMail(`moved-${ann.email}`);

    const { body } = await atClient(app, VERIFY, { t: secret });

    expect(body.data.userVerify.session.user.email).toBe(`moved-${ann.email}`);
    expect((await atClient(app, WHO, {}, session)).status).toBe(401);
    expect((await logIn(app, { ...ann, email: `moved-${ann.email}` })).body.errors).toBeUndefined();
    expect(refusalOf(await logIn(app, ann))).toEqual({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('by code', () => {
  it('is mailed in the place of the link, and confirms without a session', async () => {
    const email = anEmail();
    const code = await codeTo(email);
    const { link, subject } = await app.lastMail(email);

    const { body } = await atClient(app, VERIFY, { c: code, e: email });

    expect({ link, subject }).toEqual({ link: '', subject: 'Please confirm your account at Demo Store' });
    expect(code).toBeGreaterThanOrEqual(100_000);
    expect(body.data.userVerify).toEqual({
      session: null,
      message: 'Your email address is confirmed.',
      checkout: null,
    });
    expect((await logIn(app, waiting(email))).body.errors).toBeUndefined();
  });

  it('takes the address in base64', async () => {
    const email = anEmail();
    const code = await codeTo(email);

    const { body } = await atClient(app, VERIFY, { c: code, e: asBase64(email) });

    expect(body.errors).toBeUndefined();
    expect(await isVerified(email)).toBe(true);
  });

  it('lets the fifth try be the right one', async () => {
    const email = anEmail();
    const code = await codeTo(email);
    for (let tries = 0; tries < 4; tries += 1) await atClient(app, VERIFY, { c: wrong(code), e: email });

    expect((await atClient(app, VERIFY, { c: code, e: email })).body.errors).toBeUndefined();
  });

  it('is dead after five wrong tries, also when they come at once (SEC-40)', async () => {
    const email = anEmail();
    const code = await codeTo(email);

    const tries = await Promise.all([1, 2, 3, 4, 5].map(() => atClient(app, VERIFY, { c: wrong(code), e: email })));
    const right = await atClient(app, VERIFY, { c: code, e: email });

    for (const answer of [...tries, right]) expect(refusalOf(answer)).toEqual({ code: 'INVALID_TOKEN' });
    expect(await isVerified(email)).toBe(false);
  });

  it('works once', async () => {
    const email = anEmail();
    const code = await codeTo(email);

    const answers = await Promise.all([1, 2, 3].map(() => atClient(app, VERIFY, { c: code, e: email })));

    expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
  });

  it('lives ten minutes', async () => {
    const [late, timely] = [anEmail(), anEmail()];
    const lateCode = await codeTo(late);
    app.clock.advance(1);
    const timelyCode = await codeTo(timely);
    app.clock.advance(599);

    expect(refusalOf(await atClient(app, VERIFY, { c: lateCode, e: late }))).toEqual({ code: 'INVALID_TOKEN' });
    expect((await atClient(app, VERIFY, { c: timelyCode, e: timely })).body.errors).toBeUndefined();
  });

  it('is good for the account that it was mailed to alone, in that store', async () => {
    const [email, other] = [anEmail(), anEmail()];
    const code = await codeTo(email);
    await register(app, other, { c: true });

    expect(refusalOf(await atClient(app, VERIFY, { c: code, e: email }, AT_CRATE)).code).toBe('INVALID_TOKEN');
    expect(await isVerified(other)).toBe(false);
    expect((await atClient(app, VERIFY, { c: code, e: email })).body.errors).toBeUndefined();
  });

  it('is not a token', async () => {
    const email = anEmail();
    const code = await codeTo(email);

    expect(refusalOf(await atClient(app, VERIFY, { t: String(code) })).code).toBe('INVALID_TOKEN');
  });

  it('answers byte for byte alike for addresses that wait, are verified, or nobody has (SEC-75)', async () => {
    const email = anEmail();
    const code = wrong(await codeTo(email));
    const verified = await app.aCustomer();

    const answers = [];
    for (const e of [email, verified.email, 'nobody@example.com']) {
      answers.push(await atClient(app, VERIFY, { c: code, e }));
    }

    const texts = answers.map((answer) => JSON.stringify(comparable(answer)));
    expect(new Set(texts).size).toBe(1);
  });
});

/** Another code of the same form. */
const wrong = (code: number): number => (code === 999_999 ? code - 1 : code + 1);

it.each([
  ['neither', {}],
  ['both', { t: 'x', c: 123_456, e: 'a@example.com' }],
  ['nothing but null', { t: null, c: null }],
  ['a code without an address', { c: 123_456 }],
  ['a code with an address that is none', { c: 123_456, e: 'a@' }],
  ['a code that is a text', { c: '123456', e: 'a@example.com' }],
  ['a code that is no Int', { c: 99_999_999_999, e: 'a@example.com' }],
])('refuses %s', async (_what, variables) => {
  const answer = await atClient(app, VERIFY, variables);

  expect(answer.status).toBeLessThan(500);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});

it.each(NO_TEXTS)('never fails over %s as the token (SEC-1)', async (_what, value) => {
  const answer: Answer = await atClient(app, VERIFY, { t: value });

  expect(answer.status).toBeLessThan(500);
  expect(['BAD_USER_INPUT', 'INVALID_TOKEN']).toContain(refusalOf(answer).code);
});

it('counts what was refused, by network (SEC-30)', async () => {
  await app.setUp({ policy: {}, stores: [CRATE] });
  const answers = [];
  for (let times = 0; times < 11; times += 1) {
    answers.push(
      await atClient(app, VERIFY, times % 2 ? { t: 'x' } : { c: 123_456, e: `nobody-${times}@example.com` }),
    );
  }

  expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(answers[10]?.status).toBe(429);
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});
