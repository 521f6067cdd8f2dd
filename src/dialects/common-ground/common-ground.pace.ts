import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { limitOf, type Realm } from '../../store/index.js';

interface Window {
  readonly endsAt: number;
  uses: number;
}

/** Networks that are remembered; beyond that the oldest windows are forgotten. */
const MAX_NETWORKS = 10_000;

/** The vendor's limit on requests of a network, of whatever kind. Kept by each instance for itself (SEC-46). */
@Injectable()
export class CommonGroundPace {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** Counts a request. @throws DomainError LIMIT_REACHED */
  take({ id, policy }: Realm, network: string | null): void {
    const limit = limitOf(policy, 'requestNetwork');
    if (!limit || network === null) return;
    const now = this.clock.now().getTime();
    const window = this.windowOf(`${id} ${network}`, now, limit.seconds);
    window.uses += 1;
    if (window.uses <= limit.max) return;
    throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: Math.ceil((window.endsAt - now) / 1000) });
  }

  private windowOf(key: string, now: number, seconds: number): Window {
    const running = this.windows.get(key);
    if (running && running.endsAt > now) return running;
    this.windows.delete(key); // a new window goes to the end, so that the first is the oldest
    const [oldest] = this.windows.size >= MAX_NETWORKS ? this.windows.keys() : [];
    if (oldest !== undefined) this.windows.delete(oldest);
    const window = { endsAt: now + seconds * 1000, uses: 0 };
    this.windows.set(key, window);
    return window;
  }
}
