import { ResetRequestService } from '../../src/password-reset/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { bearer, bodiesOf, clientOf, engineRefusal, messageOf, operations, refusal, texts } from './wire.js';

const OPERATION = 'requestPasswordResetEmail';
const SENT = { data: { requestPasswordResetEmail: true } };
const NOT_SENT = refusal(OPERATION, "Cannot reset the customer's password");
const MINUTE = 60;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

it("answers the vendor's own example and mails a link in the vendor's form", async () => {
  const send = clientOf(app);

  const answer = await send('mutation {\nrequestPasswordResetEmail(\nemail: "roni_cost@example.com"\n)\n}');

  const mail = await app.lastMail('roni_cost@example.com');
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(SENT);
  expect(mail.link).toMatch(/^http:\/\/localhost:3000\/customer\/account\/createPassword\/\?token=[A-Za-z0-9]{32}$/);
  expect(mail.from).toBe('Demo Store <hello@demo.example>');
});

it('says nothing of the secret in the answer', async () => {
  const ann = await app.aCustomer();

  const answer = await clientOf(app)(operations[OPERATION], { email: ann.email });

  const { secret } = await app.lastMail(ann.email);
  expect(secret).toHaveLength(32);
  expect(JSON.stringify([answer.text, answer.headers])).not.toContain(secret);
});

it('finds the account whatever the case of the address, and mails to the stored one (SEC-12, SEC-15)', async () => {
  const ann = await app.aCustomer({ email: 'Mixed.Case@Example.com' });

  const answer = await clientOf(app)(operations[OPERATION], { email: '  mIXED.cASE@eXAMPLE.COM ' });

  const { to } = await app.lastMail(ann.email);
  expect(answer.body).toEqual(SENT);
  expect(to).toBe('Mixed.Case@Example.com');
});

it('answers for an unknown address as for a known one, and mails nothing (SEC-75)', async () => {
  const answer = await clientOf(app)(operations[OPERATION], { email: 'nobody@example.com' });

  expect(answer.body).toEqual(SENT);
  expect(await app.mailsTo('nobody@example.com')).toEqual([]);
});

it('wants an address', async () => {
  const answer = await clientOf(app)(operations[OPERATION], { email: '' });

  expect(answer.body).toEqual(refusal(OPERATION, 'You must specify an email address.'));
});

it.each([
  'plainaddress',
  ' ',
  '@example.com',
  'ann@',
  'ann@example',
  'Ann <ann@example.com>',
  'ann@example.com,bob@example.com',
  'ann@example.com; bob@example.com',
  'ann@example@example.com',
  'ann@example.com\nBcc: bob@example.com',
  '"ann"@example.com',
  'ann@[127.0.0.1]',
  'ann@0x7f.1',
  `${'a'.repeat(65)}@example.com`,
  `ann@${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.com`,
])('refuses %j as malformed (SEC-12)', async (email) => {
  const answer = await clientOf(app)(operations[OPERATION], { email });

  expect(answer.body).toEqual(refusal(OPERATION, 'The email address has an invalid format.'));
});

it('leaves a missing and a null address to GraphQL', async () => {
  const missing = await clientOf(app)('mutation{requestPasswordResetEmail}');
  const empty = await clientOf(app)(operations[OPERATION], { email: null });

  expect(missing.body).toEqual(engineRefusal(/argument "email" of type "String!" is required/));
  expect(empty.body).toEqual(engineRefusal(/must not be null/));
});

it('mails to an address once a minute, and answers as if it mailed each time (SEC-47)', async () => {
  const ann = await app.aCustomer();
  const ask = (): Promise<Answer> => clientOf(app)(operations[OPERATION], { email: ann.email });

  const answers = [await ask(), await ask()];
  const soon = await app.mailsTo(ann.email);
  app.clock.advance(MINUTE);
  answers.push(await ask());
  const later = await app.mailsTo(ann.email);

  expect(bodiesOf(answers)).toEqual([SENT, SENT, SENT]);
  expect([soon.length, later.length]).toEqual([1, 2]);
});

it('mails to an address three times an hour', async () => {
  const ann = await app.aCustomer();

  for (let times = 0; times < 5; times += 1) {
    expect((await clientOf(app)(operations[OPERATION], { email: ann.email })).body).toEqual(SENT);
    app.clock.advance(MINUTE);
  }
  const early = await app.mailsTo(ann.email);
  app.clock.advance(60 * MINUTE);
  await clientOf(app)(operations[OPERATION], { email: ann.email });

  expect(early).toHaveLength(3);
  expect(await app.mailsTo(ann.email)).toHaveLength(4);
});

it('refuses the eleventh request of a network within an hour, for known and unknown addresses alike', async () => {
  const ann = await app.aCustomer();
  const send = clientOf(app);
  for (let times = 0; times < 10; times += 1) {
    await send(operations[OPERATION], { email: `nobody-${times}@example.com` });
  }

  const known = await send(operations[OPERATION], { email: ann.email });
  const unknown = await send(operations[OPERATION], { email: 'nobody@example.com' });
  app.clock.advance(60 * MINUTE);
  const later = await send(operations[OPERATION], { email: ann.email });

  expect(known.body).toEqual(NOT_SENT);
  expect(unknown.text).toBe(known.text);
  expect(later.body).toEqual(SENT);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('keeps the last two links alive and voids the oldest (SEC-29)', async () => {
  const ann = await app.aCustomer();
  const secrets: string[] = [];
  for (let times = 0; times < 3; times += 1) {
    await clientOf(app)(operations[OPERATION], { email: ann.email });
    secrets.push((await app.lastMail(ann.email)).secret);
    app.clock.advance(MINUTE);
  }
  const spend = async (index: number): Promise<string | null> => {
    const order = { email: ann.email, resetPasswordToken: secrets[index], newPassword: 'short' };
    return messageOf(await clientOf(app)(operations.resetPassword, order));
  };

  const messages = [await spend(0), await spend(1), await spend(2)];

  expect(new Set(secrets).size).toBe(3);
  expect(messages).toEqual([texts.mismatched, texts.tooShort, texts.tooShort]);
});

it('changes nothing on the account: password and sessions go on (SEC-32)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);

  await clientOf(app)(operations[OPERATION], { email: ann.email });

  const who = await app.adobe(operations.customer, {}, bearer(token));
  expect(who.body.data.customer.email).toBe(ann.email);
  expect(await app.signedIn(ann)).toEqual(expect.any(String));
});

it('mails to an account that has no password yet, and to nobody without an account', async () => {
  const guest = await app.aCustomer({ password: null });
  const disabled = await app.aCustomer({ state: 'disabled' });

  const answers = [
    await clientOf(app)(operations[OPERATION], { email: guest.email }),
    await clientOf(app)(operations[OPERATION], { email: disabled.email }),
  ];

  expect(bodiesOf(answers)).toEqual([SENT, SENT]);
  expect(await app.mailsTo(guest.email)).toHaveLength(1);
  expect(await app.mailsTo(disabled.email)).toEqual([]);
});

it("builds the link from the store's own base, whatever the request's headers say (SEC-37)", async () => {
  const ann = await app.aCustomer();
  const evil = 'evil.example';

  const answer = await clientOf(app)(
    operations[OPERATION],
    { email: ann.email },
    {
      host: evil,
      'x-forwarded-host': evil,
      origin: `https://${evil}`,
      referer: `https://${evil}/`,
      'x-forwarded-proto': 'ftp',
    },
  );

  const { text, html, link } = await app.lastMail(ann.email);
  expect(answer.body).toEqual(SENT);
  expect(link).toMatch(/^http:\/\/localhost:3000\//);
  expect(text + html).not.toContain(evil);
});

it("fills the store's own template for the link", async () => {
  await app.setUp({ adobe: { resetLink: '{storefrontUrl}/new-password?email={email}&token={token}&in={store}' } });
  const ann = await app.aCustomer({ email: 'plus+sign@example.com' });

  await clientOf(app)(operations[OPERATION], { email: ann.email });

  const { link, secret } = await app.lastMail(ann.email);
  expect(link).toBe(`http://localhost:3000/new-password?email=plus%2Bsign%40example.com&token=${secret}&in=default`);
});

it('tells a fault by the general text, with the id of the log line, and nothing of its cause (SEC-68)', async () => {
  const ann = await app.aCustomer();
  jest.spyOn(app.get(ResetRequestService), 'request').mockRejectedValueOnce(new Error('the disk is full'));

  const answer = await clientOf(app)(operations[OPERATION], { email: ann.email });

  const id: unknown = answer.body.errors[0].extensions.id;
  const lines = app.logged.filter((line) => line.includes('a request failed') && line.includes(String(id)));
  expect(answer.status).toBe(200);
  expect(answer.body.errors).toMatchObject([
    { message: "Cannot reset the customer's password", extensions: { category: 'graphql-input' } },
  ]);
  expect(answer.text).not.toContain('disk');
  expect(lines).toEqual([expect.stringContaining('the disk is full')]);
});
