import { randomUUID } from 'node:crypto';
import { EventService } from '../../src/event/index.js';
import { MailboxTransport, MailWorker } from '../../src/mail/index.js';
import { operations } from '../adobe/wire.js';
import { allRows } from '../setup/tables.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const ask = (email: string) => app.adobe(operations.requestPasswordResetEmail, { email });

async function count(table: 'mail_message' | 'password_reset'): Promise<number> {
  const [row] = await app.database.select(`SELECT COUNT(*) AS rows_there FROM ${table}`, []);
  return Number(row?.['rows_there']);
}

async function newest(): Promise<Record<string, unknown>> {
  const [row] = await app.database.select(
    'SELECT kind, status, payload FROM mail_message ORDER BY id DESC LIMIT 1',
    [],
  );
  return row ?? {};
}

it('queues a mail with the secret that it carries, or neither (SEC-72)', async () => {
  const { email } = await app.aCustomer();
  const before = [await count('password_reset'), await count('mail_message')];
  jest.spyOn(app.get(EventService), 'recordAll').mockRejectedValueOnce(new Error('the transaction fails'));

  const failed = await ask(email);
  const between = [await count('password_reset'), await count('mail_message')];
  await ask(email);

  expect(failed.body.errors).toHaveLength(1);
  expect(between).toEqual(before);
  expect([await count('password_reset'), await count('mail_message')]).toEqual(before.map((rows) => rows + 1));
});

it('answers before the mail is sent, keeps it sealed until then, and nothing of it afterwards (SEC-72)', async () => {
  const { email } = await app.aCustomer();
  const fails = jest.spyOn(app.get(MailboxTransport), 'send').mockRejectedValue(new Error('the server is away'));

  const { body } = await ask(email);
  await app.get(MailWorker).idle();
  const waiting = await newest();
  const dump = Object.values(await allRows(app))
    .flat()
    .join('\n');
  fails.mockRestore();
  app.clock.advance(60);
  const { secret } = await app.lastMail(email);

  expect(body.data.requestPasswordResetEmail).toBe(true);
  expect(waiting).toMatchObject({ status: 'queued', payload: expect.anything() });
  expect(secret).toHaveLength(32);
  expect(dump).not.toContain(secret);
  expect(await newest()).toMatchObject({ status: 'sent', payload: null });
});

it('queues as much for an address that nobody has, and sends nothing of it (SEC-72)', async () => {
  const { email: known } = await app.aCustomer();
  const queuedFor = async (email: string): Promise<number> => {
    app.statements.length = 0;
    await ask(email);
    await app.get(MailWorker).idle();
    return app.statements.filter((statement) => /^INSERT INTO .?mail_message/.test(statement)).length;
  };
  const before = await count('mail_message');
  const send = jest.spyOn(app.get(MailboxTransport), 'send');

  const queued = [await queuedFor('nobody-at-all@example.com'), await queuedFor(known)];

  expect(queued).toEqual([1, 1]);
  expect(send.mock.calls.map(([{ to }]) => to)).toEqual([known]);
  expect(await count('mail_message')).toBe(before + 1); // nothing is left of the decoy
});

it('sends what this instance queued without looking for it', async () => {
  const { email } = await app.aCustomer();
  await app.get(MailWorker).idle();
  app.statements.length = 0;

  await ask(email);
  await app.lastMail(email);

  const ofMails = app.statements.filter((statement) => statement.includes('mail_message'));
  expect(ofMails.map((statement) => statement.slice(0, 19).replaceAll('`', ''))).toEqual([
    'INSERT INTO mail_me',
    'UPDATE mail_message',
  ]);
});

it('leaves what is queued while it stops to any worker, at once', async () => {
  const { email } = await app.aCustomer();
  const worker = app.get(MailWorker);
  await worker.beforeApplicationShutdown();

  await ask(email);
  const [left] = await app.database.select(
    'SELECT claim, due_at <= created_at AS is_due FROM mail_message ORDER BY id DESC LIMIT 1',
    [],
  );
  worker.onApplicationBootstrap();
  const { secret } = await app.lastMail(email);

  expect({ ...left, is_due: Number(left?.['is_due']) }).toEqual({ claim: null, is_due: 1 });
  expect(secret).toHaveLength(32);
});

it('sends each mail once when more are queued than it has room for', async () => {
  const people = await Promise.all(Array.from({ length: 25 }, () => app.aCustomer()));
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const send = jest.spyOn(app.get(MailboxTransport), 'send').mockImplementation(() => opened);

  await Promise.all(people.map(({ email }) => ask(email)));
  open();
  await app.get(MailWorker).idle();

  expect(send.mock.calls.map(([{ to }]) => to).sort()).toEqual(people.map(({ email }) => email).sort());
  const [waiting] = await app.database.select("SELECT COUNT(*) AS mails FROM mail_message WHERE status = 'queued'", []);
  expect(Number(waiting?.['mails'])).toBe(0);
});

it('takes as many of a transaction as it has room for from the beginning', async () => {
  const worker = app.get(MailWorker);
  await worker.idle();

  const claims = worker.claimsFor(12);

  expect(new Set(claims.slice(0, 10)).size).toBe(1);
  expect(claims.map((claim) => claim !== null)).toEqual([...Array<boolean>(10).fill(true), false, false]);
});

it('has no more at hand than it can send within their lease, even where many found the same room', async () => {
  const people = await Promise.all(Array.from({ length: 30 }, () => app.aCustomer()));
  const worker = app.get(MailWorker);
  await worker.idle();
  const claims = (mails: number): (string | null)[] => {
    const claim = randomUUID();
    return Array.from({ length: mails }, (_, at) => (at < 10 ? claim : null));
  };
  jest.spyOn(worker, 'claimsFor').mockImplementation(claims);
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const send = jest.spyOn(app.get(MailboxTransport), 'send').mockImplementation(() => opened);
  const free = async (): Promise<number> => {
    const [row] = await app.database.select(
      "SELECT COUNT(*) AS mails FROM mail_message WHERE status = 'queued' AND claim IS NULL",
      [],
    );
    return Number(row?.['mails']);
  };

  await Promise.all(people.map(({ email }) => ask(email)));
  await until(async () => (await free()) + send.mock.calls.length === people.length);
  const atHand = send.mock.calls.length;
  open();
  await worker.idle();

  expect(atHand).toBeGreaterThanOrEqual(10);
  expect(atHand).toBeLessThanOrEqual(20); // ten of its own, and ten that it took like any others
  expect(send.mock.calls.map(([{ to }]) => to).sort()).toEqual(people.map(({ email }) => email).sort());
  expect(await free()).toBe(0);
});
