import { TestApp } from '../support/test-app.js';
import {
  asBase64,
  AT_CRATE,
  atClient,
  CRATE,
  logIn,
  mailedSecret,
  NO_TEXTS,
  refusalOf,
  RESET,
  SESSION,
  sessionOf,
  WHO,
} from './operations.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it("sets the password once, as in the contract's example", async () => {
  const ida = await app.aCustomer();
  const secret = await mailedSecret(app, ida);

  const first = await atClient(app, RESET, { p: 'Y29ycmVjdCBob3JzZSBiYXR0ZXJ5', t: secret });
  const second = await atClient(app, RESET, { p: 'Y29ycmVjdCBob3JzZSBiYXR0ZXJ5', t: secret });

  expect(first.body).toEqual({ data: { userPasswordReset: 'Your password has been updated.' } });
  expect(second.status).toBe(200);
  expect(second.body).toEqual({
    data: { userPasswordReset: null },
    errors: [
      {
        message: 'The password reset token is invalid or has expired.',
        path: ['userPasswordReset'],
        extensions: { code: 'INVALID_TOKEN' },
      },
    ],
  });
});

it('lets one of many win who spend a secret at once (SEC-28)', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(app, ann);

  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, one) => atClient(app, RESET, { p: asBase64(`new password ${one}`), t: secret })),
  );

  expect(answers.filter(({ body }) => body.data.userPasswordReset !== null)).toHaveLength(1);
});

it('ends every session, tells the owner, and signs nobody in (SEC-35, SEC-36, SEC-52)', async () => {
  const ann = await app.aCustomer();
  const sessions = [await sessionOf(app, ann), await sessionOf(app, ann)];
  const secret = await mailedSecret(app, ann);

  await atClient(app, RESET, { p: asBase64('swordfish and chips'), t: secret });

  const looks = await Promise.all(sessions.map((session) => atClient(app, WHO, {}, session)));
  const mails = await app.mailsTo(ann.email);
  expect(looks.map(({ status }) => status)).toEqual([401, 401]);
  expect(mails).toHaveLength(2);
  expect(mails[1]?.text).not.toContain('swordfish and chips');
});

it('confirms the address that the mail arrived at (SEC-38)', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });
  const before = await logIn(app, ann);

  await atClient(app, RESET, { p: asBase64('a new password'), t: await mailedSecret(app, ann) });

  const after = await logIn(app, { ...ann, password: 'a new password' });
  expect(refusalOf(before).code).toBe('NOT_VERIFIED');
  expect(after.body.data.login.session.user.email).toBe(ann.email);
});

it('has one answer for every secret that opens nothing, and changes nothing (SEC-26)', async () => {
  const ann = await app.aCustomer();
  const late = await mailedSecret(app, ann);
  const elsewhere = await mailedSecret(app, await app.aCustomer(), AT_CRATE);
  const p = asBase64('a new password');

  const answers = await Promise.all(
    [elsewhere, 'A'.repeat(32), '', late.slice(1)].map((t) => atClient(app, RESET, { p, t })),
  );
  app.clock.advance(3601);
  answers.push(await atClient(app, RESET, { p, t: late }));

  for (const answer of answers) expect(refusalOf(answer)).toEqual({ code: 'INVALID_TOKEN' });
  expect((await logIn(app, ann)).body.errors).toBeUndefined();
});

it.each([
  ['short', 'TOO_SHORT'],
  ['x'.repeat(257), 'TOO_LONG'],
])(
  'refuses a bad password with its reason, before the token and without spending it (SEC-30)',
  async (password, reason) => {
    const ann = await app.aCustomer();
    const secret = await mailedSecret(app, ann);

    const withGood = await atClient(app, RESET, { p: asBase64(password), t: secret });
    const withBad = await atClient(app, RESET, { p: asBase64(password), t: 'A'.repeat(32) });

    expect(withGood.status).toBe(200);
    expect(refusalOf(withGood)).toEqual({ code: 'BAD_USER_INPUT', reason });
    expect(withBad.body).toEqual(withGood.body);
    expect((await atClient(app, RESET, { p: asBase64('a new password'), t: secret })).body.errors).toBeUndefined();
  },
);

it('refuses the own address as a password', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(app, ann);

  const answer = await atClient(app, RESET, { p: asBase64(ann.email.toUpperCase()), t: secret });

  expect(refusalOf(answer)).toEqual({ code: 'BAD_USER_INPUT', reason: 'CONTAINS_CONTEXT' });
});

it.each([
  ['a plain text', 'a new password!'],
  ['no padding', 'YW5ldyBwYXNzd29yZA'],
  ['the alphabet of URLs', 'YW5ldyBwYXNzd29yZD8_'],
  ['white space', 'YW5l dyBwYXNzd29yZA=='],
  ['bits that do not count', 'YW5ldyBwYXNzd29yZB=='],
  ['what is no UTF-8', Buffer.from([0xff, 0xfe, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41]).toString('base64')],
  ['a NUL', asBase64('a new\u0000password')],
  ['more than 1024 bytes', asBase64('x'.repeat(1025))],
])('refuses %s where base64 is due, and spends nothing', async (_what, password) => {
  const secret = await mailedSecret(app, await app.aCustomer());

  const answer = await atClient(app, RESET, { p: password, t: secret });

  expect(answer.status).toBe(200);
  expect(answer.body.errors[0]).toMatchObject({
    message: 'The value must be base64-encoded.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect((await atClient(app, SESSION, { t: secret })).body.errors).toBeUndefined();
});

it('takes the password as it is where the store says so, even one that looks encoded', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(app, ann, AT_CRATE);
  const password = asBase64('looks encoded');

  const reset = await atClient(app, RESET, { p: password, t: secret }, AT_CRATE);

  expect(reset.body.errors).toBeUndefined();
  expect((await logIn(app, { ...ann, password })).body.errors).toBeUndefined();
});

it('keeps spaces at the ends, a byte order mark and all of Unicode in a password', async () => {
  const ann = await app.aCustomer();
  const password = ' \ufeffpässwörd 🎷 ';

  await atClient(app, RESET, { p: asBase64(password), t: await mailedSecret(app, ann) });

  expect((await logIn(app, { ...ann, password })).body.errors).toBeUndefined();
  expect(refusalOf(await logIn(app, { ...ann, password: password.trim() })).code).toBe('INVALID_CREDENTIALS');
});

it.each(NO_TEXTS)('refuses %s without a fault, and spends nothing (SEC-1 to SEC-4)', async (_what, value) => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(app, ann);

  const asPassword = await atClient(app, RESET, { p: value, t: secret });
  const asToken = await atClient(app, RESET, { p: asBase64('a new password'), t: value });

  expect(refusalOf(asPassword).code).toBe('BAD_USER_INPUT');
  expect(['BAD_USER_INPUT', 'INVALID_TOKEN']).toContain(refusalOf(asToken).code);
  expect([asPassword.status, asToken.status].filter((status) => ![200, 400].includes(status))).toEqual([]);
  expect((await atClient(app, SESSION, { t: secret })).body.errors).toBeUndefined();
});

it('keeps secrets and passwords out of log and answers (SEC-21)', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(app, ann);
  const password = 'swordfish and chips';

  const answers = [
    await atClient(app, 'mutation($p:Int!,$t:String!){userPasswordReset(password:$p,token:$t)}', {
      p: password,
      t: secret,
    }),
    await atClient(app, RESET, { p: [password], t: [secret] }),
    await atClient(app, RESET, { p: asBase64(password), t: secret }),
    await atClient(app, RESET, { p: asBase64(password), t: secret }),
  ];

  const told = answers.map(({ text }) => text).join('') + app.logged.join('');
  for (const hidden of [password, asBase64(password), secret]) expect(told).not.toContain(hidden);
});
