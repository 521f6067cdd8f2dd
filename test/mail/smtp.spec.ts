import { MailMessage, MailWorker } from '../../src/mail/index.js';
import { SmtpProcess, type ReceivedMail } from '../support/smtp.js';
import { TestApp } from '../support/test-app.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';

let smtp: SmtpProcess;
let app: TestApp;

beforeAll(async () => {
  smtp = await SmtpProcess.start();
  app = await TestApp.startOwn({ MAIL_URL: `smtp://127.0.0.1:${smtp.port}` });
});

afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

/** The mails to an address that have reached the server, once `count` of them have. */
async function received(address: string, count = 1): Promise<ReceivedMail[]> {
  await app.get(MailWorker).idle();
  for (;;) {
    const mails = smtp.mails.filter(({ to }) => to.includes(address));
    if (mails.length >= count) return mails;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The decoded text part. */
function textOf({ raw }: ReceivedMail): string {
  const [, body] = /Content-Type: text\/plain[^]*?\r?\n\r?\n([A-Za-z0-9+/=\s]+)/.exec(raw) ?? [];
  return Buffer.from(body ?? '', 'base64').toString('utf8');
}

it('delivers a reset through a real SMTP server to its one recipient, marked as automatic, and its link works (SEC-71, SEC-74)', async () => {
  const ann = await app.aCustomer();

  await app.adobe(ASK, { e: ann.email });
  const [mail] = await received(ann.email);
  const secret = /token=([A-Za-z0-9]{32})\s*$/m.exec(mail ? textOf(mail) : '')?.[1];
  const reset = await app.adobe(RESET, { e: ann.email, t: secret, p: 'a new password' });
  const mails = await received(ann.email, 2);

  expect(reset.body).toEqual({ data: { resetPassword: true } });
  expect(mails.every(({ to }) => to.length === 1)).toBe(true);
  expect(mails.every(({ from }) => from === 'hello@demo.example')).toBe(true);
  expect(mails[0]?.raw).toMatch(/^From: Demo Store <hello@demo.example>/m);
  expect(mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(mails[0]?.raw).toMatch(/^Content-Type: text\/html/m);
});

it('lets one bad address hold up nobody, and tells what became of it', async () => {
  const bad = await app.aCustomer({ email: 'refused-1@example.com' });
  const slow = await app.aCustomer({ email: 'busy-1@example.com' });
  const good = await app.aCustomer();

  for (const { email } of [bad, slow, good]) await app.adobe(ASK, { e: email });
  await received(good.email);

  expect(await statusOf(bad.email)).toMatchObject({ status: 'dead', attempts: 1, payload: null });
  expect(await statusOf(slow.email)).toMatchObject({ status: 'queued', attempts: 1 });
  expect(await statusOf(good.email)).toMatchObject({ status: 'sent', attempts: 1, payload: null });
});

it('keeps mails whose sender the server refuses, for that can be mended', async () => {
  const blocked = { code: 'blocked', name: 'B', mailFrom: 'blocked@demo.example', adobe: {} };
  await app.setUp({ stores: [blocked] });
  const [denied, ann] = [await app.aCustomer({ email: 'denied-1@example.com' }), await app.aCustomer()];

  await app.adobe(ASK, { e: denied.email });
  await app.adobe(ASK, { e: ann.email }, { store: 'blocked' });
  await app.get(MailWorker).idle();

  for (const { email } of [denied, ann]) {
    expect(await statusOf(email)).toMatchObject({ status: 'queued', attempts: 1, payload: expect.anything() });
  }
});

it('keeps mails that were sealed with a key of another instance', async () => {
  const ann = await app.aCustomer({ email: 'busy-sealed@example.com' });
  await app.adobe(ASK, { e: ann.email });
  await app.get(MailWorker).idle();
  const sealed = Buffer.from('sealed with the key of another instance');
  await app.database.transaction((tx) => tx.update(MailMessage, { recipient: ann.email }, { payload: sealed }));

  app.clock.advance(20);
  await app.get(MailWorker).idle();
  const later = await statusOf(ann.email);
  app.clock.advance(25 * 3600);
  await app.get(MailWorker).idle();

  expect(later).toMatchObject({ status: 'queued', attempts: 2, last_error: expect.stringMatching(/SECRET_KEY/) });
  expect(await statusOf(ann.email)).toMatchObject({ status: 'dead', payload: sealed });
});

it('tries again with growing pauses and gives up after a day', async () => {
  const slow = await app.aCustomer({ email: 'busy-2@example.com' });
  await app.adobe(ASK, { e: slow.email });
  await app.get(MailWorker).idle();

  app.clock.advance(14);
  await app.get(MailWorker).idle();
  expect(await statusOf(slow.email)).toMatchObject({ attempts: 1 });
  app.clock.advance(1);
  await app.get(MailWorker).idle();
  expect(await statusOf(slow.email)).toMatchObject({ attempts: 2 });
  app.clock.advance(24 * 3600);
  await app.get(MailWorker).idle();

  expect(await statusOf(slow.email)).toMatchObject({ status: 'dead', attempts: 3, payload: null });
});

it('sends each mail once when many are queued at once', async () => {
  const customers = await Promise.all(Array.from({ length: 30 }, () => app.aCustomer()));

  await Promise.all(customers.map(({ email }, at) => app.adobe(ASK, { e: email }, {}, `203.0.113.${at}`)));
  for (const { email } of customers) await received(email);

  expect(customers.map(({ email }) => smtp.mails.filter(({ to }) => to.includes(email)).length)).toEqual(
    Array(30).fill(1),
  );
});

async function statusOf(address: string): Promise<Record<string, unknown>> {
  const [row] = await app.database.select(
    'SELECT status, attempts, payload, last_error FROM mail_message WHERE recipient = ? ORDER BY id DESC LIMIT 1',
    [address],
  );
  return row ?? {};
}
