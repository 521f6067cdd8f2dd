import { TestApp, type TestCustomer } from '../support/test-app.js';
import { foreignBodies, linkFor, PAGE_HEADERS } from './links.js';
import { altered, cookiesOf, said, Visitor } from './visitor.js';

const RESEND = 'mutation($e:String!){resendConfirmationEmail(email:$e)}';
const ASKED = 'Confirm your address Once your e-mail address is confirmed, you can sign in to your account. Confirm the address'; // prettier-ignore
const DONE = 'Your address is confirmed From now on you can sign in to your account.';
const INVALID =
  /^This link does not work any more It has been used, has expired, or is not complete\. If your address /;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

interface AtTheForm {
  readonly ann: TestCustomer;
  readonly visitor: Visitor;
  readonly link: string;
  readonly ownLink: string;
  readonly secret: string;
}

/** A customer whose address waits to be confirmed, and somebody who has opened the mailed link. */
async function atTheForm(): Promise<AtTheForm> {
  const ann = await app.aCustomer({ emailConfirmed: false });
  const visitor = new Visitor(app);
  await app.adobe(RESEND, { e: ann.email }, {}, visitor.from);
  const { link, secret } = await app.lastMail(ann.email);
  await visitor.open(link);
  return { ann, visitor, link, secret, ownLink: `/account/confirm/${ann.number}/${secret}` };
}

const isConfirmed = async ({ number }: TestCustomer): Promise<unknown> =>
  (await app.admin('GET', `/customers/${number}`)).body.emailConfirmed;

it('leads from either form of link to an account that may be signed in to, once', async () => {
  for (const form of ['link', 'ownLink'] as const) {
    const { ann, ...links } = await atTheForm();
    const visitor = new Visitor(app);

    const page = await visitor.open(links[form]);
    const done = await visitor.send({});
    const again = await new Visitor(app).open(links[form]);

    expect(visitor.path.at(-1)).toBe('/account/confirm');
    expect([page.status, said(page)]).toEqual([200, ASKED]);
    expect([done.status, said(done)]).toEqual([200, DONE]);
    expect([again.status, said(again)]).toEqual([404, expect.stringMatching(INVALID)]);
    expect(again.text).toContain('href="/account/recover?store&#x3D;default"');
    expect(await app.signedIn(ann)).toEqual(expect.any(String));
  }
});

it.each(['GET', 'HEAD'] as const)('may be looked at by %s as often as one likes (SEC-32)', async (method) => {
  const { ann, visitor, link, ownLink } = await atTheForm();

  for (let at = 0; at < 5; at += 1) {
    const { pathname, search } = new URL(link);
    expect((await new Visitor(app).request(method, pathname + search)).status).toBe(303);
    expect((await new Visitor(app).request(method, ownLink)).status).toBe(303);
    expect((await visitor.request(method, '/account/confirm')).status).toBe(200);
  }

  expect(await isConfirmed(ann)).toBe(false);
  expect((await visitor.send({})).status).toBe(200);
});

it('takes the secret out of the address bar, shows it nowhere, and is dressed like all pages (SEC-88)', async () => {
  const { ann, visitor, ownLink, secret } = await atTheForm();

  const answer = await visitor.request('GET', ownLink);
  const form = await visitor.open('/account/confirm');
  const done = await visitor.send({});

  const [cookie = ''] = cookiesOf(answer);
  expect(cookie).toMatch(/^keyturn-confirm=[\w-]{100,}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(cookiesOf(done)[0]).toMatch(/^keyturn-confirm=; Max-Age=0; /);
  for (const { text, headers } of [answer, form, done]) {
    expect(text + JSON.stringify(headers)).not.toMatch(new RegExp(`${secret}|${ann.number}|${ann.email}`));
  }
  for (const { headers } of [form, done]) expect(headers).toMatchObject(PAGE_HEADERS);
});

it('wants the form that it has shown (SEC-56)', async () => {
  const { ann, visitor } = await atTheForm();

  const forged = await visitor.post('/account/confirm', 'csrf=wrong');
  const stranger = await new Visitor(app).post('/account/confirm', `csrf=${visitor.csrf}`);
  for (const [type, body] of foreignBodies(visitor.csrf, 'confirm', 'yes')) {
    expect((await visitor.post('/account/confirm', body, { 'content-type': type })).status).toBe(415);
  }

  expect([forged.status, stranger.status]).toEqual([403, 403]);
  expect(await isConfirmed(ann)).toBe(false);
});

it('refuses links that were cut, changed, mixed, or made for something else (SEC-27, SEC-31)', async () => {
  const [one, other] = [await atTheForm(), await atTheForm()];
  const reset = await linkFor(app, await app.aCustomer());
  const bad = [
    one.link.slice(0, -1),
    altered(one.link, one.link.length - 1),
    one.link.replace(/id=\d+/, `id=${other.ann.id}`),
    one.link.replace(/id=\d+/, 'id=99999999999999999999'),
    one.link.replace(/id=\d+&/, ''),
    one.link.replace(/key=/, 'key=x&key='),
    one.ownLink.replace(String(one.ann.number), String(other.ann.number)),
    one.ownLink.replace(String(one.ann.number), 'ann'),
    one.ownLink.replace('/confirm/', '/reset/'),
    one.ownLink.replace('/confirm/', '/activate/'),
    reset.link.replace('/reset/', '/confirm/'),
    `${one.ownLink}/more`,
    `/account/confirm/${one.ann.number}`,
    '/account/confirm',
    '/customer/account/confirm',
  ];

  for (const link of bad) expect([link, (await new Visitor(app).open(link)).status]).toEqual([link, 404]);
  expect((await one.visitor.send({})).status).toBe(200);
});

it('refuses a link after a day, and forgets one after half an hour', async () => {
  const [slow, late] = [await atTheForm(), await atTheForm()];

  app.clock.advance(30 * 60);
  const forgotten = await slow.visitor.send({});
  app.clock.advance(24 * 3600 - 30 * 60);
  const expired = await new Visitor(app).open(late.link);

  expect([forgotten.status, expired.status]).toEqual([403, 404]);
  expect([await isConfirmed(slow.ann), await isConfirmed(late.ann)]).toEqual([false, false]);
});

it('throttles a network that guesses', async () => {
  const { ann, link } = await atTheForm();
  const guesser = new Visitor(app);

  for (let at = 0; at < 10; at += 1) await guesser.open(altered(link, link.length - 1));
  const refused = await guesser.open(link);

  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(await isConfirmed(ann)).toBe(false);
});

it('speaks the language of the shop, and leads back to it', async () => {
  await app.setUp({
    stores: [
      {
        code: 'shop-de',
        name: 'Laden',
        locale: 'de',
        mailFrom: 'hallo@laden.example',
        storefrontUrl: 'https://laden.example',
        adobe: {},
      },
    ],
  });
  const ann = await app.aCustomer({ emailConfirmed: false });
  await app.adobe(RESEND, { e: ann.email }, { store: 'shop-de' });
  const { subject, link } = await app.lastMail(ann.email);
  const visitor = new Visitor(app);

  const form = await visitor.open(link);
  const done = await visitor.send({});

  expect(subject).toBe('Bitte bestätigen Sie Ihr Kundenkonto bei Laden');
  expect(link).toMatch(/^https:\/\/laden\.example\/customer\/account\/confirm\/\?id=\d+&key=/);
  expect(said(form)).toMatch(/^E‑Mail-Adresse bestätigen .* Adresse bestätigen$/);
  expect(said(done)).toMatch(/^Ihre E‑Mail-Adresse ist bestätigt .* Zum Shop$/);
  expect(done.text).toContain('href="https://laden.example"');
});
