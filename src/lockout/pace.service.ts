import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Limit } from '../store/index.js';

/** Uses that came close together count as one step, which leaves the window as a whole with its last use. */
interface Step {
  readonly beganAt: number;
  lastAt: number;
  uses: number;
}

/** What is left of a window after a use. */
export interface Pace {
  readonly limit: Limit;
  /** Below zero: too many. */
  readonly left: number;
  /** Until the window has room again; where it has some, until the oldest use leaves it. */
  readonly seconds: number;
}

/** Callers that are remembered; beyond that those are forgotten that have been quiet the longest. */
const MAX_CALLERS = 10_000;
/** Bounds what is kept of a caller, whatever the limit. */
const STEPS = 30;

/**
 * Limits on requests of whatever kind, over a sliding window: no stretch of its length holds more uses than the limit.
 * What was refused does not count, so that waiting always helps. Kept by each instance for itself: they guard capacity,
 * no secret (SEC-46).
 */
@Injectable()
export class PaceService {
  private readonly windows = new Map<string, Step[]>();

  constructor(private readonly clock: Clock) {}

  /** Counts a request of whoever `by` names. */
  take(by: string, limit: Limit): Pace {
    const now = this.clock.now().getTime();
    const length = limit.seconds * 1000;
    const steps = this.stepsOf(by, now - length);
    const left = limit.max - usesIn(steps) - 1;
    if (left >= 0) add(steps, now, length / STEPS);
    const [oldest] = steps;
    const leavesAt = (oldest?.lastAt ?? now) + length;
    return { limit, left: Math.max(left, -1), seconds: Math.ceil((leavesAt - now) / 1000) };
  }

  private stepsOf(by: string, since: number): Step[] {
    const kept = (this.windows.get(by) ?? []).filter(({ lastAt }) => lastAt > since);
    this.windows.delete(by); // who asks goes to the end, so that the first has been quiet the longest
    const [quietest] = this.windows.size >= MAX_CALLERS ? this.windows.keys() : [];
    if (quietest !== undefined) this.windows.delete(quietest);
    this.windows.set(by, kept);
    return kept;
  }
}

function usesIn(steps: readonly Step[]): number {
  return steps.reduce((sum, { uses }) => sum + uses, 0);
}

function add(steps: Step[], now: number, stepLength: number): void {
  const newest = steps.at(-1);
  if (newest && now - newest.beganAt < stepLength) {
    newest.lastAt = Math.max(newest.lastAt, now);
    newest.uses += 1;
  } else {
    steps.push({ beganAt: now, lastAt: now, uses: 1 });
  }
}
