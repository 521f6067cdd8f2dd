import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataSource } from 'typeorm';
import { MailboxTransport } from '../../src/mail/index.js';
import { demoSetup } from '../../src/store/index.js';
import { allRows } from '../setup/tables.js';
import { TestApp, type Answer } from '../support/test-app.js';
import * as flows from './flows.js';
import { SecretLedger } from './secret-ledger.js';

/** What the demo setup names beside its secrets. */
const NAMES = ['demo-admin', 'demo-integration', 'demo-sales-channel', 'demo-cg-access'];

const ledger = new SecretLedger();
const answers: { readonly url: string; readonly text: string }[] = [];
let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  for (const secret of JSON.stringify(demoSetup).match(/demo-[\w-]+/g) ?? []) {
    if (!NAMES.includes(secret)) ledger.keep(`setup’s ${secret}`, secret);
  }
  for (const [file, key] of ownKeys()) ledger.keep(file, key);
  const request = app.request.bind(app);
  const listening = jest.spyOn(app, 'request').mockImplementation(async (asked) => {
    const answer = await request(asked);
    answers.push({ url: asked.url, text: answer.text + JSON.stringify(withoutCookies(answer.headers)) });
    return answer;
  });
  for (const flow of Object.values(flows)) await flow({ app, ledger });
  listening.mockRestore();
  await app.mailsTo('nobody@example.com'); // whatever was queued has been sent
});

afterAll(() => app.stop());

/** The pages' cookies are sealed, and their own business. */
function withoutCookies({ 'set-cookie': _cookies, ...headers }: Answer['headers']): object {
  return headers;
}

/** SECRET_KEY, and a line out of the middle of each signing key. */
function ownKeys(): [string, string | undefined][] {
  const keys = String(process.env['KEYS_DIR']);
  const pems = readdirSync(keys).map((file) => join(keys, file));
  return [
    ['SECRET_KEY', readFileSync(join(dirname(keys), 'secret.key'), 'utf8').trim()],
    ...pems.map((file): [string, string | undefined] => [file, readFileSync(file, 'utf8').split('\n')[3]]),
  ];
}

const rows = async (): Promise<string> =>
  Object.entries(await allRows(app))
    .map(([table, lines]) => `${table}\n${lines.join('\n')}`)
    .join('\n');

/** What staff see of what happened. */
async function trails(): Promise<string> {
  const paths = ['/events?limit=100', '/mails?limit=100', '/stats', '/customers?limit=100'];
  const answers = await Promise.all(paths.map((path) => app.admin('GET', path)));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return answers.map(({ text }) => text).join('\n');
}

it('went through every flow, and knows its secrets', () => {
  const logged = app.logged.join('');

  expect(ledger.size).toBeGreaterThan(80);
  for (const type of EXPECTED) expect([type, logged.includes(`"event":"${type}"`)]).toEqual([type, true]);
  expect(logged.split('\n').filter((line) => line.includes('"level":50'))).toEqual([]); // no flow met a fault
});

/** What these flows leave on the trail, at the least. */
const EXPECTED = [
  'activation_failed',
  'activation_link_made',
  'admin_call',
  'customer_activated',
  'customer_created',
  'customer_invited',
  'email_changed',
  'email_confirmed',
  'email_confirmation_failed',
  'login_failed',
  'login_ok',
  'multipass_failed',
  'multipass_ok',
  'password_changed',
  'reset_completed',
  'reset_failed',
  'reset_requested',
  'staff_login_failed',
  'staff_login_ok',
  'token_revoked',
  'webhook_created',
];

it('writes none of them to the log, in whatever form (SEC-11, SEC-21, SEC-33, SEC-85)', () => {
  expect(app.logged.length).toBeGreaterThan(200);
  expect(ledger.foundIn(app.logged.join(''))).toEqual([]);
});

it('keeps none of them in any column of any table (SEC-21, SEC-25, SEC-48, SEC-72, SEC-85)', async () => {
  const dump = await rows();

  expect(dump).toContain('audit-buyer@example.com');
  expect(ledger.foundIn(dump)).toEqual([]);
});

it('shows none of them to staff who look at events, mails and customers (SEC-34, SEC-85)', async () => {
  const shown = await trails();

  expect(shown).toContain('reset_requested');
  expect(ledger.foundIn(shown)).toEqual([]);
});

it('answers nobody with a password, and with a mailed secret none but those whose contract says so (SEC-21, SEC-33, SEC-34)', () => {
  const passwords = answers.filter(({ text }) => ledger.foundIn(text, (_name, kind) => kind === 'password').length > 0);
  const mailed = answers.filter(({ text }) => ledger.foundIn(text, isMailed).length > 0);

  expect(answers.length).toBeGreaterThan(100);
  expect(passwords.map(({ url }) => url)).toEqual([]);
  expect([...new Set(mailed.map(({ url }) => url.replace(/\d+/g, 'N').replace(/\?.*|\/\w{10}$/, '')))].sort()).toEqual(
    SHOWN_TO_MACHINES,
  );
});

/** What goes by mail; `open reset` and the like are Commerce Layer's. */
const isMailed = (name: string, kind: string): boolean =>
  kind === 'code' || /^(?!.*token).*reset$|^reset|^confirmation$|^activation|^invitation$/.test(name);

/** Activation links for staff of accounts that are not enabled, and resets for integrations of Commerce Layer. */
const SHOWN_TO_MACHINES = [
  '/admin/api/N-N/graphql.json',
  '/admin/vN/customers/N/activation-url',
  '/api/customer_password_resets',
];

it('mails nobody a password, and shows a hash nowhere (SEC-21, SEC-35)', async () => {
  const hashes = (await app.database.select('SELECT password_hash FROM customer WHERE password_hash IS NOT NULL', []))
    .map((row) => String(row['password_hash']));
  const mails = app.get(MailboxTransport).list().map(({ subject, text, html }) => [subject, text, html].join('\n'));
  const { event = [], webhook_delivery: deliveries = [] } = await allRows(app);

  const seen = [...app.logged, ...answers.map(({ text }) => text), ...mails, ...event, ...deliveries, await trails()].join('\n');

  expect([hashes.length > 10, mails.length > 20]).toEqual([true, true]);
  expect(ledger.foundIn(mails.join('\n'), (_name, kind) => kind === 'password')).toEqual([]);
  expect(hashes.filter((hash) => seen.includes(hash) || seen.includes(hash.split('$').at(-1) ?? ''))).toEqual([]);
  expect(seen).not.toMatch(/\$argon2/);
}); // prettier-ignore

it('reads no hash and no sealed secret with a row unless it is asked for by name (SEC-21)', () => {
  const { entityMetadatas } = app.get(DataSource);
  const secret = entityMetadatas.flatMap(({ tableName, columns }) =>
    columns
      .filter(({ databaseName }) => /(?:hash|secret|token|payload)$/.test(databaseName))
      .map(({ databaseName, isSelect }) => [`${tableName}.${databaseName}`, isSelect] as const),
  );

  expect(secret.length).toBeGreaterThan(7);
  expect(secret.filter(([, isSelect]) => isSelect)).toEqual([]);
});

it('names nobody in log or trail who has no account (SEC-85)', async () => {
  for (const flow of STRANGERS) await flow();

  const events = (await allRows(app))['event'] ?? [];
  const written = [...app.logged, ...events].join('\n');

  expect(events.length).toBeGreaterThan(50);
  expect(written).not.toMatch(/stranger-\d/);
  expect(events.slice(-STRANGERS.length).join('\n')).toMatch(/"account":"[0-9a-f]{16}"/);
});

const STRANGERS: readonly (() => Promise<unknown>)[] = [
  () => app.adobe('mutation{generateCustomerToken(email:"stranger-1@example.com",password:"what ever"){token}}'),
  () => app.adobe('mutation{requestPasswordResetEmail(email:"stranger-2@example.com")}'),
  () => app.adobe('mutation{resendConfirmationEmail(email:"stranger-3@example.com")}'),
];

it('would notice a leak: one that is planted in the log, and one in a column (SEC-85)', async () => {
  const planted = ledger.password('planted', 'a planted password');
  const { number } = await app.aCustomer({ firstName: Buffer.from(`x:${planted}`).toString('base64') });
  app.logged.push(`{"msg":"a request failed","url":"/?p=${encodeURIComponent(planted)}"}`);

  const inLog = ledger.foundIn(app.logged.join(''));
  const inRows = ledger.foundIn(await rows());
  app.logged.pop();

  expect(number).toEqual(expect.any(Number));
  expect(inLog).toEqual(['planted as part of a URL']);
  expect(inRows).toEqual(expect.arrayContaining(['planted as base64']));
});
