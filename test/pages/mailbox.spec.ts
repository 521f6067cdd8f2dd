import { MailboxTransport } from '../../src/mail/index.js';
import { TestApp } from '../support/test-app.js';
import { linkFor, PAGE_HEADERS } from './links.js';
import { said, Visitor } from './visitor.js';

const HOSTILE_NAME = `<script>alert(1)</script>"'&{{7*7}}`;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn();
  await app.setUp({ stores: [{ code: 'hostile', name: HOSTILE_NAME, mailFrom: 'hi@shop.example' }] });
});

afterAll(() => app.stop());

/** A customer with one mail, and the path of that mail. */
async function aMail(store = 'default'): Promise<{ email: string; path: string; link: string }> {
  const { email } = await app.aCustomer();
  const visitor = new Visitor(app);
  await visitor.open(`/account/recover?store=${store}`);
  await visitor.send({ email });
  const { id, link } = await app.lastMail(email);
  return { email, path: `/dev/mailbox/${id}`, link };
}

it('lists mails, the newest first, and each can be opened', async () => {
  const [older, newer] = [await aMail(), await aMail()];

  const list = await app.request({ url: '/dev/mailbox' });
  const mail = await app.request({ url: newer.path });

  expect(list.status).toBe(200);
  expect(list.headers).toMatchObject(PAGE_HEADERS);
  expect(list.text.indexOf(newer.path)).toBeLessThan(list.text.indexOf(older.path));
  expect(list.text.indexOf(newer.path)).toBeGreaterThan(0);
  expect(said(list)).toContain(
    `Choose a new password for Demo Store to ${newer.email}, ${app.clock.now().toISOString().slice(0, 10)}`,
  );
  expect(mail.headers).toMatchObject(PAGE_HEADERS);
  expect(said(mail)).toContain(`To ${newer.email} From Demo Store &lt;hello@demo.example&gt; Date `);
  expect(mail.text).toContain(`<a href="${newer.link}" rel="noreferrer">${newer.link}</a>`);
});

it('waits for mails that are on their way', async () => {
  const { email } = await app.aCustomer();
  const visitor = new Visitor(app);
  const transport = app.get(MailboxTransport);
  const send = transport.send.bind(transport);
  let arrive = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  jest.spyOn(transport, 'send').mockImplementationOnce((mail) => arrival.then(() => send(mail)));

  await visitor.open('/account/recover');
  await visitor.send({ email });
  const list = app.request({ url: '/dev/mailbox' });
  await app.request({ url: '/health/ready' });
  arrive();

  expect((await list).text).toContain(email);
});

it('has a twin for programs: all mails, or those to one address, the oldest first', async () => {
  const ann = await app.aCustomer();
  const first = await linkFor(app, ann);
  await aMail();
  app.clock.advance(61);
  const second = await linkFor(app, ann, 'adobe');

  const all = await app.request({ url: '/dev/mailbox.json' });
  const hers = await app.request({ url: `/dev/mailbox.json?to=${encodeURIComponent(ann.email.toUpperCase())}` });
  const nobodys = await app.request({ url: '/dev/mailbox.json?to=nobody@example.com' });

  expect(all.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  expect(all.body.length).toBeGreaterThan(2);
  expect(hers.body).toEqual([first, second].map(({ link }) => ({
    id: expect.any(String),
    to: ann.email,
    from: 'Demo Store <hello@demo.example>',
    subject: 'Choose a new password for Demo Store',
    text: expect.stringContaining(`\n${link}\n`),
    html: expect.stringContaining('<!doctype html>'),
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  }))); // prettier-ignore
  expect(nobodys.body).toEqual([]);
});

it('shows both parts as they are, the HTML where no script runs and nothing is loaded', async () => {
  const { path, link } = await aMail();

  const html = await app.request({ url: `${path}/html` });
  const text = await app.request({ url: `${path}/text` });

  expect(html.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  expect(html.text).toContain(`<a class="target" href="${link}"`);
  expect(text.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(text.text).toContain(`\n${link}\n`);
});

it('shows hostile names as text', async () => {
  const { path } = await aMail('hostile');

  const pages = await Promise.all(['/dev/mailbox', path, `${path}/html`].map((url) => app.request({ url })));

  for (const { text } of pages) {
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(1)');
  }
});

it.each([
  '/dev/mailbox/0',
  '/dev/mailbox/nothing',
  '/dev/mailbox/0/html',
  '/dev/mailbox/0/text',
  '/dev/mailbox/%3Cb%3E',
  '/dev/mailbox/1/other',
])('knows no mail by: %s', async (url) => {
  const { status, body, headers } = await app.request({ url });

  expect([status, body.title]).toEqual([404, 'Not Found']);
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
});

it.each(['/dev/mailbox/', '/dev/mailbox.json/'])('does not mind a slash at the end: %s', async (url) => {
  expect((await app.request({ url })).status).toBe(200);
});
