import { TestApp } from '../support/test-app.js';
import {
  asBase64,
  AT_CRATE,
  ASK,
  atClient,
  CRATE,
  lock,
  NO_TEXTS,
  refusalOf,
  RESET,
  sessionOf,
  WHO,
} from './operations.js';

const MESSAGE = {
  data: { userCreatePasswordToken: 'If an account exists for this address, a message is on its way.' },
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it('mails a link of the store that is meant, built from nothing in the request (SEC-37)', async () => {
  const ann = await app.aCustomer();

  const { body } = await atClient(
    app,
    ASK,
    { e: ann.email },
    { ...AT_CRATE, origin: 'https://evil.test', host: 'evil.test' },
  );

  const { link, secret, from } = await app.lastMail(ann.email);
  expect(body).toEqual(MESSAGE);
  expect(link).toBe(`https://www.blue-crate.test/account/reset/${ann.number}/${secret}`);
  expect(from).toContain('hello@blue-crate.test');
});

it('answers alike for known, unknown, inactive and locked (SEC-75)', async () => {
  const known = await app.aCustomer();
  const inactive = await app.aCustomer({ state: 'disabled' });
  const locked = await app.aCustomer();
  await lock(app, locked);

  const answers = await Promise.all(
    [known.email, 'nobody@example.com', inactive.email, locked.email].map((e) => atClient(app, ASK, { e })),
  );

  for (const { status, body, headers } of answers) {
    expect([status, body]).toEqual([200, MESSAGE]);
    expect(Object.keys(headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
  }
  expect(await app.mailsTo(known.email)).toHaveLength(1);
  expect(await app.mailsTo(locked.email)).toHaveLength(1);
  expect(await app.mailsTo(inactive.email)).toEqual([]);
});

it('changes nothing of the account (SEC-32)', async () => {
  const ann = await app.aCustomer();
  const session = await sessionOf(app, ann);

  await atClient(app, ASK, { e: ann.email });

  expect((await atClient(app, WHO, {}, session)).body.data.user.email).toBe(ann.email);
});

it('takes the address plain or in base64', async () => {
  const ann = await app.aCustomer();

  const { body } = await atClient(app, ASK, { e: asBase64(ann.email) });

  expect(body).toEqual(MESSAGE);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('mails the link, not a short code, which would not say whose it is', async () => {
  const ann = await app.aCustomer();

  const { body } = await atClient(
    app,
    'mutation($e:String!){userCreatePasswordToken(email:$e,withVerificationCode:true)}',
    { e: ann.email },
  );

  const { secret } = await app.lastMail(ann.email);
  expect(body).toEqual(MESSAGE);
  expect((await atClient(app, RESET, { p: asBase64('a new password'), t: secret })).body.errors).toBeUndefined();
});

it.each([
  ['ann@', 'The email address is not valid.'],
  ['ann.example.com', 'The value must be base64-encoded.'],
  [asBase64('ann.example.com'), 'The email address is not valid.'],
  ['a@example.com,b@example.com', 'The email address is not valid.'],
])('refuses %j, whoever has an account', async (email, message) => {
  const answer = await atClient(app, ASK, { e: email });

  expect(answer.status).toBe(200);
  expect(answer.body.errors[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
});

it.each(NO_TEXTS)('refuses %s without a fault (SEC-1 to SEC-4)', async (_what, value) => {
  const answer = await atClient(app, ASK, { e: value });

  expect([200, 400]).toContain(answer.status);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});
