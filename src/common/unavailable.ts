import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { isConflict } from './database-conflict.js';
import { DomainError } from './domain-error.js';
import { databaseRefusals } from './metrics.js';

const RETRY_AFTER_SECONDS = 1;

/** Of Node's sockets and resolver, and of mysql2. */
const LOST = new Set([
  'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
]); // prettier-ignore

/**
 * Of the server, as MariaDB's and MySQL's lists of errors number them: too many connections (1040, 1203), shutdown (1053),
 * a commit that went wrong (1180), a server that only reads, such as a former primary (1290, 1792, 1836), a connection
 * that was killed (1927), a group that could not take the commit (3100).
 */
const REFUSED = new Set([1040, 1053, 1180, 1203, 1290, 1792, 1836, 1927, 3100]);

/** Of SQLite: the disk is full, or does not take or give what it should. */
const DISK = /^SQLITE_(?:FULL|IOERR)/;

/** TypeORM's words for a pool that was given up; at a shutdown somebody may still be at work. */
export const NO_POOL = 'Connection is not established with mysql database';

/** What mysql2 says without a code. */
const WITHOUT_CODE =
  /^(?:Queue limit reached\.|Pool is closed\.|Can't add new command when connection is in closed state)/;

const log = new Logger('database');

/**
 * Whether the database could not be asked, or did not say what became of it. Such work is not run again here: a COMMIT
 * whose answer was lost may have been carried out.
 */
export function isUnavailable(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return false;
  const code = 'code' in cause ? cause.code : undefined;
  const errno = 'errno' in cause ? cause.errno : undefined;
  const message = 'message' in cause ? String(cause.message) : '';
  return (
    (typeof code === 'string' && (LOST.has(code) || DISK.test(code))) ||
    (typeof errno === 'number' && REFUSED.has(errno)) ||
    (code === undefined && (message === NO_POOL || WITHOUT_CODE.test(message)))
  );
}

/**
 * Runs work on the database; a conflict that does not end and a database that cannot be asked become a refusal that asks
 * to come back. Each is logged.
 *
 * @throws DomainError BUSY
 */
export function unlessUnavailable<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (!isConflict(error) && !isUnavailable(error)) throw error;
    log.warn({ err: error }, 'the database could not be asked');
    databaseRefusals.add();
    throw new DomainError('BUSY', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  });
}
