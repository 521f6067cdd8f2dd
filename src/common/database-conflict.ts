import { QueryFailedError } from 'typeorm';
import { DomainError } from './domain-error.js';

/**
 * Deadlock, lock wait, snapshot conflict, a Galera node that is not ready, a commit that a replication group has rolled
 * back: run the verb again (design: many primaries).
 */
const MYSQL_CONFLICTS = new Set([1213, 1205, 1020, 1047, 3101]);
/** A row that NOWAIT did not wait for: MariaDB's number, and MySQL's. */
const MYSQL_HELD = new Set([1205, 3572]);
const MYSQL_DUPLICATE = 1062;

/** Somebody else holds a row. */
export class RowHeld extends Error {
  override readonly name = 'RowHeld';
}

interface DriverError {
  readonly errno: unknown;
  readonly code: string;
}

function driverErrorOf(error: unknown): DriverError {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : null;
  if (typeof cause !== 'object' || cause === null) return { errno: undefined, code: '' };
  return {
    errno: 'errno' in cause ? cause.errno : undefined,
    code: 'code' in cause && typeof cause.code === 'string' ? cause.code : '',
  };
}

/** Whether a failed statement lost against another transaction and may simply be tried again. */
export function isConflict(error: unknown): boolean {
  const { errno, code } = driverErrorOf(error);
  return (typeof errno === 'number' && MYSQL_CONFLICTS.has(errno)) || code.startsWith('SQLITE_BUSY');
}

/** Runs a statement with NOWAIT. @throws RowHeld where it would have had to wait */
export async function unlessHeld<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    const { errno } = driverErrorOf(error);
    throw typeof errno === 'number' && MYSQL_HELD.has(errno) ? new RowHeld('somebody else holds a row') : error;
  }
}

/** The number that the server gave a conflict, or the name that SQLite gave it. */
export function conflictNumber(error: unknown): number | string {
  const { errno, code } = driverErrorOf(error);
  return typeof errno === 'number' ? errno : code;
}

/** Whether a statement failed on a unique index (SEC-14). */
export function isDuplicate(error: unknown): boolean {
  const { errno, code } = driverErrorOf(error);
  return errno === MYSQL_DUPLICATE || /^SQLITE_CONSTRAINT_(?:UNIQUE|PRIMARYKEY)/.test(code);
}

/** Whether it was the unique index with this in its name or columns; what comes before is the value, which anybody may choose. */
export function isDuplicateOf(error: unknown, column: string): boolean {
  if (!isDuplicate(error) || !(error instanceof Error)) return false;
  const { message } = error;
  return message.slice(Math.max(message.lastIndexOf('for key'), 0)).includes(column);
}

/** Runs what may meet a unique index over a field's values. @throws DomainError VALUE_TAKEN where it does */
export async function unlessTaken<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDuplicate(error) ? new DomainError('VALUE_TAKEN', { field }) : error;
  }
}
