import { TestApp, type TestCustomer } from '../support/test-app.js';
import { NEW_PASSWORD, opensWith, PAGE_HEADERS, PASSWORD_PAGE_HEADERS, foreignBodies, linkFor } from './links.js';
import { altered, cookiesOf, said, Visitor } from './visitor.js';

const INVALID =
  /^This link does not work any more It has been used, has expired, or is not complete\. If your account /;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({
    stores: [
      {
        code: 'shop-de',
        name: 'Laden',
        locale: 'de',
        mailFrom: 'hallo@laden.example',
        storefrontUrl: 'https://laden.example',
      },
    ],
  });
});

afterAll(() => app.stop());

/** An invited customer, and somebody who has opened the mailed link. */
async function atTheForm(): Promise<{ ann: TestCustomer; visitor: Visitor; link: string; secret: string }> {
  const ann = await app.aCustomer({ password: null, state: 'disabled' });
  await app.admin('POST', `/customers/${ann.number}/invite`);
  const { link, secret } = await app.lastMail(ann.email);
  const visitor = new Visitor(app);
  await visitor.open(link);
  return { ann, visitor, link, secret };
}

it('leads from the invitation to an account, once', async () => {
  const { ann, visitor, link } = await atTheForm();
  const form = visitor.page;

  const done = await visitor.send({ password: NEW_PASSWORD });
  const again = await new Visitor(app).open(link);

  expect(visitor.path).toEqual([`/account/activate/${ann.number}/${link.split('/').at(-1)}`, '/account/activate']);
  expect([form.status, said(form)]).toEqual([
    200,
    expect.stringMatching(/^Activate your account Password At least 8 /),
  ]);
  expect([done.status, said(done)]).toEqual([
    200,
    'Your account is active From now on, sign in with your e-mail address and your password.',
  ]);
  expect([again.status, said(again)]).toEqual([404, expect.stringMatching(INVALID)]);
  expect(again.text).toContain('href="/account/recover?store&#x3D;default"');
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
  expect((await app.mailsTo(ann.email)).map(({ subject }) => subject)).toEqual([
    'Activate your account at Demo Store',
    'Welcome to Demo Store',
  ]);
});

it.each(['GET', 'HEAD'] as const)('may be looked at by %s as often as one likes (SEC-32)', async (method) => {
  const { ann, visitor, link } = await atTheForm();

  for (let at = 0; at < 10; at += 1) {
    expect((await new Visitor(app).request(method, new URL(link).pathname)).status).toBe(303);
    expect((await visitor.request(method, '/account/activate')).status).toBe(200);
  }
  await visitor.send({ password: NEW_PASSWORD });

  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
});

it('takes the secret out of the address bar, shows it nowhere, and is dressed like all pages (SEC-88)', async () => {
  const { ann, visitor, link, secret } = await atTheForm();

  const answer = await visitor.request('GET', new URL(link).pathname);
  const form = await visitor.open('/account/activate');
  const refused = await visitor.send({ password: 'short' });
  const done = await visitor.send({ password: NEW_PASSWORD });

  const [cookie = ''] = cookiesOf(answer);
  expect(cookie).toMatch(/^keyturn-activate=[\w-]{100,}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(cookiesOf(done)[0]).toMatch(/^keyturn-activate=; Max-Age=0; /);
  for (const { text, headers } of [answer, form, refused, done]) {
    expect(text + JSON.stringify(headers)).not.toMatch(new RegExp(`${secret}|${ann.number}|${ann.email}`));
    expect(text).not.toMatch(new RegExp(`${NEW_PASSWORD}|"short"`));
  }
  for (const { headers } of [form, refused]) expect(headers).toMatchObject(PASSWORD_PAGE_HEADERS);
  expect(done.headers).toMatchObject(PAGE_HEADERS);
});

it('refuses a bad password, and the link stays good (SEC-30)', async () => {
  const { ann, visitor } = await atTheForm();

  const refused = await visitor.send({ password: 'short' });
  const done = await visitor.send({ password: NEW_PASSWORD });

  expect(refused.status).toBe(422);
  expect(refused.text).toContain('This password is too short. It needs at least 8 characters.');
  expect(done.status).toBe(200);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
});

it('wants the form that it has shown (SEC-56)', async () => {
  const { ann, visitor } = await atTheForm();

  const forged = await visitor.post('/account/activate', `csrf=wrong&password=${encodeURIComponent(NEW_PASSWORD)}`);
  const stranger = await new Visitor(app).post('/account/activate', `csrf=${visitor.csrf}&password=whatever1`);
  for (const [type, body] of foreignBodies(visitor.csrf, 'password', NEW_PASSWORD)) {
    expect((await visitor.post('/account/activate', body, { 'content-type': type })).status).toBe(415);
  }

  expect([forged.status, stranger.status]).toEqual([403, 403]);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(false);
});

it('refuses links that were cut, changed, mixed, or made for something else (SEC-27, SEC-31)', async () => {
  const [one, other] = [await atTheForm(), await atTheForm()];
  const reset = await linkFor(app, await app.aCustomer());
  const bad = [
    one.link.slice(0, -1),
    altered(one.link, one.link.length - 1),
    one.link.replace(String(one.ann.number), String(other.ann.number)),
    one.link.replace(String(one.ann.number), 'ann'),
    one.link.replace('/activate/', '/reset/'),
    reset.link.replace('/reset/', '/activate/'),
    `${one.link}/more`,
    'http://localhost:3000/account/activate/4711',
    'http://localhost:3000/account/activate',
  ];

  for (const link of bad) expect([link, (await new Visitor(app).open(link)).status]).toEqual([link, 404]);
  expect((await one.visitor.send({ password: NEW_PASSWORD })).status).toBe(200);
});

it('forgets the link after half an hour', async () => {
  const { ann, visitor } = await atTheForm();

  app.clock.advance(30 * 60);
  const sent = await visitor.send({ password: NEW_PASSWORD });

  expect(sent.status).toBe(403);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(false);
});

it('throttles a network that guesses', async () => {
  const { ann, link } = await atTheForm();
  const guesser = new Visitor(app);

  for (let at = 0; at < 10; at += 1) await guesser.open(altered(link, link.length - 1));
  const refused = await guesser.open(link);

  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(false);
});
