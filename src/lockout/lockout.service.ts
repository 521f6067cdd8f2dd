import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { FailureCounter, type Attempt } from './failure-counter.js';
import { isLocked } from './lockout.policy.js';
import { LockoutRepository, type Account, type Stamp } from './lockout.repository.js';
import type { SignInState } from './sign-in-state.js';

/** Locks an account after too many wrong passwords, whichever way they were tried (SEC-40 to SEC-43). */
@Injectable()
export class LockoutService {
  constructor(
    private readonly locks: LockoutRepository,
    private readonly failures: FailureCounter,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs a password check and counts its failure, in a transaction apart, so that the refusal cannot undo it.
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
    const until = await this.failures.count(attempt);
    throw until ? new DomainError('ACCOUNT_LOCKED', { until }) : new DomainError('PASSWORD_WRONG');
  }

  isLockedNow(state: SignInState): boolean {
    return isLocked(state, this.clock.now());
  }

  /** Opens the account and clears its counter: after a finished reset, or by staff. */
  async lift(customerId: number, tx: EntityManager): Promise<void> {
    await this.locks.lift(tx, customerId);
  }
}
