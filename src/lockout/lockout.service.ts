import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import type { LockoutPolicy } from '../store/index.js';
import { isLocked } from './lockout.policy.js';
import { LockoutRepository, type Account, type Stamp } from './lockout.repository.js';
import type { SignInState } from './sign-in-state.js';

/** A row id that no customer has: statements with it cost as much and change nothing. */
const NOBODY = 0;

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

/** Locks an account after too many wrong passwords, whichever way they were tried (SEC-40 to SEC-43). */
@Injectable()
export class LockoutService {
  constructor(
    private readonly database: Database,
    private readonly locks: LockoutRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs a password check and counts its failure, in a transaction of its own, so that the refusal cannot undo it.
   * The check runs in any case. A right password of a locked account passes here; `pass` refuses it.
   *
   * @throws DomainError PASSWORD_WRONG, or ACCOUNT_LOCKED when the account is locked afterwards
   */
  async attempt(attempt: Attempt, check: () => Promise<boolean>): Promise<void> {
    if (!(await check())) await this.refuse(attempt);
  }

  /**
   * Lets a right password in and clears the counter, if the row says at this very moment that the account is open and
   * has the password that was compared. Of parallel guesses none that ends after the lock has struck learns anything
   * (SEC-40, SEC-41), and an old password that was compared while a reset set another is wrong (SEC-26, SEC-52).
   */
  async pass(account: Account, stamp: Stamp, tx: EntityManager): Promise<boolean> {
    return this.locks.clearIfOpen(tx, account, this.clock.now(), stamp);
  }

  /** As `pass`, of several sign-ins at the same time; answers the ids of those let in. @throws RowHeld rather than wait for one */
  passAll(accounts: readonly Account[], tx: EntityManager): Promise<ReadonlySet<number>> {
    return this.locks.clearAllIfOpen(tx, accounts, this.clock.now());
  }

  /**
   * What a right password gets that `pass` has refused: the same work and words as a wrong one.
   * @throws DomainError PASSWORD_WRONG or ACCOUNT_LOCKED, always
   */
  async refuse(attempt: Attempt): Promise<never> {
    const until = await this.countFailure(attempt);
    throw until ? new DomainError('ACCOUNT_LOCKED', { until }) : new DomainError('PASSWORD_WRONG');
  }

  isLockedNow(state: SignInState): boolean {
    return isLocked(state, this.clock.now());
  }

  /** Opens the account and clears its counter: after a finished reset, or by staff. */
  async lift(customerId: number, tx: EntityManager): Promise<void> {
    await this.locks.lift(tx, customerId);
  }

  /** The end of the lock that holds after this failure, or null. */
  private countFailure({ customerId, emailKey, storeId, policy, trail }: Attempt): Promise<Date | null> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const until = await this.locks.countFailure(tx, customerId ?? NOBODY, policy, at);
      const locked = until !== null && until > at;
      const event = { type: locked ? 'login_locked' : 'login_failed', customerId, storeId, trail } as const;
      const name = emailKey === undefined ? {} : { data: { account: this.events.pseudonym(emailKey) } };
      await this.events.record({ ...event, ...name }, tx);
      return locked ? until : null;
    });
  }
}
