import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Batcher } from '../common/batcher.js';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { EventService, type EventRecord, type EventType, type Trail } from '../event/index.js';
import type { LockoutPolicy } from '../store/index.js';
import { LockoutRepository } from './lockout.repository.js';

/** A row id that no customer has: statements with it cost as much and change nothing. */
const NOBODY = 0;
const LARGEST = 16;
/** None of them waits for another one. */
const BATCHES_AT_ONCE = 8;

/** One password check: whose, under which policy, asked from where. */
export interface Attempt {
  /** Null where no account was found; the check then costs the same. */
  readonly customerId: number | null;
  /** The key of the address that was given; the trail keeps its pseudonym, which tells guesses at one name apart (SEC-85). */
  readonly emailKey?: string;
  readonly storeId: number;
  readonly policy: LockoutPolicy;
  readonly trail: Trail;
}

/**
 * Counts wrong passwords. Those that were compared together (see `PasswordCheck.verify`) share one transaction, so that who
 * tries very many takes little from everybody else.
 */
@Injectable()
export class FailureCounter {
  private readonly failures: Batcher<Attempt, Date | null>;

  constructor(
    private readonly database: Database,
    private readonly locks: LockoutRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {
    this.failures = new Batcher({
      run: (attempts) => this.countAll(attempts),
      runAlone: async (attempt) => (await this.countAll([attempt]))[0] ?? null,
      largest: LARGEST,
      atOnce: BATCHES_AT_ONCE,
      keyOf: ({ customerId }) => (customerId === null ? null : String(customerId)),
    });
  }

  /** Counts one, and returns when that is committed. The end of the lock that holds after it, or null. */
  count(attempt: Attempt): Promise<Date | null> {
    return this.failures.add(attempt);
  }

  private countAll(attempts: readonly Attempt[]): Promise<readonly (Date | null)[]> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const locks = await this.lockedAfter(attempts, at, tx);
      const lockOf = ({ customerId }: Attempt): Date | null => locks.get(idOf(customerId)) ?? null;
      const failed = attempts.filter((attempt) => lockOf(attempt) === null);
      const locked = attempts.filter((attempt) => lockOf(attempt) !== null);
      await this.events.recordAll(this.eventsOf('login_failed', failed), tx);
      await this.events.recordAll(this.eventsOf('login_locked', locked), tx);
      return attempts.map(lockOf);
    });
  }

  /** The ends of the locks that hold, by customer; realms that have different policies are counted one after the other. */
  private async lockedAfter(
    attempts: readonly Attempt[],
    at: Date,
    tx: EntityManager,
  ): Promise<ReadonlyMap<number, Date>> {
    const locked = new Map<number, Date>();
    for (const policy of new Set(attempts.map((attempt) => attempt.policy))) {
      const ids = attempts.filter((attempt) => attempt.policy === policy).map(({ customerId }) => idOf(customerId));
      for (const [id, until] of await this.locks.countFailures(tx, ids, policy, at)) locked.set(id, until);
    }
    return locked;
  }

  private eventsOf(type: EventType, attempts: readonly Attempt[]): EventRecord[] {
    return attempts.map(({ customerId, emailKey, storeId, trail }) => {
      const name = emailKey === undefined ? {} : { data: { account: this.events.pseudonym(emailKey) } };
      return { type, customerId, storeId, trail, ...name };
    });
  }
}

function idOf(customerId: number | null): number {
  return customerId ?? NOBODY;
}
