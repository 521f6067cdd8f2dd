import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Limit } from '../store/index.js';

interface Window {
  readonly endsAt: number;
  uses: number;
}

/** What is left of a window after a use. */
export interface Pace {
  readonly limit: Limit;
  /** Below zero: too many. */
  readonly left: number;
  /** Until the window ends. */
  readonly seconds: number;
}

/** Callers that are remembered; beyond that the oldest windows are forgotten. */
const MAX_CALLERS = 10_000;

/** Limits on requests of whatever kind. Kept by each instance for itself: they guard capacity, no secret (SEC-46). */
@Injectable()
export class PaceService {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** Counts a request of whoever `by` names. */
  take(by: string, limit: Limit): Pace {
    const now = this.clock.now().getTime();
    const window = this.windowOf(by, now, limit.seconds);
    window.uses += 1;
    return { limit, left: limit.max - window.uses, seconds: Math.ceil((window.endsAt - now) / 1000) };
  }

  private windowOf(key: string, now: number, seconds: number): Window {
    const running = this.windows.get(key);
    if (running && running.endsAt > now) return running;
    this.windows.delete(key); // a new window goes to the end, so that the first is the oldest
    const [oldest] = this.windows.size >= MAX_CALLERS ? this.windows.keys() : [];
    if (oldest !== undefined) this.windows.delete(oldest);
    const window = { endsAt: now + seconds * 1000, uses: 0 };
    this.windows.set(key, window);
    return window;
  }
}
