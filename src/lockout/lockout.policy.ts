import type { LockoutPolicy } from '../store/index.js';
import type { SignInState } from './sign-in-state.js';

/** The end of a lock that only a finished reset or an administrator lifts. */
export const NEVER = new Date('9999-12-31T00:00:00.000Z');

const MINUTE_MS = 60_000;

/** At `failures` wrong passwords in a row the account is locked until `until`. */
export interface Strike {
  readonly failures: number;
  readonly until: Date;
}

/** The locks that differ in length; every later multiple of `attempts` lasts as long as the last of them. */
export function strikes(policy: LockoutPolicy, at: Date): readonly [Strike, ...Strike[]] {
  const minutes = Math.min(policy.minutes, policy.maxMinutes);
  const list: [Strike, ...Strike[]] = [{ failures: policy.attempts, until: later(at, minutes) }];
  for (let lasts = minutes * 2, count = 2; lasts / 2 < policy.maxMinutes; lasts *= 2, count += 1) {
    list.push({ failures: policy.attempts * count, until: later(at, Math.min(lasts, policy.maxMinutes)) });
  }
  return list;
}

export function isLocked(state: SignInState, at: Date): boolean {
  return state.lockedUntil !== null && state.lockedUntil > at;
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS);
}
