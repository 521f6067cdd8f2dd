import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { parseEmail } from '#lib/email-address';
import { databaseKind } from '../../src/config/index.js';
import type { Parameter } from '../../src/common/parameter.js';
import { Housekeeping } from '../../src/common/housekeeping.js';
import { CustomerRepository } from '../../src/customer/customer.repository.js';
import { Customer, CustomerService } from '../../src/customer/index.js';
import { EventService } from '../../src/event/index.js';
import { LockoutService } from '../../src/lockout/index.js';
import { ResetRecordService } from '../../src/password-reset/index.js';
import { PasswordResetRepository } from '../../src/password-reset/password-reset.repository.js';
import { StoreDirectory, type Store } from '../../src/store/index.js';
import { SessionRepository, type TokenRow } from '../../src/token/session.repository.js';
import { aShopper, created } from '../adobe/address-book.js';
import * as flows from '../audit/flows.js';
import { SecretLedger } from '../audit/secret-ledger.js';
import { askedDuring, type Asked } from '../support/asked.js';
import { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

const ROWS = 3000;
const BATCH = 250;
/** As many rows as a statement of ours may read of a table for one answer. */
const MANY = ROWS / 3;

const TABLES = [
  'customer',
  'customer_address',
  'access_token',
  'password_reset',
  'mail_message',
  'event',
  'rate_counter',
  'one_time_secret',
  'webhook_delivery',
];

let app: TestApp;
/** Every statement on these tables that the flows made, each text once. */
const asked = new Map<string, Asked>();

beforeAll(async () => {
  app = await TestApp.startOwn();
  await app.setUp({ policy: { limits: 'default' }, commerceLayer: { webhookPrivateTargets: true } });
  for (const one of await askedDuring(app, play)) keep(one);
  for (const table of TABLES) await fill(table);
});

afterAll(() => app.stop());

/** What customers, staff and the workers do; the rows that it leaves are models for the others. */
async function play(): Promise<void> {
  for (const flow of Object.values(flows)) await flow({ app, ledger: new SecretLedger() });
  const { number } = await app.aCustomer();
  const lists = ['/customers', '/customers?email=ann@example.com', '/events', '/mails', '/stats'];
  const ofOne = ['', '/events', '/tokens', '/mails'].map((list) => `/customers/${number}${list}`);
  for (const list of [...lists, ...ofOne]) await app.admin('GET', list);
  await app.admin('POST', '/revoke-tokens', { realm: 'default' });
  await app.get(Housekeeping).run();
  await created(await aShopper(app));
  await lookUpMany();
}

/** What many requests look for at the same time is read together. */
async function lookUpMany(): Promise<void> {
  const store = app.get(StoreDirectory).defaultStore;
  const numbers = Array.from({ length: 16 }, (_, at) => at + 1);
  const customers = app.get(CustomerService);
  const digestOf = (at: number): Buffer => createHash('sha256').update(`${at}`).digest();
  await Promise.all([
    ...numbers.map((at) => customers.findByToken(digestOf(at), 'adobe')),
    ...numbers.map((at) => customers.findHolderWithAddresses(digestOf(at), 'adobe')),
    ...numbers.map((id) => customers.addressesOf(Object.assign(new Customer(), { id }))),
    ...numbers.map((number) => app.get(ResetRecordService).find(number, store)),
    ...numbers.map((at) => app.get(CustomerRepository).findForSignIn(store.realmId, `customer-${at}@example.com`)),
  ]);
  const emails = numbers.flatMap((at) => parseEmail(`customer-${at}@example.com`) ?? []);
  const listeners = app.get(EventService).listeners(store.id, 'reset_requested');
  const asked = { at: app.clock.now(), waits: false, listeners };
  await app.database.transaction((tx) => app.get(PasswordResetRepository).findAskers(tx, store, emails, asked));
  const accounts = numbers.slice(0, 8).map((id) => ({ id, passwordVersion: 1, passwordHash: 'none' }));
  await app.database.transaction((tx) => app.get(LockoutService).passAll(accounts, tx));
  const sessions = accounts.map(({ id }) => ({ customerId: id, max: 50, rows: [aToken(id, store)] }));
  await app.database.transaction((tx) => app.get(SessionRepository).insertInPlace(sessions, app.clock.now(), tx));
}

function aToken(customerId: number, { id: storeId, realmId }: Store): TokenRow {
  const number = 5_000_000 + customerId;
  const digest = createHash('sha256').update(`a token of ${customerId}`).digest();
  const times = { issuedAt: app.clock.now(), expiresAt: app.clock.after(60) };
  return { number, digest, surface: 'adobe', realmId, storeId, customerId, apiClientId: null, family: null, ...times };
}

function keep(one: Asked): void {
  const shape = one.sql.replace(/(?:\?,\s*)+\?/g, '?…');
  if (/^\s*(SELECT|UPDATE|DELETE|INSERT[^]*SELECT)/i.test(one.sql) && namesIn(one.sql).size > 0) asked.set(shape, one);
}

/** Names by which a plan calls the tables of a statement. */
function namesIn(sql: string): ReadonlySet<string> {
  const mentions = sql.matchAll(/(?:FROM|JOIN|UPDATE|,)\s+["`]?(\w+)["`]?(?:\s+(?:AS\s+)?["`]?(\w+)["`]?)?/gi);
  return new Set([...mentions].flatMap(([, table = '', alias]) => (TABLES.includes(table) ? [table, alias ?? table] : []))); // prettier-ignore
}

/** Copies of a table's last row that differ in what is unique, in their owners and in their times. */
async function fill(table: string): Promise<void> {
  const key = table === 'rate_counter' ? 'digest' : 'id';
  const [model] = await app.database.select(`SELECT * FROM ${table} ORDER BY ${key} DESC LIMIT 1`, []);
  if (!model) throw new Error(`nothing in ${table}`);
  const owners = await app.database.select('SELECT id FROM customer ORDER BY id DESC LIMIT 2000', []);
  const columns = Object.keys(model).filter((name) => name !== 'id');
  const names = columns.map((name) => `\`${name}\``).join();
  const places = `(${columns.map(() => '?').join()})`;
  for (let from = 0; from < ROWS; from += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, at) => copied(table, model, from + at, owners));
    const values = rows.flatMap((row) => columns.map((name) => row[name] ?? null));
    const sql = `INSERT INTO ${table} (${names}) VALUES ${rows.map(() => places).join()}`;
    await app.database.transaction((tx) => app.database.change(tx, sql, values));
  }
  if (databaseKind !== 'sqlite') await app.database.selectOnce(`ANALYZE TABLE ${table}`, []); // no service runs it on SQLite
}

function copied(
  table: string,
  model: Readonly<Record<string, Parameter>>,
  at: number,
  owners: readonly Readonly<Record<string, unknown>>[],
): Record<string, Parameter> {
  const email = `plan-${at}@example.com`;
  const past = moment(-at - 1);
  const values: Record<string, Parameter> = {
    ...{
      number: 6_000_000 + at,
      entry_number: 6_000_000 + at,
      digest: createHash('sha256').update(`${table} ${at}`).digest(),
    },
    ...{ email, email_key: Buffer.from(email), phone_key: null, multipass_identifier: null },
    ...{ customer_id: Number(owners[at % owners.length]?.['id']), family: at, event_id: at, subject: 7_000_000 + at },
    ...{ created_at: past, updated_at: past, issued_at: past, sent_at: past, attempted_at: past, due_at: past },
    ...{ expires_at: moment(at + 1), claim: null, waiting: null, anonymization_status: null },
    ...(table === 'customer' ? { last_name: `Name ${at}` } : {}),
    ...(table === 'mail_message' || table === 'webhook_delivery' ? { status: 'sent' } : {}),
  };
  const own = Object.entries(values).filter(([name]) => name in model);
  return { ...model, ...Object.fromEntries(own) };
}

/** A time so many minutes from that of the tests, as both databases take it. */
function moment(minutes: number): string {
  const time = new Date(app.clock.now().getTime() + minutes * 60_000);
  return time.toISOString().replace('T', ' ').slice(0, 23);
}

/** What a plan reads that is not found by an index: on MariaDB with the number of rows that it expects. */
async function scansOf({ sql, parameters }: Asked): Promise<string[]> {
  const names = namesIn(sql);
  const explain = databaseKind === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const steps = await app.get(DataSource).query<Record<string, unknown>[]>(`${explain} ${sql}`, [...parameters]);
  if (databaseKind === 'sqlite') {
    const lines = steps.map(({ detail }) => String(detail));
    return lines.filter((line) => names.has(/^SCAN (\w+)/.exec(line)?.[1] ?? '') && !isBounded(line, sql));
  }
  return steps
    .filter(
      ({ type, rows, table }) => /^(ALL|index)$/.test(String(type)) && names.has(String(table)) && Number(rows) > MANY,
    ) // prettier-ignore
    .map((step) => JSON.stringify(step));
}

/** The newest rows, whatever they are but for decoys, which are gone soon: read off the table in its own order. */
const NEWEST =
  /FROM "(event|mail_message)" "(\w+)" (WHERE \(\("\2"\."kind" != \?\)\) )?ORDER BY "\2"\."id" DESC LIMIT \d+$/;
const NOTHING = /\(0=1\)/;

/** What SQLite calls a scan, although it ends with the page that is wanted. */
const isBounded = (line: string, sql: string): boolean =>
  NEWEST.test(sql) || NOTHING.test(sql) || (/USING .*INDEX/.test(line) && /LIMIT/i.test(sql));

it('finds the rows of every statement by an index, whatever customers, staff and workers do', async () => {
  const scans: object[] = [];
  for (const one of asked.values()) {
    const found = await scansOf(one);
    if (found.length > 0) scans.push({ sql: one.sql, found });
  }

  expect(scans).toEqual([]);
  expect(asked.size).toBeGreaterThan(80);
});

it.each(TABLES)('has seen statements on %s', (table) => {
  expect([...asked.values()].some(({ sql }) => namesIn(sql).has(table))).toBe(true);
});

it.each([
  'FROM access_token t',
  'FROM access_token t JOIN customer_address a',
  'FROM customer c',
  'FROM customer_address a',
  'FROM password_reset r',
  'JOIN customer c ON c.realm_id',
])('has seen sixteen looked up at once: %s', (tables) => {
  const places = Array.from({ length: 16 }, () => '?').join(', ');

  expect([...asked.values()].some(({ sql }) => sql.includes(`${tables} `) && sql.includes(`IN (${places})`))).toBe(
    true,
  );
});

it('notices a scan', async () => {
  const [column, value] = ['attempts', 7];

  const scans = await scansOf({ sql: `SELECT id FROM mail_message m WHERE m.${column} = ?`, parameters: [value] });

  expect(scans).toHaveLength(1);
});
