import { TestApp, type TestCustomer } from '../support/test-app.js';
import {
  atTheResetForm,
  linkFor,
  lock,
  NEW_PASSWORD,
  opensWith,
  PAGE_HEADERS,
  PASSWORD_PAGE_HEADERS,
  type AtTheForm,
  type Way,
} from './links.js';
import { cookiesOf, said, Visitor } from './visitor.js';

const DONE =
  'Your password is changed You have been signed out everywhere. From now on, sign in with your new password.';

const OTHER_STORES = [
  { code: 'shop-de', name: 'Laden', locale: 'de-AT', mailFrom: 'hallo@laden.example' },
  {
    code: 'hostile',
    name: `<img src=x onerror=alert(1)>"'&{{7*7}}`,
    mailFrom: 'hi@shop.example',
    storefrontUrl: 'https://shop.example',
  },
];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: OTHER_STORES });
});

afterAll(() => app.stop());

const atTheForm = (way?: Way): Promise<AtTheForm> => atTheResetForm(app, way);

const isSignedIn = async (token: string): Promise<boolean> => {
  const { status } = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${token}` });
  return status === 200;
};

describe.each<[Way, (ann: TestCustomer, secret: string) => string]>([
  ['page', ({ number }, secret) => `http://localhost:3000/account/reset/${number}/${secret}`],
  ['adobe', (_, secret) => `http://localhost:3000/customer/account/createPassword/?token=${secret}`],
])('a reset asked for by %s', (way, expected) => {
  it.each([
    ['as mailed', (link: string) => link],
    ['with another end', (link: string) => (way === 'page' ? `${link}/` : link.replace('/?', '?'))],
  ])('brings the customer back in and everybody else out, by the link %s', async (_name, changed) => {
    const ann = await app.aCustomer();
    const before = [await app.signedIn(ann), await app.signedIn(ann)];
    const { link, secret } = await linkFor(app, ann, way);
    const visitor = new Visitor(app);

    const form = await visitor.open(changed(link));
    const stillIn = await Promise.all(before.map(isSignedIn));
    const done = await visitor.send({ password: NEW_PASSWORD });

    expect(link).toBe(expected(ann, secret));
    expect(visitor.path.slice(1)).toEqual(['/account/reset']);
    expect([form.status, said(form)]).toEqual([
      200,
      expect.stringMatching(/^Choose a new password New password At least 8 /),
    ]);
    expect(stillIn).toEqual([true, true]);
    expect([done.status, said(done)]).toEqual([200, DONE]);
    expect(await Promise.all(before.map(isSignedIn))).toEqual([false, false]);
    expect(await opensWith(app, ann, ann.password)).toBe(false);
    expect(await isSignedIn(await app.signedIn({ ...ann, password: NEW_PASSWORD }))).toBe(true);
    const notice = await app.lastMail(ann.email);
    expect(notice.subject).toBe('Your password for Demo Store was changed');
    expect(notice.text + notice.html).not.toMatch(new RegExp(`${secret}|${NEW_PASSWORD}|https?:`));
    expect(await app.mailsTo(ann.email)).toHaveLength(2);
  });

  it.each(['GET', 'HEAD'] as const)('may be looked at by %s as often as one likes (SEC-32)', async (method) => {
    const { ann, visitor, link } = await atTheForm(way);
    const { pathname, search } = new URL(link);

    for (let at = 0; at < 10; at += 1) {
      expect((await new Visitor(app).request(method, pathname + search)).status).toBe(303);
      await visitor.request(method, pathname + search);
      expect((await visitor.request(method, '/account/reset')).status).toBe(200);
    }
    await visitor.open(link);
    const done = await visitor.send({ password: NEW_PASSWORD });

    expect(said(done)).toBe(DONE);
    expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
  });

  it('takes its secret out of the address bar, and shows it nowhere (SEC-88)', async () => {
    const ann = await app.aCustomer();
    const { link, secret } = await linkFor(app, ann, way);
    const visitor = new Visitor(app);
    const { pathname, search } = new URL(link);

    const answer = await visitor.request('GET', pathname + search);
    const form = await visitor.open('/account/reset');
    const refused = await visitor.send({ password: 'short' });
    const done = await visitor.send({ password: NEW_PASSWORD });

    expect(answer).toMatchObject({ status: 303, text: '' });
    expect(answer.headers).toMatchObject({
      location: '/account/reset',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    for (const { text, headers } of [answer, form, refused, done]) {
      expect(text + JSON.stringify(headers)).not.toMatch(new RegExp(`${secret}|${String(ann.number)}|${ann.email}`));
      expect(text).not.toMatch(new RegExp(`${NEW_PASSWORD}|"short"`));
    }
  });
});

it('carries the secret in a sealed cookie that scripts and other sites do not get, and ends it (SEC-56)', async () => {
  const { link, secret } = await linkFor(app, await app.aCustomer());
  const visitor = new Visitor(app);

  const [cookie = '', ...more] = cookiesOf(await visitor.request('GET', new URL(link).pathname));
  await visitor.open('/account/reset');
  const [ended] = cookiesOf(await visitor.send({ password: NEW_PASSWORD }));

  expect(cookie).toMatch(/^keyturn-reset=[\w-]{100,}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(more).toEqual([]);
  expect(Buffer.from(cookie.split(/[=;]/)[1] ?? '', 'base64url').toString('latin1')).not.toContain(secret);
  expect(ended).toMatch(/^keyturn-reset=; Max-Age=0; Path=\/; .*HttpOnly; SameSite=Lax$/);
});

it('remembers the link for half an hour; after that it wants to be opened again', async () => {
  const { visitor, link } = await atTheForm();

  app.clock.advance(30 * 60 - 1);
  const still = await visitor.request('GET', '/account/reset');
  app.clock.advance(1);
  const over = await visitor.request('GET', '/account/reset');
  const sent = await visitor.send({ password: NEW_PASSWORD });
  await visitor.open(link);
  const done = await visitor.send({ password: NEW_PASSWORD });

  expect([still, over, sent, done].map(({ status }) => status)).toEqual([200, 404, 403, 200]);
});

it('has the headers of hosted pages on every answer that is one (SEC-88)', async () => {
  const { visitor } = await atTheForm();
  const form = visitor.page;

  const refused = await visitor.send({ password: 'short' });
  const forged = await visitor.post('/account/reset', 'csrf=wrong&password=whatever');
  const done = await visitor.send({ password: NEW_PASSWORD });
  const invalid = await visitor.open('/account/reset');

  expect([form, refused, forged, done, invalid].map(({ status }) => status)).toEqual([200, 422, 403, 200, 404]);
  for (const { headers } of [form, refused]) expect(headers).toMatchObject(PASSWORD_PAGE_HEADERS);
  for (const { headers } of [forged, done, invalid]) expect(headers).toMatchObject(PAGE_HEADERS);
});

it('has a form that password managers fill in and that sends to this service alone (SEC-88)', async () => {
  const { text } = (await atTheForm()).visitor.page;

  expect(text).toContain('<form method="post" action="/account/reset">');
  expect(text).toMatch(
    /<input id="password" name="password" type="password" required minlength="8" autocomplete="new-password"/,
  );
  expect(text).not.toMatch(/<script(?! src="\/assets\/strength-[0-9a-f]{16}\.js" defer>)|onpaste|autocomplete="off"/);
});

it('does not sign in (SEC-36)', async () => {
  const { visitor } = await atTheForm();

  const done = await visitor.send({ password: NEW_PASSWORD });

  expect(cookiesOf(done)).toHaveLength(1);
  expect(visitor.cookies.size).toBe(0);
});

it('opens an account that was locked (SEC-38, SEC-43)', async () => {
  const ann = await app.aCustomer();
  await lock(app, ann);
  const whileLocked = await opensWith(app, ann, ann.password);
  const visitor = new Visitor(app);

  await visitor.open((await linkFor(app, ann)).link);
  await visitor.send({ password: NEW_PASSWORD });

  expect(whileLocked).toBe(false);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
  expect((await app.admin('GET', `/customers/${ann.number}`)).body.lockedUntil).toBeNull();
});

it('proves the mailbox (SEC-38)', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });
  const before = await opensWith(app, ann, ann.password);
  const visitor = new Visitor(app);

  await visitor.open((await linkFor(app, ann)).link);
  await visitor.send({ password: NEW_PASSWORD });

  expect(before).toBe(false);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
});

it('keeps the password as it is typed: spaces, umlauts, signs (SEC-18)', async () => {
  const passwords = ['  spaces at both ends  ', 'grüße & 100 % = ok + 😀', `"'><b>{{7*7}}`];
  const people = [await atTheForm(), await atTheForm(), await atTheForm()];

  for (const [at, password] of passwords.entries()) await people[at]?.visitor.send({ password });

  const signsIn = (at: number, password = ''): Promise<boolean> =>
    opensWith(app, people[at]?.ann ?? { email: '' }, password);
  expect(await Promise.all(passwords.map((password, at) => signsIn(at, password)))).toEqual([true, true, true]);
  expect(await signsIn(0, passwords[0]?.trim())).toBe(false);
});

it('lets the form be sent although another reset is asked for beside it', async () => {
  const { ann, visitor } = await atTheForm();
  const form = visitor.page;

  app.clock.advance(61);
  await visitor.open('/account/recover');
  await visitor.send({ email: ann.email });
  visitor.page = form;
  const done = await visitor.send({ password: NEW_PASSWORD });

  expect(said(done)).toBe(DONE);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
});

it('goes by the link that was opened last', async () => {
  const [first, second] = [await atTheForm(), await atTheForm()];

  await first.visitor.open(second.link);
  await first.visitor.send({ password: NEW_PASSWORD });

  expect(await opensWith(app, second.ann, NEW_PASSWORD)).toBe(true);
  expect(await opensWith(app, first.ann, first.ann.password)).toBe(true);
});

describe('the store that a reset was asked in', () => {
  const askedIn = async (code: string, host?: string): Promise<{ link: string; visitor: Visitor }> => {
    const ann = await app.aCustomer();
    const visitor = new Visitor(app);
    await visitor.open(`/account/recover?store=${code}`);
    await visitor.send({ email: ann.email });
    const { link } = await app.lastMail(ann.email);
    await visitor.open(link, host ? { host } : {});
    return { link, visitor };
  };

  it('decides name and language of the pages, whatever the host says', async () => {
    const { link, visitor } = await askedIn('shop-de', 'shop.example');
    const form = visitor.page;

    const refused = await visitor.send({ password: 'kurz' });
    const done = await visitor.send({ password: NEW_PASSWORD });

    expect(link).toMatch(/^http:\/\/localhost:3000\/account\/reset\//);
    expect(said(form)).toMatch(/^Neues Passwort festlegen Neues Passwort Mindestens 8 Zeichen/);
    expect(said(refused)).toContain('Dieses Passwort ist zu kurz. Es braucht mindestens 8 Zeichen.');
    expect(said(done)).toBe(
      'Ihr Passwort ist geändert Sie wurden überall abgemeldet. Melden Sie sich ab jetzt mit Ihrem neuen Passwort an.',
    );
    for (const { text } of [form, refused, done]) {
      expect(text).toContain('<html lang="de">');
      expect(text).toContain('<p class="brand">Laden</p>');
    }
  });

  it('has its name shown as text, and is where the way leads in the end', async () => {
    const { link, visitor } = await askedIn('hostile');
    const form = visitor.page;

    const done = await visitor.send({ password: NEW_PASSWORD });

    expect(link).toMatch(/^https:\/\/shop\.example\/account\/reset\//);
    for (const { text } of [form, done]) {
      expect(text).toContain(
        '<p class="brand">&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;&quot;&#x27;&amp;{{7*7}}</p>',
      );
      expect(text).not.toContain('<img');
    }
    expect(done.text).toContain('<a class="button" href="https://shop.example">Go to the shop</a>');
  });
});

it('logs neither addresses, nor secrets, nor passwords (SEC-21, SEC-85)', async () => {
  const { ann, visitor, link, secret } = await atTheForm();
  const { csrf } = visitor;

  await visitor.send({ password: 'shorty' });
  await visitor.send({ password: 'a password for the log' });
  await visitor.open(link);
  await visitor.open(`/customer/account/createPassword/?token=${secret}&email=${ann.email}`);

  const log = app.logged.join('');
  expect(log).toContain('"route":"/account/reset/:number/:secret"');
  for (const word of [ann.email, secret, csrf, 'shorty', 'a password for the log']) expect(log).not.toContain(word);
});
