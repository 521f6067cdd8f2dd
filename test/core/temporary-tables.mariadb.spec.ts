import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { databaseUrl } from '../../src/config/index.js';
import * as flows from '../audit/flows.js';
import { SecretLedger } from '../audit/secret-ledger.js';
import { askedDuring, type Asked } from '../support/asked.js';
import { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

let app: TestApp;
let connection: Connection;
/** Every statement that the flows made, each text once. */
const asked = new Map<string, Asked>();

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'default' }, commerceLayer: { webhookPrivateTargets: true } });
  const all = await askedDuring(app, async () => {
    for (const flow of Object.values(flows)) await flow({ app, ledger: new SecretLedger() });
  });
  for (const one of all) if (/^\s*(SELECT|UPDATE|DELETE|INSERT)/i.test(one.sql)) asked.set(one.sql, one);
  connection = await createConnection({ uri: databaseUrl.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' });
});

afterAll(async () => {
  await connection.end();
  await app.stop();
});

async function filesMade(): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Created_tmp_disk_tables'");
  return Number(rows[0]?.['Value']);
}

/** How many tables in files the server makes for a statement; nothing of what it does stays. */
async function filesFor({ sql, parameters }: Asked): Promise<number> {
  const before = await filesMade();
  await connection.query('START TRANSACTION');
  try {
    await connection.execute(sql, [...parameters]);
  } catch (error) {
    if (!/Duplicate entry/.test(String(error))) throw error; // the rows are there since the flows
  } finally {
    await connection.query('ROLLBACK');
  }
  return (await filesMade()) - before;
}

it('answers no statement by a temporary table in a file', async () => {
  const found: string[] = [];
  for (const one of asked.values()) if ((await filesFor(one)) > 0) found.push(one.sql);
  expect(found).toEqual([]);
  expect(asked.size).toBeGreaterThan(80);
});

it('notices a file', async () => {
  const sql = 'SELECT payload FROM mail_message UNION SELECT payload FROM mail_message';

  expect(await filesFor({ sql, parameters: [] })).toBeGreaterThan(0);
});
