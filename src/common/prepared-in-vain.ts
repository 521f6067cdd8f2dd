import { Logger } from '@nestjs/common';

/** Of the server: it keeps `max_prepared_stmt_count` statements already. Nothing was done. */
const TOO_MANY = 1461;
const SAID_EVERY_MS = 60_000;

const log = new Logger('database');
let saidAt = -SAID_EVERY_MS;

/** Whether a statement failed because the server prepares no more of them; says so in the log, once a minute. */
export function isPreparedInVain(error: Error | null): boolean {
  if (error === null || !('errno' in error) || error.errno !== TOO_MANY) return false;
  if (performance.now() - saidAt >= SAID_EVERY_MS) {
    saidAt = performance.now();
    log.warn('the server prepares no more statements, and works more for each: raise its max_prepared_stmt_count');
  }
  return true;
}
