import { rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import type { Database } from '../../src/common/database.js';
import { databaseKind, databaseUrl } from '../../src/config/index.js';

type Release = () => Promise<void>;

let release: Release | null = null;

/** Says how to let go of the database, for who needs it next. */
export function holdDatabase(letGo: Release): void {
  release = letGo;
}

/** Ends what holds the database, if anything does. */
export async function releaseDatabase(): Promise<void> {
  const held = release;
  release = null;
  await held?.();
}

/** Leaves an empty database behind DATABASE_URL. */
export async function emptyDatabase(): Promise<void> {
  await releaseDatabase();
  if (databaseKind === 'sqlite') {
    for (const suffix of ['', '-wal', '-shm']) rmSync(databaseUrl.replace(/^sqlite:/, '') + suffix, { force: true });
    return;
  }
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  const connection = await createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: url.username,
    password: url.password,
  });
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.query(`CREATE DATABASE \`${name}\``);
  await connection.end();
}

/** Removes all rows of a database whose tables stay as they are. On MariaDB ids go on from where they were. */
export async function emptyTables(database: Database): Promise<void> {
  const tables = (await tableNames(database)).filter((name) => name !== 'migrations');
  await database.transaction(async (tx) => {
    await tx.query(databaseKind === 'sqlite' ? 'PRAGMA defer_foreign_keys = ON' : 'SET foreign_key_checks = 0');
    for (const table of tables) await tx.query(`DELETE FROM ${table}`);
    if (databaseKind !== 'sqlite') await tx.query('SET foreign_key_checks = 1');
  });
}

async function tableNames(database: Database): Promise<string[]> {
  const rows = await database.select(
    databaseKind === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    [],
  );
  return rows.map(({ name }) => String(name));
}
