import { Logger } from '@nestjs/common';
import { conflictNumber, isConflict } from './database-conflict.js';

const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 10;

type Pause = (milliseconds: number) => Promise<void>;

const log = new Logger('database');

/**
 * Runs work again after a deadlock, a lock wait, a snapshot conflict or a cluster node that is not ready: at most five
 * times in all, after pauses that grow and are partly drawn by lot, so that those who met do not meet again.
 *
 * Each conflict writes a line of level debug with the server's error number and the try.
 */
export function retried<T>(work: () => Promise<T>, pause: Pause = sleep, attempt = 1): Promise<T> {
  return work().catch(async (error: unknown) => {
    if (!isConflict(error)) throw error;
    log.debug({ errno: conflictNumber(error), attempt }, 'a conflict between transactions');
    if (attempt >= MAX_TRIES) throw error;
    await pause(pauseAfter(attempt));
    return retried(work, pause, attempt + 1);
  });
}

/** Between one and two times a length that doubles with each try, in milliseconds. */
function pauseAfter(attempt: number): number {
  const length = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return length + Number(process.hrtime.bigint() % BigInt(length));
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
