import { Injectable } from '@nestjs/common';
import { digestOf } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { DomainError, isDomainError } from '../common/domain-error.js';
import { throttled } from '../common/metrics.js';
import { limitOf, type Limit, type LimitName, type Realm } from '../store/index.js';
import { CounterStore, type Count, type RunningCount } from './counter-store.js';

/** Mails an address may get, counted over everything that mails at a stranger's wish (SEC-73). */
export const MAIL_LIMITS: readonly LimitName[] = ['mailHour', 'mailDay'];

/** What is counted: a limit's name and whom it is about; `over` replaces the realm's numbers. */
export interface Use {
  readonly limit: LimitName;
  /** A network, an `email_key` or a credential; null: nothing to count by (SEC-45). */
  readonly by: string | null;
  readonly over?: Limit;
}

interface Counted {
  readonly name: LimitName;
  readonly digest: Buffer;
  readonly limit: Limit;
}

/** A running window: how many uses are left (below zero: exceeded) and when it ends. */
interface Window {
  readonly name: LimitName | null;
  readonly left: number;
  readonly seconds: number;
}

/**
 * Limits on how often something may be done, counted alike for accounts that exist and that do not (SEC-44 to 46).
 * Whatever is limited is refused while the store of the counters is down: all but `note` and `forget`, which come after
 * the deed, throw DomainError BUSY then.
 */
@Injectable()
export class LimitService {
  constructor(
    private readonly counters: CounterStore,
    private readonly clock: Clock,
  ) {}

  /** Counts uses and tells for how many seconds a limit is exceeded now; null: none is. */
  async take(realm: Realm, uses: readonly Use[]): Promise<number | null> {
    const counted = countedIn(realm, uses);
    if (counted.length === 0) return null;
    return waitFor((await this.add(counted)).filter(({ left }) => left < 0));
  }

  /** Counts failures; what they lead to is told by `refuseReached`. */
  async count(realm: Realm, uses: readonly Use[]): Promise<void> {
    const counted = countedIn(realm, uses);
    if (counted.length > 0) await this.counters.count(this.countsOf(counted), this.clock.now());
  }

  /**
   * Refuses, without counting, when as many failures were counted as are allowed; else tells whether there were any.
   * @throws DomainError LIMIT_REACHED
   */
  async refuseReached(realm: Realm, uses: readonly Use[]): Promise<boolean> {
    const counted = countedIn(realm, uses);
    if (counted.length === 0) return false;
    const running = await this.running(counted);
    const retryAfterSeconds = waitFor(running.filter(({ left }) => left <= 0));
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
    return running.length > 0;
  }

  /** Counts what has been done and cannot be refused any more; while the store is down it stays uncounted. */
  async note(realm: Realm, uses: readonly Use[]): Promise<void> {
    await unlessDown(this.count(realm, uses));
  }

  /** Whether limits can be counted now; for the readiness probe. */
  answers(): Promise<boolean> {
    return this.counters.answers();
  }

  /** Forgets what was counted of limits that are on: after a success that proves the owner. While the store is down the window ends by itself. */
  async forget(realm: Realm, uses: readonly Use[]): Promise<void> {
    const digests = countedIn(realm, uses).map(({ digest }) => digest);
    if (digests.length > 0) await unlessDown(this.counters.remove(digests));
  }

  /** The windows right after these uses. */
  private async add(counted: readonly Counted[]): Promise<Window[]> {
    const at = this.clock.now();
    return windowsOf(counted, await this.counters.add(this.countsOf(counted), at), at);
  }

  private countsOf(counted: readonly Counted[]): Count[] {
    return counted.map(({ digest, limit }) => ({ digest, endsAt: this.clock.after(limit.seconds) }));
  }

  /** The windows that run now. */
  private async running(counted: readonly Counted[]): Promise<Window[]> {
    const at = this.clock.now();
    const digests = counted.map(({ digest }) => digest);
    return windowsOf(counted, await this.counters.find(digests, at), at);
  }
}

function windowsOf(counted: readonly Counted[], rows: readonly RunningCount[], at: Date): Window[] {
  return rows.map(({ digest, uses, endsAt }) => {
    const of = counted.find((one) => one.digest.equals(digest));
    const max = of?.limit.max ?? Infinity;
    return { name: of?.name ?? null, left: max - uses, seconds: Math.ceil((endsAt.getTime() - at.getTime()) / 1000) };
  });
}

/** Lets the store of the counters be down where the answer no longer depends on it. */
async function unlessDown(counted: Promise<void>): Promise<void> {
  try {
    await counted;
  } catch (error) {
    if (!isDomainError(error) || !error.is('BUSY')) throw error;
  }
}

/** How long those who are over limits have to wait, who are counted by the limits' names; null: nobody. */
function waitFor(windows: readonly Window[]): number | null {
  for (const { name } of windows) if (name) throttled.add(name);
  return windows.length > 0 ? Math.max(...windows.map(({ seconds }) => seconds)) : null;
}

function countedIn(realm: Realm, uses: readonly Use[]): Counted[] {
  return uses.flatMap((use) => {
    const configured = limitOf(realm.policy, use.limit);
    const digest = configured && digestFor(realm, use);
    return digest ? [{ name: use.limit, digest, limit: use.over ?? configured }] : [];
  });
}

function digestFor(realm: Realm, { limit, by }: Use): Buffer | null {
  return by === null ? null : digestOf(`limit ${limit} ${realm.id}`, by);
}
