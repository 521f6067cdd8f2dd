import { ResetRequestService } from '../../src/password-reset/index.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { lock, opensWith, PAGE_HEADERS } from './links.js';
import { comparable, cookiesOf, encoded, said, Visitor } from './visitor.js';

const SENT = 'Check your mail If an account exists for this address, a mail is on its way.';
const OTHER_STORES = [
  {
    code: 'shop-de',
    name: 'Laden',
    locale: 'de',
    mailFrom: 'hallo@laden.example',
    storefrontUrl: 'https://laden.example',
  },
  { code: 'hostile', name: `<script>alert(1)</script>"'&{{7*7}}`, mailFrom: 'hi@shop.example' },
];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: OTHER_STORES });
});

afterAll(() => app.stop());

/** A visitor with the open form. */
async function atTheForm(url = '/account/recover'): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.open(url);
  return visitor;
}

const mailsTo = async ({ email }: TestCustomer): Promise<number> => (await app.mailsTo(email)).length;

it.each(['/account/recover', '/account/recover/'])(
  'mails a link to the owner of an address, asked at %s',
  async (url) => {
    const ann = await app.aCustomer();
    const visitor = await atTheForm(url);

    const sent = await visitor.send({ email: ann.email });

    expect(sent.status).toBe(200);
    expect(said(sent)).toContain(SENT);
    const { link, secret, to } = await app.lastMail(ann.email);
    expect(to).toBe(ann.email);
    expect(link).toBe(`http://localhost:3000/account/reset/${ann.number}/${secret}`);
    expect(await mailsTo(ann)).toBe(1);
    expect(visitor.cookies.size).toBe(0);
  },
);

it('mails to the address on file, however it is typed (SEC-15)', async () => {
  const ann = await app.aCustomer();
  const visitor = await atTheForm();

  await visitor.send({ email: ` ${ann.email.toUpperCase()} ` });

  expect((await app.lastMail(ann.email)).to).toBe(ann.email);
});

it('answers byte by byte alike whoever the address belongs to, and however often it is asked (SEC-75)', async () => {
  const [known, often, locked] = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
  const guest = await app.aCustomer({ password: undefined });
  const disabled = await app.aCustomer({ password: undefined, state: 'disabled' });
  await lock(app, locked);
  await (await atTheForm()).send({ email: often.email });

  const emails = ['nobody@example.com', ...[known, often, locked, disabled, guest].map(({ email }) => email)];
  const answers: Answer[] = [];
  for (const email of emails) answers.push(await (await atTheForm()).send({ email }));

  expect(new Set(answers.map((answer) => JSON.stringify(comparable(answer)))).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  expect(await Promise.all([known, often, locked, disabled].map(mailsTo))).toEqual([1, 1, 1, 0]);
  expect(await app.mailsTo('nobody@example.com')).toEqual([]);
});

it.each([
  [''],
  ['ann'],
  ['ann@'],
  ['@example.com'],
  ['ann@example'],
  ['ann@example.com, eve@evil.example'],
  ['ann@example.com;eve@evil.example'],
  ['ann@example.com\r\nBcc: eve@evil.example'],
  ['"ann"@example.com'],
  ['Ann <ann@example.com>'],
  ['ann@[127.0.0.1]'],
  ['ann@example.com\u0000'],
  [`${'a'.repeat(250)}@example.com`],
  ['änn@example.com'],
])('asks again for what is no address: %j (SEC-12)', async (email) => {
  // prettier-ignore
  const visitor = await atTheForm();

  const answer = await visitor.send({ email });
  const better = await visitor.send({ email: 'nobody@example.com' });

  expect(answer.status).toBe(422);
  expect(said(answer)).toContain('Enter an e-mail address, such as name@example.com.');
  expect(answer.headers).toMatchObject(PAGE_HEADERS);
  expect(said(better)).toContain(SENT);
  expect(await app.mailsTo('eve@evil.example')).toEqual([]);
});

it('shows what was typed again as text, never as markup (SEC-88)', async () => {
  const visitor = await atTheForm();

  const answer = await visitor.send({ email: `"><script>alert(1)</script>{{7*7}}` });

  expect(answer.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}"');
  expect(answer.text).not.toContain('<script');
});

it('leaves the account as it is (SEC-32)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);

  await (await atTheForm()).send({ email: ann.email });

  const { body } = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${token}` });
  expect(body.data.customer.email).toBe(ann.email);
  expect(await opensWith(app, ann, ann.password)).toBe(true);
});

it('never lets headers of a request into the link (SEC-37)', async () => {
  const ann = await app.aCustomer();
  const visitor = await atTheForm();
  const evil = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/evil',
    forwarded: 'host=evil.example;proto=https',
    origin: 'https://evil.example',
    referer: 'https://evil.example/',
  };

  const form = await visitor.open('/account/recover', evil);
  const body = encoded({ csrf: visitor.csrf, email: ann.email, store: 'evil', storefrontUrl: 'https://evil.example' });
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const sent = await visitor.post('/account/recover', body, {
    ...evil,
    cookie,
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
  });

  const mail = await app.lastMail(ann.email);
  expect(mail.link).toBe(`http://localhost:3000/account/reset/${ann.number}/${mail.secret}`);
  expect(form.text + sent.text + mail.text + mail.html).not.toMatch(/evil/);
  expect(said(sent)).toContain(SENT);
});

describe('a store of its own', () => {
  it.each(['/account/recover?store=shop-de', '/account/recover/?store=shop-de'])(
    'is named by the address: %s',
    async (url) => {
      const ann = await app.aCustomer();
      const visitor = await atTheForm(url);
      const form = visitor.page;

      const refused = await visitor.send({ email: 'ann' });
      const sent = await visitor.send({ email: ann.email });

      expect(form.text).toContain('<html lang="de">');
      expect(form.text).toContain('<p class="brand">Laden</p>');
      expect(said(form)).toMatch(/^Passwort vergessen\?/);
      expect(said(refused)).toContain('Geben Sie eine E-Mail-Adresse ein');
      expect(said(sent)).toMatch(/^Sehen Sie in Ihr Postfach/);
      const mail = await app.lastMail(ann.email);
      expect(mail.link).toBe(`https://laden.example/account/reset/${ann.number}/${mail.secret}`);
      expect(mail.subject).toBe('Neues Passwort für Laden festlegen');
    },
  );

  it("is told by the storefront's host", async () => {
    const visitor = new Visitor(app);

    const page = await visitor.open('/account/recover', { host: 'laden.example' });

    expect(page.text).toContain('<p class="brand">Laden</p>');
    expect(page.text).toContain('action="/account/recover?store&#x3D;shop-de"');
  });

  it('is the default one where none is named', async () => {
    const visitor = await atTheForm('/account/recover?store=');

    expect(visitor.page.text).toContain('<p class="brand">Demo Store</p>');
  });

  it.each(['nowhere', 'SHOP-DE', 'shop-de&store=shop-de', '__proto__'])(
    'is not found, and asks for nothing, where there is none of the name: %s',
    async (code) => {
      const ann = await app.aCustomer();
      const visitor = await atTheForm('/account/recover');

      const shown = await new Visitor(app).open(`/account/recover?store=${code}`);
      const { csrf } = visitor;
      const sent = await visitor.post(`/account/recover?store=${code}`, encoded({ csrf, email: ann.email }));

      expect([shown.status, sent.status]).toEqual([404, 404]);
      expect(await app.mailsTo(ann.email)).toEqual([]);
    },
  );

  it('has its name shown as text', async () => {
    const visitor = await atTheForm('/account/recover?store=hostile');
    const sent = await visitor.send({ email: 'nobody@example.com' });

    expect(sent.text).toContain('<p class="brand">&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;{{7*7}}</p>');
    expect(sent.text).not.toContain('<script');
  });
});

it('has a sealed cookie that only this service reads, and only for a while (SEC-56)', async () => {
  const visitor = new Visitor(app);

  const [cookie = '', ...more] = cookiesOf(await visitor.open('/account/recover'));

  expect(cookie).toMatch(/^keyturn-recover=[\w-]{60,}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(more).toEqual([]);
  expect(Buffer.from(cookie.split(/[=;]/)[1] ?? '', 'base64url').toString('latin1')).not.toContain(visitor.csrf);
});

it('shows a fault as a page with a number that the log knows, and nothing of the inside (SEC-68)', async () => {
  const visitor = await atTheForm();
  const fault = jest
    .spyOn(app.get(ResetRequestService), 'request')
    .mockRejectedValueOnce(new Error('the table is gone'));

  const answer = await visitor.send({ email: 'nobody@example.com' });

  const [, id = 'none'] = /tell the shop this number: ([\w-]{36})/.exec(said(answer)) ?? [];
  expect(answer.status).toBe(500);
  expect(answer.headers).toMatchObject(PAGE_HEADERS);
  expect(answer.text).not.toMatch(/table|Error|\.ts|\.js:/);
  expect(app.logged.filter((line) => line.includes(id) && line.includes('the table is gone'))).toHaveLength(1);
  fault.mockRestore();
});

it('logs neither addresses nor secrets (SEC-21, SEC-85)', async () => {
  const ann = await app.aCustomer();
  const visitor = await atTheForm();
  const { csrf } = visitor;

  await visitor.send({ email: ann.email });
  const { secret } = await app.lastMail(ann.email);
  await app.request({ url: `/account/recover?email=${ann.email}` });
  await (await atTheForm()).send({ email: 'logged-nobody@example.com' });

  const log = app.logged.join('');
  expect(log).toContain('"route":"/account/recover"');
  for (const word of [ann.email, 'logged-nobody', secret, csrf]) expect(log).not.toContain(word);
});
