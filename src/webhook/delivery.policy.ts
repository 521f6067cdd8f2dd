import { randomInt } from 'node:crypto';

const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 3600;
const JITTER = 0.1;
const MAX_REPETITIONS = 10;

/** After how many failures in a row, repetitions counted, nothing is sent any more. */
export const FAILURES_UNTIL_OPEN = 30;
/** After how many somebody should look. */
export const FAILURES_UNTIL_TOLD = 5;

/** Seconds until the next call (10, 20, 40 … 3600, give or take a tenth), or null after the tenth repetition. */
export function repeatAfter(attempt: number): number | null {
  if (attempt >= MAX_REPETITIONS) return null;
  const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** attempt, LONGEST_PAUSE_SECONDS);
  const spread = Math.round(pause * JITTER);
  return pause - spread + randomInt(2 * spread + 1);
}

/** Any answer of the 200s. */
export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
