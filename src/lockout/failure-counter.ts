import { Injectable } from '@nestjs/common';
import { Batcher } from '../common/batcher.js';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { EventService, type EventRecord, type EventType, type Trail } from '../event/index.js';
import type { LockoutPolicy } from '../store/index.js';
import { LockoutRepository } from './lockout.repository.js';

/** A row id that no customer has: statements with it cost as much and change nothing. */
const NOBODY = 0;
/** As many as are compared together, see `PasswordCheck`. */
const LARGEST = 16;
/** Nobody's failures wait for others', so that a right password that was compared with them cannot overtake them. */
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
    });
  }

  /** Counts one, and returns when that is committed. The end of the lock that holds after it, or null. */
  count(attempt: Attempt): Promise<Date | null> {
    return this.failures.add(attempt);
  }

  private countAll(attempts: readonly Attempt[]): Promise<readonly (Date | null)[]> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      if (attempts.length > 1) await this.locks.holdNow(tx, attempts.map(idOf));
      const locks = new Map<Attempt, Date>();
      for (const { policy, round } of roundsOf(attempts)) {
        const until = await this.locks.countFailures(tx, round.map(idOf), policy, at);
        for (const attempt of round) {
          const end = until.get(idOf(attempt));
          if (end) locks.set(attempt, end);
        }
      }
      const failed = attempts.filter((attempt) => !locks.has(attempt));
      const locked = attempts.filter((attempt) => locks.has(attempt));
      await this.events.recordAll(this.eventsOf('login_failed', failed), tx);
      await this.events.recordAll(this.eventsOf('login_locked', locked), tx);
      return attempts.map((attempt) => locks.get(attempt) ?? null);
    });
  }

  private eventsOf(type: EventType, attempts: readonly Attempt[]): EventRecord[] {
    return attempts.map(({ customerId, emailKey, storeId, trail }) => {
      const name = emailKey === undefined ? {} : { data: { account: this.events.pseudonym(emailKey) } };
      return { type, customerId, storeId, trail, ...name };
    });
  }
}

function idOf({ customerId }: Attempt): number {
  return customerId ?? NOBODY;
}

/** What one statement counts: attempts under the same policy, each at another account. */
interface Round {
  readonly policy: LockoutPolicy;
  readonly round: Attempt[];
}

/** Who guesses several times at one name has as many rounds whether it is anybody's or not (SEC-39). */
function roundsOf(attempts: readonly Attempt[]): Iterable<Round> {
  const times = new Map<string, number>();
  const rounds = new Map<string, Round>();
  for (const attempt of attempts) {
    const { customerId, emailKey, policy } = attempt;
    const account = customerId === null ? `name ${emailKey ?? ''}` : `id ${customerId}`;
    const time = (times.get(account) ?? 0) + 1;
    times.set(account, time);
    const key = `${time} ${JSON.stringify(policy)}`;
    const known = rounds.get(key);
    if (known) known.round.push(attempt);
    else rounds.set(key, { policy, round: [attempt] });
  }
  return rounds.values();
}
