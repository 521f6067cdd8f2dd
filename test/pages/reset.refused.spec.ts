import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import {
  atTheResetForm,
  foreignBodies,
  isAlive,
  NEW_PASSWORD,
  opensWith,
  PAGE_HEADERS,
  PASSWORD_PAGE_HEADERS,
  type AtTheForm,
} from './links.js';
import { altered, encoded, said, Visitor } from './visitor.js';

const INVALID =
  'This link does not work any more It has been used, has expired, or is not complete. Have a new one sent to you. Get a new link';
const UNKNOWN_SECRET = 'aB3'.repeat(11).slice(0, 32);

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const atTheForm = (): Promise<AtTheForm> => atTheResetForm(app);

describe('a form that is not the one shown', () => {
  const forgeries: Readonly<Record<string, (visitor: Visitor, other: Visitor) => string>> = {
    'no token': () => '',
    'an empty token': () => 'csrf=&',
    'a wrong token': ({ csrf }) => `csrf=${altered(csrf, 0)}&`,
    'a token of as many characters, but more bytes': () => encoded({ csrf: 'ü'.repeat(32) }) + '&',
    "another visitor's token": (_visitor, { csrf }) => `csrf=${csrf}&`,
    'the token twice': ({ csrf }) => `csrf=${csrf}&csrf=${csrf}&`,
    'a token without its cookie': ({ csrf, cookies }) => (cookies.clear(), `csrf=${csrf}&`),
    'a token with the cookie of another form': ({ csrf, cookies }, { cookies: others }) => {
      for (const [name, value] of others) cookies.set(name, value);
      return `csrf=${csrf}&`;
    },
    'a token with a cookie that was altered': ({ csrf, cookies }) => {
      for (const [name, value] of cookies) cookies.set(name, altered(value, 40));
      return `csrf=${csrf}&`;
    },
  }; // prettier-ignore

  it.each(Object.entries(forgeries))('is refused, and nothing changes: %s', async (_name, forge) => {
    const { ann, visitor, link } = await atTheForm();
    const other = await atTheForm();

    const refused = await visitor.post('/account/reset', `${forge(visitor, other.visitor)}password=not-my-choice`);

    expect([refused.status, said(refused)]).toEqual([
      403,
      expect.stringMatching(/^This form has expired .* This time nothing was changed\./),
    ]);
    expect(refused.headers).toMatchObject(PAGE_HEADERS);
    expect(await opensWith(app, ann, ann.password)).toBe(true);
    expect(await isAlive(app, link)).toBe(true);
    expect(await isAlive(app, other.link)).toBe(true);
  });

  it('is refused when it belongs to asking for a reset', async () => {
    const { ann, visitor } = await atTheForm();
    await visitor.open('/account/recover');

    const refused = await visitor.post('/account/reset', encoded({ csrf: visitor.csrf, password: 'not-my-choice' }));

    expect(refused.status).toBe(403);
    expect(await opensWith(app, ann, ann.password)).toBe(true);
  });
});

it('refuses to be sent once more after it succeeded, with or without its cookie', async () => {
  const { ann, visitor } = await atTheForm();
  const cookies = [...visitor.cookies];
  const body = encoded({ csrf: visitor.csrf, password: 'another password' });

  await visitor.send({ password: NEW_PASSWORD });
  const without = await visitor.post('/account/reset', body);
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
  const withCookie = await visitor.post('/account/reset', body);

  expect([without.status, withCookie.status]).toEqual([403, 404]);
  expect(said(withCookie)).toBe(INVALID);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
  expect(await app.mailsTo(ann.email)).toHaveLength(2);
});

describe('a password that is refused', () => {
  const passwords: Readonly<Record<string, [string, (ann: TestCustomer) => string]>> = {
    nothing: ['This password is too short. It needs at least 8 characters.', () => ''],
    'seven characters': ['This password is too short. It needs at least 8 characters.', () => '😀234567'],
    '257 characters': ['This password is too long. It may have at most 256 characters.', () => 'a'.repeat(257)],
    'more than 1024 bytes': ['This password is too long. It may have at most 256 characters.', () => 'a'.repeat(90_000)],
    'the address of the account': ['Your e-mail address cannot be your password.', ({ email }) => email.toUpperCase()],
    'a control character': ['This password has characters in it that cannot be typed.', () => 'a bell \u0007 rings'],
    'a NUL': ['This password has characters in it that cannot be typed.', () => 'nothing \u0000 follows'],
    'a line break': ['This password has characters in it that cannot be typed.', () => 'two lines\r\nof text'],
  }; // prettier-ignore

  it.each(Object.entries(passwords))(
    'is asked for again and spends nothing: %s (SEC-30)',
    async (_name, [text, of]) => {
      const { ann, visitor } = await atTheForm();
      const token = await app.signedIn(ann);

      const refused = await visitor.send({ password: of(ann) });
      const { status } = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${token}` });
      const old = await opensWith(app, ann, ann.password);
      const done = await visitor.send({ password: NEW_PASSWORD });

      expect([refused.status, said(refused)]).toEqual([422, expect.stringContaining(text)]);
      expect(refused.text).toMatch(
        /role="alert"[^]*<input id="password"[^>]* aria-invalid="true" aria-describedby="password-error password-hint">/,
      );
      expect(refused.headers).toMatchObject(PASSWORD_PAGE_HEADERS);
      expect([status, old]).toEqual([200, true]);
      expect(done.status).toBe(200);
      expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
    },
  );

  it.each([
    'password=',
    'Password=a-good-password',
    'password=one-password&password=two-passwords',
    'password[]=a-good-password',
  ])('is one that was not sent just once: %s (SEC-1)', async (field) => {
    const { ann, visitor, link } = await atTheForm();

    const answer = await visitor.post('/account/reset', `csrf=${visitor.csrf}&${field}`);

    expect([answer.status, said(answer)]).toEqual([422, expect.stringContaining('This password is too short.')]);
    expect(await opensWith(app, ann, ann.password)).toBe(true);
    expect(await isAlive(app, link)).toBe(true);
  });
});

it('reads forms and nothing else (SEC-5)', async () => {
  const { ann, visitor } = await atTheForm();

  const answers = [];
  for (const [type, body] of foreignBodies(visitor.csrf, 'password', NEW_PASSWORD)) {
    answers.push(await visitor.post('/account/reset', body, { 'content-type': type }));
  }

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 415));
  expect(await opensWith(app, ann, ann.password)).toBe(true);
});

it('refuses a body of more than 100 KiB, and spends nothing (SEC-3)', async () => {
  const { visitor, link } = await atTheForm();

  const answer = await visitor.post(
    '/account/reset',
    encoded({ csrf: visitor.csrf, password: 'a'.repeat(100 * 1024) }),
  );

  expect(answer.status).toBe(413);
  expect(await isAlive(app, link)).toBe(true);
});

describe('after ten failures of a network within ten minutes', () => {
  const failures: Readonly<Record<string, (visitor: Visitor, start: AtTheForm) => Promise<Answer>>> = {
    'secrets that nobody was given': (visitor, { ann }) => visitor.open(`/account/reset/${ann.number}/${UNKNOWN_SECRET}`),
    'a right secret with wrong numbers': (visitor, { secret }) => visitor.open(`/account/reset/1/${secret}`),
    'mangled links': (visitor, { link }) => visitor.open(`${link}${'x'.repeat(200)}`),
    'refused passwords': async (visitor, { link }) => (await visitor.open(link), visitor.send({ password: 'short' })),
  }; // prettier-ignore

  it.each(Object.entries(failures))(
    'not even a right link works there, for a while: %s (SEC-30)',
    async (_name, fail) => {
      const start = await atTheForm();
      const { ann, visitor, link } = start;
      const body = encoded({ csrf: visitor.csrf, password: NEW_PASSWORD });
      const guesser = new Visitor(app, visitor.from);

      const statuses = [];
      for (let at = 0; at < 10; at += 1) statuses.push((await fail(guesser, start)).status);
      const look = await guesser.open(link);
      const sent = await visitor.post('/account/reset', body);
      const elsewhere = await new Visitor(app).open(link);
      const unchanged = await opensWith(app, ann, ann.password);
      app.clock.advance(10 * 60);
      const later = await visitor.post('/account/reset', body);

      expect(new Set(statuses).size).toBe(1);
      expect(statuses[0]).toBeLessThan(429);
      expect([look.status, sent.status, elsewhere.status, later.status]).toEqual([429, 429, 200, 200]);
      expect(sent.headers).toMatchObject({ ...PAGE_HEADERS, 'retry-after': '600' });
      expect(said(sent)).toBe('Too many tries Please wait a few minutes and try again.');
      expect(unchanged).toBe(true);
      expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
    },
  );
});

it('logs nothing of what was refused (SEC-85)', async () => {
  const { ann, visitor, link, secret } = await atTheForm();

  await visitor.send({ password: ann.email });
  await visitor.open(`${link}tail`);
  await visitor.open(`/account/reset/${ann.number}/${secret}/more`);
  await visitor.open(`/customer/account/createPassword/?token=${UNKNOWN_SECRET}`);
  await visitor.post('/account/reset', JSON.stringify({ password: 'sent as json' }), {
    'content-type': 'application/json',
  });
  await visitor.post('/account/reset', `csrf=not-the-token&password=not-my-choice`);

  const log = app.logged.join('');
  expect(log).toContain('"status":415');
  for (const word of [
    ann.email,
    secret,
    `${secret}tail`,
    UNKNOWN_SECRET,
    'sent as json',
    'not-the-token',
    'not-my-choice',
  ]) {
    expect(log).not.toContain(word);
  }
});

it("asks of a password what the store's other surfaces ask (SEC-17)", async () => {
  const { visitor, ann } = await atTheForm();
  await app.setUp({ adobe: { requiredCharacterClasses: 3 } });

  const refused = await visitor.send({ password: 'onlysmallletters' });
  const taken = await visitor.send({ password: 'Small, Capitals, 3' });

  expect([refused.status, taken.status]).toEqual([422, 200]);
  expect(await opensWith(app, ann, 'Small, Capitals, 3')).toBe(true);
});
