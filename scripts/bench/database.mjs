// A temporary database of each kind, filled with customers that all have one password.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import libsql from 'libsql';
import { createConnection, createPool } from 'mysql2/promise';

const BATCH = 500;
export const FIRST_NUMBER = 1_000_000_000;
/** So many customers do something; with fewer who sign in each would soon have as many sessions as she may have. */
const ACTIVE = 1000;
const server = new URL(process.env.BENCH_MARIADB_URL ?? 'mariadb://root@127.0.0.1:3306');
const credentials = {
  host: server.hostname,
  port: Number(server.port || 3306),
  user: server.username,
  password: server.password,
};
const NAME = process.env.BENCH_DATABASE ?? 'keyturn_bench';
if (!/^\w{1,60}$/.test(NAME)) throw new Error('BENCH_DATABASE must be a plain name');

export async function hasMariadb() {
  try {
    await (await createConnection(credentials)).end();
    return true;
  } catch {
    return false;
  }
}

/** An empty database; `url` is what the product is given, `suffix` tells those of one run apart. */
export async function emptyDatabase(kind, folder, suffix = '') {
  const name = NAME + suffix;
  if (kind === 'sqlite') {
    const file = join(folder, `${name}.db`);
    for (const ending of ['', '-wal', '-shm', '.lock']) rmSync(file + ending, { force: true });
    return { kind, url: `sqlite:${file}`, file };
  }
  const connection = await createConnection(credentials);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  const user = server.password ? `${server.username}:${server.password}` : server.username;
  return { kind, name, url: `mariadb://${user}@${credentials.host}:${credentials.port}/${name}` };
}

export async function dropDatabase({ kind, name }) {
  if (kind === 'sqlite') return;
  const connection = await createConnection(credentials);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.end();
}

/** Runs statements the way the product does: mysql2 prepared, or libsql. */
export function openDatabase({ kind, file, name }) {
  if (kind === 'sqlite') {
    const database = new libsql(file, { timeout: 5000 });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    const prepared = new Map();
    const statement = (sql) => prepared.get(sql) ?? prepared.set(sql, database.prepare(sql)).get(sql);
    return {
      select: async (sql, values) => statement(sql).all(values),
      transaction: async (statements) => {
        database.exec('BEGIN IMMEDIATE');
        for (const [sql, values] of statements) statement(sql).run(values);
        database.exec('COMMIT');
      },
      run: async (sql, values = []) => statement(sql).run(values),
      close: async () => database.close(),
    };
  }
  const pool = createPool({ ...credentials, database: name, connectionLimit: 10, timezone: 'Z' });
  return {
    select: async (sql, values) => (await pool.execute(sql, values))[0],
    transaction: async (statements) => {
      const connection = await pool.getConnection();
      await connection.query('START TRANSACTION');
      for (const [sql, values] of statements) await connection.execute(sql, values);
      await connection.query('COMMIT');
      connection.release();
    },
    run: async (sql, values = []) => pool.query(sql, values),
    close: () => pool.end(),
  };
}

/** Copies the demo customer until there are `count`; the addresses are bench-<n>@example.com. The active get two postal addresses. */
export async function fill(database, count) {
  const [model] = await database.select('SELECT * FROM customer ORDER BY id LIMIT 1', []);
  await insert(database, 'customer', count, (at) => copy(model, at));
  const owners = await database.select(
    'SELECT id, realm_id, created_at FROM customer WHERE number >= ? ORDER BY number',
    [FIRST_NUMBER],
  );
  const active = activeOf(count).map((at) => owners[at]);
  await insert(database, 'customer_address', active.length * 2, (at) => addressOf(active[at >> 1], at));
}

async function insert(database, table, count, rowAt) {
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => rowAt(from + at));
    const columns = Object.keys(rows[0]);
    const places = rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const names = columns.map((column) => `\`${column}\``).join(', ');
    await database.run(
      `INSERT INTO ${table} (${names}) VALUES ${places}`,
      rows.flatMap((row) => columns.map((column) => row[column])),
    );
  }
}

/** Which of so many customers do something: as far apart as they can be, so that what is read of them is, too. */
export function activeOf(count) {
  const step = Math.max(1, Math.floor(count / ACTIVE));
  return Array.from({ length: Math.min(count, ACTIVE) }, (_, at) => at * step);
}

export const emailOf = (at) => `bench-${at}@example.com`;

/** When a customer was made: a second after the one before. */
export const madeAt = (at) => new Date(Date.UTC(2026, 0, 1) + at * 1000);

function copy(model, at) {
  const time =
    typeof model.created_at === 'string' ? madeAt(at).toISOString().slice(0, 23).replace('T', ' ') : madeAt(at);
  const identity = { number: FIRST_NUMBER + at, email: emailOf(at), email_key: Buffer.from(emailOf(at)) };
  const copied = { ...model, ...identity, last_name: `Name ${at % 5000}`, created_at: time, updated_at: time };
  delete copied.id;
  return copied;
}

function addressOf(owner, at) {
  const place = { lines: '["1 Main St"]', city: 'Austin', region_code: 'TX', country_code: 'US', postcode: '78701' };
  const times = { created_at: owner.created_at, updated_at: owner.created_at };
  const belongs = { realm_id: owner.realm_id, customer_id: owner.id };
  return { number: FIRST_NUMBER + at, ...belongs, ...place, ...times, tags: '[]', attributes: '{}' };
}
