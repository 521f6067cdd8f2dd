import { rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { databaseKind, databaseUrl } from '../../src/config/index.js';

/** Leaves an empty database behind DATABASE_URL. */
export async function emptyDatabase(): Promise<void> {
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
