import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '#lib/password-hash';
import { refuseWhenFull, unlessBusy } from '../common/busy.js';
import type { Trail } from '../event/index.js';
import { LockoutService, type Attempt, type Stamp } from '../lockout/index.js';
import type { Store } from '../store/index.js';
import { Customer } from './customer.entity.js';
import { MeetingPoint } from './meeting-point.js';
import { PasswordPolicy } from './password.policy.js';

/** A password given for an account, or for an account that does not exist. */
export interface GivenPassword {
  /** With its password hash, freshly read. */
  readonly customer: Customer | null;
  /** The key of the address that it was given with, if it was. */
  readonly emailKey?: string;
  readonly password: string;
  readonly store: Store;
  readonly trail: Trail;
}

/** So many passwords at most that were compared go on together; one transaction lets in as many. */
export const MEET_AT_MOST = 16;

/** The one place where a password is compared: every path that takes one shares the account's lock (SEC-42). */
@Injectable()
export class PasswordCheck {
  /** Right and wrong ones wait here alike, so that the time tells nothing of them (SEC-39, SEC-41). */
  private readonly compared = new MeetingPoint(MEET_AT_MOST, () => this.isCrowded());

  constructor(
    private readonly lockout: LockoutService,
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
  ) {}

  /** For who is a stranger yet: under a flood of guesses nobody's turn costs the database anything. @throws DomainError BUSY */
  refuseWhenBusy(): void {
    refuseWhenFull(this.hasher);
  }

  /**
   * Compares, with the same work in every case, and counts a failure. A right password of an account that was locked
   * when its row was read is refused here, before anything else is told (SEC-41); of one that was locked since, by `admit`.
   * While others wait to be compared it returns together with them, so that what follows is done for all of them at once.
   *
   * @throws DomainError PASSWORD_WRONG (also without customer), ACCOUNT_LOCKED, BUSY
   */
  async verify(given: GivenPassword): Promise<void> {
    const { customer, password } = given;
    const stored = this.policy.isPossible(password) ? (customer?.passwordHash ?? null) : null;
    await this.lockout.attempt(attemptOf(given), async () => {
      const fits = await unlessBusy(() => this.hasher.verify(stored, password));
      await this.compared.meet();
      return fits && customer !== null && !this.lockout.isLockedNow(customer.signIn);
    });
  }

  /**
   * Inside the transaction that acts on a right password: false when the account is locked or closed at this moment
   * (SEC-41), or has another password than the one that was compared (SEC-52).
   */
  admit(customer: Customer, stamp: Stamp, tx: EntityManager): Promise<boolean> {
    return this.lockout.pass(customer, stamp, tx);
  }

  /** As `admit`, of several sign-ins at the same time; answers the ids of those let in. @throws RowHeld rather than wait for one */
  admitAll(customers: readonly Customer[], tx: EntityManager): Promise<ReadonlySet<number>> {
    return this.lockout.passAll(customers, tx);
  }

  /** The refusal of a right password that was not admitted. @throws DomainError PASSWORD_WRONG or ACCOUNT_LOCKED, always */
  refuse(given: GivenPassword): Promise<never> {
    return this.lockout.refuse(attemptOf(given));
  }

  /** A hash of our own kind and today's strength where the stored one is another, else null (SEC-19). */
  async upgraded({ customer, password }: GivenPassword): Promise<string | null> {
    const stored = customer?.passwordHash ?? null;
    if (stored === null || !this.hasher.isOutdated(stored)) return null;
    return unlessBusy(() => this.hasher.hash(password));
  }

  /** Stores what `upgraded` made, in the place of the very hash that was compared and of no other. */
  async upgrade({ id, passwordHash }: Customer, upgraded: string, tx: EntityManager): Promise<void> {
    if (passwordHash !== null) await tx.update(Customer, { id, passwordHash }, { passwordHash: upgraded });
  }

  /** Whether as many wait for the hasher as it works for, so that somebody else is done soon. */
  private isCrowded(): boolean {
    const { running, waiting } = this.hasher.load;
    return waiting > 0 && waiting >= running;
  }
}

function attemptOf({ customer, emailKey, store, trail }: GivenPassword): Attempt {
  const name = emailKey === undefined ? {} : { emailKey };
  return { customerId: customer?.id ?? null, ...name, storeId: store.id, policy: store.realm.policy.lockout, trail };
}
