import { MailTransport } from '../../src/mail/mail-transport.js';
import { MailWorker } from '../../src/mail/index.js';
import { operations } from '../adobe/wire.js';
import { RECOVER, shopify } from '../shopify/storefront.js';
import { SmtpProcess, type ReceivedMail } from '../support/smtp.js';
import { TestApp } from '../support/test-app.js';

/** Texts that a mailer may read as more than one recipient. */
const SEVERAL = [
  'victim@example.com,attacker@evil.example',
  'victim@example.com;attacker@evil.example',
  'victim@example.com\nBcc: attacker@evil.example',
  'victim@example.com\r\nBcc: attacker@evil.example',
  'victim@example.com attacker@evil.example',
  '"victim@example.com, attacker@evil.example"@x.example',
  'Victim <victim@example.com>, <attacker@evil.example>',
  '=?utf-8?q?attacker=40evil.example=2C?=@example.com',
  'group: victim@example.com, attacker@evil.example;',
];

let smtp: SmtpProcess;
let app: TestApp;

beforeAll(async () => {
  smtp = await SmtpProcess.start();
  app = await TestApp.startOwn({ MAIL_URL: `smtp://127.0.0.1:${smtp.port}` });
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

/** The mails to an address, once there are so many. */
async function received(address: string, count: number): Promise<ReceivedMail[]> {
  await app.get(MailWorker).idle();
  for (;;) {
    const mails = smtp.mails.filter(({ to }) => to.includes(address));
    if (mails.length >= count) return mails;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const everybody = (): string[] => smtp.mails.flatMap(({ to }) => to);

function partsOf({ raw }: ReceivedMail): { headers: string; text: string; html: string } {
  const decoded = [...raw.matchAll(/\r?\n\r?\n([A-Za-z0-9+/=\r\n]{20,})/g)].map(([, part = '']) =>
    Buffer.from(part, 'base64').toString('utf8'),
  );
  return { headers: raw.split(/\r?\n\r?\n/)[0] ?? '', text: decoded[0] ?? '', html: decoded[1] ?? '' };
}

it.each(SEVERAL)('mails nobody for %j, however it is asked for (SEC-12, SEC-15, SEC-16, SEC-74)', async (email) => {
  const { email: known } = await app.aCustomer();
  const input = { email, firstname: 'A', lastname: 'B', password: 'a good password' };

  const made = await app.adobe(operations.createCustomerV2, { input });
  const byStaff = await app.admin('POST', '/customers', { email, state: 'invited' });
  await app.adobe(operations.requestPasswordResetEmail, { email });
  await shopify(app, RECOVER, { email });
  await app.adobe(operations.requestPasswordResetEmail, { email: known });
  await received(known, 1);

  expect([made.body.data?.createCustomerV2 ?? null, byStaff.status]).toEqual([null, 422]);
  expect(everybody().filter((address) => /evil|victim/.test(address))).toEqual([]);
});

it.each(SEVERAL)('would hand the server one recipient at most if %j got that far (SEC-16, SEC-74)', async (to) => {
  const mail = {
    id: 1,
    from: { name: 'Shop', address: 'shop@demo.example' },
    to,
    subject: 'S',
    text: 'T',
    html: '<p>',
  };
  const before = smtp.mails.length;

  await app
    .get(MailTransport)
    .send(mail)
    .catch(() => null);
  const { email } = await app.aCustomer();
  await app.adobe(operations.requestPasswordResetEmail, { email });
  await received(email, 1);

  expect(everybody()).not.toContain('attacker@evil.example');
  expect(smtp.mails.slice(before).filter(({ to: all }) => all.length !== 1)).toEqual([]);
  expect(smtp.mails.slice(before).filter(({ raw }) => /^Bcc:/im.test(raw))).toEqual([]);
});

it('goes to one recipient, marked as automatic, the strange but good address as well (SEC-15, SEC-16, SEC-74)', async () => {
  const { email } = await app.aCustomer({ email: "o'hara+tag=x!#$%&*/?^_{|}~-@example.com" });

  await app.adobe(operations.requestPasswordResetEmail, { email: email.toUpperCase() });
  const [mail] = await received(email, 1);

  expect(mail?.to).toEqual([email]);
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
});

it('shows a hostile name as text or not at all, in no header and no template (SEC-69, SEC-70, SEC-71)', async () => {
  for (const firstName of [
    '{{31337*3}} <b>x</b>',
    `<%= 31337*3 %> \${31337*3}`,
    'http://evil.example',
    'www.evil.example',
  ]) {
    const { email } = await app.aCustomer({ firstName, lastName: '<img src=//evil.example>' });

    await app.adobe(operations.requestPasswordResetEmail, { email });
    const [mail] = await received(email, 1);

    const { headers, text, html } = partsOf(mail as ReceivedMail);
    expect(headers).not.toMatch(/94011|evil|31337/);
    expect(html).not.toMatch(/<b>x|<img|evil\.example|94011/);
    expect(text).not.toMatch(/evil\.example|94011/);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target)).toEqual([
      expect.stringMatching(/^http:\/\/localhost:3000\/.*[A-Za-z0-9]{32}$/),
    ]);
  }
});
