import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import type { DataSource } from 'typeorm';
import { databaseKind, databaseUrl } from '../config/index.js';

/** Longer than migrations of a large table take; who waits has nothing else to do. */
const WAIT_SECONDS = 600;
const POLL_MS = 100;
/** Names of locks belong to the whole server, and have at most 64 characters. */
const NAME = "CONCAT('keyturn migrations ', MD5(DATABASE()))";

/**
 * Does something to the schema that no other process does to the same database meanwhile; so of instances that start
 * together one migrates, and the others find nothing left to do. The lock ends with its process, however that ends.
 *
 * On MySQL and MariaDB it is `GET_LOCK`, held by a connection of its own. That lock is known to one server only: on a
 * cluster run `keyturn migrate up` from one place. For SQLite it is a file `<database>-migrations` beside the database,
 * which stays.
 *
 * @param waitSeconds how long to wait for another process
 * @throws Error when that one is not done by then
 */
export function withMigrationLock<T>(
  source: DataSource,
  work: () => Promise<T>,
  waitSeconds = WAIT_SECONDS,
): Promise<T> {
  return databaseKind === 'sqlite' ? besideFile(work, waitSeconds) : onServer(source, work, waitSeconds);
}

async function onServer<T>(source: DataSource, work: () => Promise<T>, waitSeconds: number): Promise<T> {
  const holder = source.createQueryRunner('master');
  try {
    const [row] = await holder.manager.query<{ got: unknown }[]>(`SELECT GET_LOCK(${NAME}, ?) AS got`, [waitSeconds]);
    if (Number(row?.got) !== 1) throw notDone(waitSeconds);
    try {
      return await work();
    } finally {
      await holder.query(`SELECT RELEASE_LOCK(${NAME})`);
    }
  } finally {
    await holder.release();
  }
}

/** Another connection would be kept out by a lock on the database itself, even if it is the holder's. */
async function besideFile<T>(work: () => Promise<T>, waitSeconds: number): Promise<T> {
  const lock = new Libsql(`${databaseUrl.replace(/^sqlite:/, '')}-migrations`);
  try {
    const end = performance.now() + waitSeconds * 1000;
    while (!taken(lock)) {
      if (performance.now() >= end) throw notDone(waitSeconds);
      await sleep(POLL_MS);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function taken(lock: Libsql.Database): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}

function notDone(waitSeconds: number): Error {
  return new Error(`another process has been changing the database's tables for ${waitSeconds} s: try again later`);
}
