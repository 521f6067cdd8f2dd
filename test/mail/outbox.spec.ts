import { EventService } from '../../src/event/index.js';
import { MailboxTransport, MailService, MailWorker, type MailOrder } from '../../src/mail/index.js';
import { StoreDirectory } from '../../src/store/index.js';
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

/** So many mails, queued by one transaction. */
async function queue(mails: number): Promise<void> {
  const { email } = await app.aCustomer();
  const data = { link: 'https://demo.example/reset', minutes: '60', firstName: 'Ann' };
  const order: MailOrder = {
    ...{ kind: 'password-reset', store: app.get(StoreDirectory).defaultStore, customerId: null },
    ...{ to: email, data },
  };
  await app.database.transaction((tx) => app.get(MailService).enqueueAll(Array<MailOrder>(mails).fill(order), tx));
}

/** A server that takes mails, and says nothing of them until it is let. */
function silentServer(): { readonly taken: () => number; readonly answer: () => void } {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const send = jest.spyOn(app.get(MailboxTransport), 'send').mockImplementation(() => answered);
  return { taken: () => send.mock.calls.length, answer: () => answer() };
}

/** Ten of thirty mails have been handed to such a server; the others wait. */
async function heldUp(): Promise<ReturnType<typeof silentServer>> {
  await app.get(MailWorker).idle();
  const server = silentServer();
  await queue(30);
  await until(() => server.taken() === 10);
  return server;
}

async function waiting(condition = '1 = 1'): Promise<number> {
  const [row] = await app.database.select(
    `SELECT COUNT(*) AS mails FROM mail_message WHERE status = 'queued' AND ${condition}`,
    [],
  );
  return Number(row?.['mails']);
}

it('sends each mail once when more are queued than it has room for', async () => {
  await app.get(MailWorker).idle();
  const server = silentServer();

  await queue(130);
  await until(() => server.taken() === 20); // ten of its own, and ten that it took like any others
  const free = await waiting('claim IS NULL');
  server.answer();
  await app.get(MailWorker).idle();

  expect(free).toBe(20);
  expect(server.taken()).toBe(130);
  expect(await waiting()).toBe(0);
});

it('gives back what it could not begin to send in good time for the lease', async () => {
  const server = await heldUp();
  app.statements.length = 0;

  app.clock.advance(11);
  server.answer();
  await app.get(MailWorker).idle();

  const back = app.statements.filter((statement) => statement.startsWith('UPDATE mail_message SET claim = NULL'));
  expect(back.length).toBeGreaterThan(0);
  expect(server.taken()).toBe(30);
  expect(await waiting()).toBe(0);
});

it('leaves what it has not begun to send to any worker when it stops', async () => {
  const worker = app.get(MailWorker);
  const server = await heldUp();

  const stopped = worker.beforeApplicationShutdown();
  await until(async () => (await waiting('claim IS NULL')) === 20); // though the server still says nothing
  server.answer();
  await stopped;
  const [sent, left] = [
    server.taken(),
    await waiting(`claim IS NULL AND due_at <= '${app.clock.now().toISOString().slice(0, 23).replace('T', ' ')}'`),
  ];
  worker.onApplicationBootstrap();
  await worker.idle();

  expect([sent, left]).toEqual([10, 20]);
  expect(server.taken()).toBe(30);
  expect(await waiting()).toBe(0);
});

it('sends nothing that was deleted while it waited to be sent (SEC-80)', async () => {
  const server = await heldUp();

  await app.database.transaction((tx) =>
    app.database.change(tx, "DELETE FROM mail_message WHERE status = 'queued'", []),
  );
  app.clock.advance(2);
  server.answer();
  await app.get(MailWorker).idle();

  expect(server.taken()).toBe(10);
});
