import { TestApp } from '../support/test-app.js';
import {
  asBase64,
  AT_CRATE,
  atClient,
  CRATE,
  lock,
  LOGIN,
  logIn,
  NO_TEXTS,
  refusalOf,
  sessionOf,
  WHO,
} from './operations.js';

const DAY = 24 * 3600;
const INCORRECT = {
  data: { login: null },
  errors: [
    {
      message: 'The email or password is incorrect.',
      path: ['login'],
      extensions: { code: 'INVALID_CREDENTIALS' },
    },
  ],
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it("answers the contract's example", async () => {
  const ida = await app.aCustomer();

  const { status, body } = await logIn(app, ida);

  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      login: {
        session: {
          _id: expect.stringMatching(/^[0-9a-f]{24}$/),
          jwt: expect.stringMatching(/^[^.]+\.[^.]+\.[^.]+$/),
          expires: app.clock.now().getTime() + 30 * DAY * 1000,
          user: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), email: ida.email },
        },
        sessionsCount: 1,
        checkout: null,
      },
    },
  });
});

it('issues a fresh session each time and counts those alive (SEC-53)', async () => {
  const ann = await app.aCustomer();

  const first = await logIn(app, ann);
  const second = await logIn(app, ann);

  expect(second.body.data.login.sessionsCount).toBe(2);
  expect(second.body.data.login.session.jwt).not.toBe(first.body.data.login.session.jwt);
});

it('binds a session to its store, and gives it the lifetime that the store sets (SEC-50)', async () => {
  const ann = await app.aCustomer();

  const { body } = await logIn(app, ann, AT_CRATE);

  const { jwt, expires }: { jwt: string; expires: number } = body.data.login.session;
  const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const authorization = `Bearer ${jwt}`;
  expect(expires).toBe(app.clock.now().getTime() + 90 * DAY * 1000);
  expect(claims.aud).toBe('common-ground:crate');
  expect((await atClient(app, WHO, {}, { ...AT_CRATE, authorization })).body.data.user.email).toBe(ann.email);
  expect((await atClient(app, WHO, {}, { authorization })).status).toBe(401);
});

it('shows the buyer the own account, with empty texts where nothing was set; nobody sees nobody', async () => {
  const ann = await app.aCustomer();
  const session = await sessionOf(app, ann);

  const own = await atClient(app, WHO, {}, session);
  const nobody = await atClient(app, WHO);

  expect(own.body.data.user).toMatchObject({ email: ann.email, telephone: '', taxNumber: '', organisation: '' });
  expect(nobody.body).toEqual({ data: { user: null } });
});

it('ends at the moment that it announced', async () => {
  const ann = await app.aCustomer();
  const session = await sessionOf(app, ann);

  app.clock.advance(30 * DAY - 1);
  const before = await atClient(app, WHO, {}, session);
  app.clock.advance(1);
  const after = await atClient(app, WHO, {}, session);

  expect(before.body.data.user.email).toBe(ann.email);
  expect(after.status).toBe(401);
});

it.each([
  [
    'an Adobe token',
    async (email: string) => app.signedIn({ email, password: 'correct horse battery', number: 0, id: 0 }),
  ],
  ['the secret key', async () => 'demo-cg-secret'],
  ['a forged token', async () => `${asBase64('{"alg":"none"}')}.${asBase64('{}')}.x`],
  ['no token', async () => ''],
])('refuses %s in place of a session, whatever is asked (SEC-49, SEC-50)', async (_what, tokenFor) => {
  const ann = await app.aCustomer();

  const answer = await atClient(app, WHO, {}, { authorization: `Bearer ${await tokenFor(ann.email)}` });

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    errors: [{ message: 'Authentication is required.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

it('takes both plain when the address is plain, both base64 when it is not', async () => {
  const ann = await app.aCustomer();

  const plain = await atClient(app, LOGIN, { e: ann.email, p: ann.password });
  const encoded = await atClient(app, LOGIN, { e: asBase64(ann.email), p: asBase64(ann.password) });
  const passwordEncoded = await atClient(app, LOGIN, { e: ann.email, p: asBase64(ann.password) });
  const addressEncoded = await atClient(app, LOGIN, { e: asBase64(ann.email), p: ann.password });

  expect(plain.body.data.login.session.user.email).toBe(ann.email);
  expect(encoded.body.data.login.session.user.email).toBe(ann.email);
  expect(refusalOf(passwordEncoded).code).toBe('INVALID_CREDENTIALS');
  expect(addressEncoded.body.errors[0]).toMatchObject({
    message: 'The value must be base64-encoded.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

it('answers alike for unknown, wrong, locked and inactive, and for unverified with a wrong password (SEC-75)', async () => {
  const wrong = await app.aCustomer();
  const locked = await app.aCustomer();
  const guest = await app.aCustomer({ password: null });
  const unverified = await app.aCustomer({ emailConfirmed: false });
  const inactive = await Promise.all(['disabled', 'invited', 'declined'].map((state) => app.aCustomer({ state })));
  await lock(app, locked);

  const answers = [
    await logIn(app, { ...wrong, email: 'nobody@example.com' }),
    await logIn(app, { ...wrong, password: 'not the password' }),
    await logIn(app, { ...unverified, password: 'not the password' }),
    await logIn(app, locked),
    await logIn(app, guest),
    ...(await Promise.all(inactive.map((customer) => logIn(app, customer)))),
  ];

  for (const { status, body, headers } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual(INCORRECT);
    expect(Object.keys(headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
  }
});

it('tells the right password of an unverified account that the address waits for confirmation', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });

  const answer = await logIn(app, ann);

  expect(answer.body.errors[0]).toMatchObject({
    message: 'Please confirm your email address.',
    extensions: { code: 'NOT_VERIFIED' },
  });
});

it('opens again when the lock has ended (SEC-41)', async () => {
  const ann = await app.aCustomer();
  await lock(app, ann);

  app.clock.advance(600);

  expect((await logIn(app, ann)).body.data.login.session.user.email).toBe(ann.email);
});

it('ignores a checkout, which another system keeps', async () => {
  const ann = await app.aCustomer();

  const { body } = await atClient(
    app,
    'mutation($e:String!,$p:String!){login(email:$e,password:$p,checkoutId:"66f2a0c15b7d3e90aa41c2d7"){checkout{_id}}}',
    { e: ann.email, p: ann.password },
  );

  expect(body).toEqual({ data: { login: { checkout: null } } });
});

it.each(NO_TEXTS)('refuses %s without a fault (SEC-1 to SEC-4)', async (_what, value) => {
  const ann = await app.aCustomer();

  const asEmail = await atClient(app, LOGIN, { e: value, p: ann.password });
  const asPassword = await atClient(app, LOGIN, { e: ann.email, p: value });
  const asCheckout = await atClient(
    app,
    'mutation($c:String,$p:String!){login(email:"nobody@example.com",password:$p,checkoutId:$c){checkout{_id}}}',
    { c: value, p: 'some password' },
  );

  expect(refusalOf(asEmail).code).toBe('BAD_USER_INPUT');
  for (const answer of [asEmail, asPassword, asCheckout]) {
    expect([200, 400]).toContain(answer.status);
    expect(['BAD_USER_INPUT', 'INVALID_CREDENTIALS']).toContain(refusalOf(answer).code);
  }
});

it('keeps passwords and sessions out of the log (SEC-21)', async () => {
  const ann = await app.aCustomer({ password: 'swordfish and chips' });

  const { authorization } = await sessionOf(app, ann);

  const logged = app.logged.join('');
  for (const hidden of [ann.password, asBase64(ann.password), String(authorization).slice(7)]) {
    expect(logged).not.toContain(hidden);
  }
});
