import { BuiltCommand } from '../cli/command.js';
import { until } from '../support/until.js';
import { Place } from './place.js';
import { TroubledMailServer } from './troubled-mail-server.js';

jest.setTimeout(120_000);

const NEW_PASSWORD = 'another fine password';

const command = new BuiltCommand();
const mails = new TroubledMailServer();
let place: Place;

beforeAll(async () => {
  await command.build();
  await mails.start();
  place = await Place.make(command, { MAIL_URL: mails.url });
  await place.start();
});

afterAll(async () => {
  await place.stop();
  await command.clear();
  await mails.stop();
});

/** Pauses between tries, and leases of workers that died, are over. */
const timePasses = (): Promise<void> =>
  place.sql(`UPDATE mail_message SET due_at = '2020-01-01 00:00:00.000' WHERE status = 'queued'`);

/** Whether a number has grown since it was read. */
async function growth(name: string): Promise<() => Promise<number>> {
  const before = (await place.metrics()).get(name) ?? 0;
  return async () => ((await place.metrics()).get(name) ?? 0) - before;
}

/** What a link in a mail is good for, the first and the second time. */
async function spent(email: string, text: string | undefined): Promise<boolean[]> {
  const token = /token=([A-Za-z0-9]{32})/.exec(text ?? '')?.[1] ?? '';
  const query = `mutation{resetPassword(email:"${email}",resetPasswordToken:"${token}",newPassword:"${NEW_PASSWORD}")}`;
  const once = async (): Promise<boolean> =>
    (await place.post('/graphql', { query })).text.includes('"resetPassword":true');
  return [await once(), await once()];
}

const nothingQueued = async (): Promise<boolean> => (await place.metrics()).get('keyturn_mail_queued') === 0;

it('loses no mail when the process is killed after the commit and before the mail (SEC-72)', async () => {
  const ann = await place.aPerson();
  mails.trouble = 'hangs';
  const asked = await place.askReset(ann);

  await place.stop('SIGKILL');
  mails.trouble = 'none';
  mails.hangUp();
  await timePasses();
  await place.start();
  await until(() => mails.to(ann).length > 0);

  expect([asked.status, asked.text]).toEqual([200, '{"data":{"requestPasswordResetEmail":true}}']);
  expect(asked.ms).toBeLessThan(3000);
  expect(mails.to(ann)).toHaveLength(1);
  expect(await spent(ann, mails.to(ann)[0])).toEqual([true, false]);
});

it('sends a mail again when the process is killed before it could note that the mail had gone; its link still works once', async () => {
  const ann = await place.aPerson();
  mails.trouble = 'stalls';
  await place.askReset(ann);
  await until(() => mails.to(ann).length > 0);

  await place.stop('SIGKILL');
  mails.trouble = 'none';
  mails.hangUp();
  await timePasses();
  await place.start();
  await until(() => mails.to(ann).length > 1);

  const [first, second] = mails.to(ann);
  expect(second).toBe(first);
  expect(await spent(ann, first)).toEqual([true, false]);
});

it.each([
  ['refuses connections', () => mails.stop(), () => mails.start()],
  ['takes mails and drops the connection', () => troubled('drops'), () => troubled('none')],
])('keeps a mail while the mail server %s, and shows it', async (_, breakIt, mendIt) => {
  const ann = await place.aPerson();
  await until(nothingQueued); // what tests before have caused may still be on its way
  const failed = await growth('keyturn_mail_failed_total{then="repeated"}');
  const sent = await growth('keyturn_mail_sent_total');
  await breakIt();

  const asked = await place.askReset(ann);
  await until(async () => (await failed()) > 0);
  const during = await place.metrics();
  const before = mails.to(ann).length;
  await mendIt();
  await timePasses();
  await until(async () => (await sent()) > 0);

  expect([asked.status, asked.ms < 3000]).toEqual([200, true]);
  expect(during.get('keyturn_mail_queued')).toBe(1);
  expect(during.get('keyturn_mail_oldest_seconds')).toBeGreaterThan(0);
  expect(mails.to(ann)).toHaveLength(before + 1);
  expect((await place.metrics()).get('keyturn_mail_queued')).toBe(0);
  const lines = place.log().filter(({ msg }) => /^mail \d+ \(password-reset\) failed: /.test(String(msg)));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => 'requestId' in line)).toEqual([]); // the worker answers for no request
});

it('loses no mail and sends none twice when the mail server hangs for a while, and answers as ever meanwhile', async () => {
  const ann = await place.aPerson();
  await until(nothingQueued); // what tests before have caused may still be on its way
  const failed = await growth('keyturn_mail_failed_total{then="repeated"}');
  const sent = await growth('keyturn_mail_sent_total');
  mails.trouble = 'hangs';
  mails.hangUp(); // connections that are kept for later

  const asked = await place.askReset(ann);
  const [during, signIn] = [await place.metrics(), await place.signIn(ann)];
  await until(async () => (await failed()) > 0);
  mails.trouble = 'none';
  await timePasses();
  await until(async () => (await sent()) > 0);
  await timePasses();

  expect([asked.status, asked.ms < 3000, signIn.text.includes('"token":"')]).toEqual([200, true, true]);
  expect(during.get('keyturn_mail_queued')).toBe(1);
  expect((await place.metrics()).get('keyturn_mail_queued')).toBe(0);
  expect(mails.to(ann)).toHaveLength(1);
});

it('tries again whom the server refuses for now, gives up whom it refuses for good, and holds up nobody else', async () => {
  const [busy, refused, fine] = [
    await place.aPerson('busy@example.com'),
    await place.aPerson('refused@example.com'),
    await place.aPerson(),
  ];
  const [repeated, givenUp] = [
    await growth('keyturn_mail_failed_total{then="repeated"}'),
    await growth('keyturn_mail_failed_total{then="given_up"}'),
  ];

  for (const email of [busy, refused, fine]) await place.askReset(email);
  await until(() => mails.to(fine).length > 0);
  await until(async () => (await repeated()) + (await givenUp()) > 1);

  expect([await repeated(), await givenUp()]).toEqual([1, 1]);
  expect((await place.metrics()).get('keyturn_mail_queued')).toBe(1);
  expect([busy, refused, fine].map((email) => mails.to(email).length)).toEqual([0, 0, 1]);
});

async function troubled(trouble: 'drops' | 'none'): Promise<void> {
  mails.trouble = trouble;
  mails.hangUp();
  await Promise.resolve();
}
