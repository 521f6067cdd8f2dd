import { PasswordResetService } from '../../src/password-reset/index.js';
import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, bodiesOf, clientOf, engineRefusal, operations, refusal, texts, type Send } from './wire.js';

const OPERATION = 'resetPassword';
const DONE = { data: { resetPassword: true } };
const MISMATCHED = refusal(OPERATION, texts.mismatched);
const NEW_PASSWORD = 'another fine password';
const MINUTE = 60;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

/** A secret that was mailed to the customer just now. */
async function mailedSecret({ email }: Pick<TestCustomer, 'email'>): Promise<string> {
  await clientOf(app)(operations.requestPasswordResetEmail, { email });
  return (await app.lastMail(email)).secret;
}

function reset(
  given: { email: string; secret: string; password?: string },
  send: Send = clientOf(app),
): Promise<Answer> {
  const { email, secret, password = NEW_PASSWORD } = given;
  return send(operations[OPERATION], { email, resetPasswordToken: secret, newPassword: password });
}

it('sets the password once and refuses the token afterwards (SEC-28)', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);

  const first = await reset({ email: ann.email, secret });
  const second = await reset({ email: ann.email, secret, password: 'a third password' });

  expect(first.status).toBe(200);
  expect(first.body).toEqual(DONE);
  expect(second.body).toEqual(MISMATCHED);
  expect(await app.signedIn({ ...ann, password: NEW_PASSWORD })).toEqual(expect.any(String));
  await expect(app.signedIn(ann)).rejects.toThrow(texts.signInRefused);
});

it('ends every session, signs nobody in and mails a notice (SEC-35, SEC-36, SEC-52)', async () => {
  const ann = await app.aCustomer();
  const tokens = [await app.signedIn(ann), await app.signedIn(ann)];
  const secret = await mailedSecret(ann);

  const { headers } = await reset({ email: ann.email, secret });

  const statuses = await Promise.all(tokens.map((token) => app.adobe(operations.customer, {}, bearer(token))));
  const notice = await app.lastMail(ann.email);
  expect(statuses.map(({ status }) => status)).toEqual([401, 401]);
  expect(headers).not.toHaveProperty('set-cookie');
  expect(notice.subject).toMatch(/password/i);
  expect(notice.secret).toBe('');
});

it('voids the other links of the account (SEC-29)', async () => {
  const ann = await app.aCustomer();
  const older = await mailedSecret(ann);
  app.clock.advance(MINUTE);
  const newer = await mailedSecret(ann);

  await reset({ email: ann.email, secret: newer });
  const answer = await reset({ email: ann.email, secret: older, password: 'a third password' });

  expect(answer.body).toEqual(MISMATCHED);
});

it('takes the address in any case, as sign-in does', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);

  const answer = await reset({ email: ` ${ann.email.toUpperCase()} `, secret });

  expect(answer.body).toEqual(DONE);
});

it('gives an account without password its first one', async () => {
  const guest = await app.aCustomer({ password: null });

  const answer = await reset({ email: guest.email, secret: await mailedSecret(guest) });

  expect(answer.body).toEqual(DONE);
  expect(await app.signedIn({ ...guest, password: NEW_PASSWORD })).toEqual(expect.any(String));
});

it('confirms the address, because the mail arrived there (SEC-38)', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });

  await reset({ email: ann.email, secret: await mailedSecret(ann) });

  expect(await app.signedIn({ ...ann, password: NEW_PASSWORD })).toEqual(expect.any(String));
});

it.each([
  ['an empty address', { email: '' }, 'You must specify an email address.'],
  ['an empty address before all else', { email: '', secret: '', password: '' }, 'You must specify an email address.'],
  ['a malformed address', { email: 'ann', secret: '', password: '' }, 'The email address has an invalid format.'],
  ['an empty token', { secret: '', password: '' }, 'resetPasswordToken must be specified'],
  ['an empty password', { password: '' }, 'newPassword must be specified'],
])('refuses %s', async (_, changes, message) => {
  const answer = await reset({ email: 'ann@example.com', secret: 'A'.repeat(32), ...changes });

  expect(answer.body).toEqual(refusal(OPERATION, message));
});

it('leaves a missing argument to GraphQL', async () => {
  const answer = await clientOf(app)(`mutation{resetPassword(email:"a@b.co",newPassword:"${PASSWORD}")}`);

  expect(answer.body).toEqual(engineRefusal(/argument "resetPasswordToken" of type "String!" is required/));
});

it('has one text for an unknown address, a wrong token and one of somebody else (SEC-31)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const secret = await mailedSecret(bob);

  const answers = [
    await reset({ email: 'nobody@example.com', secret }),
    await reset({ email: ann.email, secret: 'A'.repeat(32) }),
    await reset({ email: ann.email, secret }),
  ];

  expect(bodiesOf(answers)).toEqual([MISMATCHED, MISMATCHED, MISMATCHED]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect((await reset({ email: bob.email, secret })).body).toEqual(DONE);
});

it.each([
  ['other letter case', (secret: string) => secret.replace(/[a-z]/i, (letter) => swapped(letter))],
  ['a space after it', (secret: string) => `${secret} `],
  ['a space before it', (secret: string) => ` ${secret}`],
  ['its last character missing', (secret: string) => secret.slice(0, -1)],
  ['a percent sign in it', (secret: string) => `${secret.slice(0, -1)}%`],
  ['a NUL after it', (secret: string) => `${secret}\0`],
  ['itself twice', (secret: string) => secret + secret],
  ['thousands of characters', (secret: string) => secret.repeat(500)],
])('refuses a token with %s (SEC-25)', async (_, altered) => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);

  const answer = await reset({ email: ann.email, secret: altered(secret) });

  expect(answer.body).toEqual(MISMATCHED);
  expect((await reset({ email: ann.email, secret })).body).toEqual(DONE);
});

it('takes a token until the hour is full, and not then', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const [annas, bobs] = [await mailedSecret(ann), await mailedSecret(bob)];

  app.clock.advance(60 * MINUTE - 1);
  const inTime = await reset({ email: ann.email, secret: annas });
  app.clock.advance(1);
  const late = await reset({ email: bob.email, secret: bobs });

  expect(inTime.body).toEqual(DONE);
  expect(late.body).toEqual(MISMATCHED);
});

it("keeps the realm's own lifetime", async () => {
  await app.setUp({ policy: { resetMinutes: 120 } });
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);

  app.clock.advance(120 * MINUTE - 1);

  expect((await reset({ email: ann.email, secret })).body).toEqual(DONE);
});

it('refuses a token that was mailed before the password was changed (SEC-26)', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);
  const token = await app.signedIn(ann);
  const change = { currentPassword: ann.password, newPassword: 'changed meanwhile' };

  await app.adobe(operations.changeCustomerPassword, change, bearer(token));

  expect((await reset({ email: ann.email, secret })).body).toEqual(MISMATCHED);
});

it.each([
  ['too short', 'short', texts.tooShort],
  ['too short in characters, whatever its bytes', '😀😀😀😀', texts.tooShort],
  ['too long', 'x'.repeat(257), texts.tooLong],
  ['beginning with a space', ' password', texts.edgeSpace],
  ['ending with a tab', 'password\t', texts.edgeSpace],
  [
    'with a control character',
    'pass\u0007word',
    'The password contains characters that are not allowed. Create a new password and try again.',
  ],
])('refuses a password that is %s, and spends nothing (SEC-30)', async (_, password, message) => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);

  const refused = await reset({ email: ann.email, secret, password });

  expect(refused.body).toEqual(refusal(OPERATION, message));
  expect((await reset({ email: ann.email, secret })).body).toEqual(DONE);
});

it('tells that the password is the address before it tells that it is too short', async () => {
  const ann = await app.aCustomer({ email: 'a@b.co' });

  const answer = await reset({ email: ann.email, secret: await mailedSecret(ann), password: 'A@B.co' });

  expect(answer.body).toEqual(refusal(OPERATION, texts.isEmail));
});

it('looks at the token before it looks at the password', async () => {
  const ann = await app.aCustomer();

  const answer = await reset({ email: ann.email, secret: 'A'.repeat(32), password: 'short' });

  expect(answer.body).toEqual(MISMATCHED);
});

it('wants character classes only where the store does', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);
  await app.setUp({ adobe: { requiredCharacterClasses: 3 } });

  const refused = await reset({ email: ann.email, secret, password: 'only-small-letters' });
  const accepted = await reset({ email: ann.email, secret, password: 'Small-and-Great' });

  expect(refused.body).toEqual(refusal(OPERATION, texts.tooFewClasses));
  expect(accepted.body).toEqual(DONE);
});

it.each(['x'.repeat(256), '😀'.repeat(8), 'pässwörd mit ümläuten', 'with  two inner spaces'])(
  'accepts the password %s as it is (SEC-18)',
  async (password) => {
    const ann = await app.aCustomer();

    const answer = await reset({ email: ann.email, secret: await mailedSecret(ann), password });

    expect(answer.body).toEqual(DONE);
    expect(await app.signedIn({ ...ann, password })).toEqual(expect.any(String));
  },
);

it('lets a network try ten times in ten minutes; then not even the right token helps (SEC-30)', async () => {
  const ann = await app.aCustomer();
  const secret = await mailedSecret(ann);
  const send = clientOf(app);
  for (let times = 0; times < 9; times += 1) await reset({ email: ann.email, secret: 'A'.repeat(32) }, send);
  const tenth = await reset({ email: ann.email, secret, password: 'short' }, send);

  const eleventh = await reset({ email: ann.email, secret }, send);
  const elsewhere = await reset({ email: 'nobody@example.com', secret: 'A'.repeat(32) });
  app.clock.advance(10 * MINUTE);
  const later = await reset({ email: ann.email, secret }, send);

  expect(tenth.body).toEqual(refusal(OPERATION, texts.tooShort));
  expect(eleventh.body).toEqual(refusal(OPERATION, texts.tooMany));
  expect(elsewhere.body).toEqual(MISMATCHED);
  expect(later.body).toEqual(DONE);
});

it('has the same texts in the older profile', async () => {
  await app.setUp({ adobe: { profile: '2.4.7' } });
  const ann = await app.aCustomer();

  const answer = await reset({ email: ann.email, secret: await mailedSecret(ann), password: 'short' });

  expect(answer.body).toEqual(refusal(OPERATION, texts.tooShort));
});

it('tells a fault by the general text (SEC-68)', async () => {
  jest.spyOn(app.get(PasswordResetService), 'confirm').mockRejectedValueOnce(new Error('the disk is full'));

  const answer = await reset({ email: 'ann@example.com', secret: 'A'.repeat(32) });

  expect(answer.body.errors).toMatchObject([
    { message: "Cannot set the customer's password", extensions: { category: 'graphql-input' } },
  ]);
  expect(answer.text).not.toContain('disk');
});

function swapped(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
