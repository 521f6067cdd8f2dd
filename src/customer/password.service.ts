import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository, type Session } from './customer.repository.js';
import { PasswordCheck } from './password-check.js';
import { PasswordChange, type NewPassword } from './password-change.js';
import { PasswordMaker } from './password-maker.js';
import type { PasswordRules } from './password.policy.js';

/** A customer who is signed in wants another password. */
export interface ChangePasswordOrder {
  readonly session: Session;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly rules: PasswordRules;
  readonly store: Store;
  readonly trail: Trail;
}

/** A password hash that was made elsewhere is to be a customer's. */
export interface AdoptHashOrder {
  readonly customer: Customer;
  readonly hash: string;
  readonly store: Store;
  readonly trail: Trail;
}

/** Changes of a password. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordCheck,
    private readonly change: PasswordChange,
    private readonly maker: PasswordMaker,
  ) {}

  /**
   * Sets a new password after the current one was given. Every token but the presented one dies, links mailed before
   * are void, and the owner is told by mail.
   *
   * @throws DomainError PASSWORD_WRONG, ACCOUNT_LOCKED, PASSWORD_…, BUSY
   */
  async changePassword(order: ChangePasswordOrder): Promise<Customer> {
    const { session, currentPassword, newPassword, rules, store, trail } = order;
    const customer = await this.customers.findForReauthentication(session.customer.id);
    const given = { customer, password: currentPassword, store, trail };
    await this.passwords.verify(given);
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    const hash = await this.hashOf(newPassword, rules, customer);

    const changed = await this.database.transaction(async (tx) => {
      if (!(await this.passwords.admit(customer, 'none', tx))) return null;
      return this.change.apply(
        { customer, hash, reason: 'password-changed', keepTokenId: session.token.id, store, trail },
        tx,
      );
    });
    return changed ?? this.passwords.refuse(given);
  }

  /**
   * Gives a customer a hash that was made elsewhere, with all that follows from a new password. For staff and
   * integrations alone: whoever knows the password of the hash signs in with it (SEC-34).
   *
   * @throws DomainError PASSWORD_HASH_REFUSED, CUSTOMER_NOT_FOUND
   */
  async adoptHash({ customer: { id }, hash: foreign, store, trail }: AdoptHashOrder): Promise<Customer> {
    const hash = this.maker.adopt(foreign);
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findLocked(tx, { id });
      if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
      return this.change.apply({ customer, hash, reason: 'password-changed', store, trail }, tx);
    });
  }

  /** The hash of a password that the policy accepts; made before a transaction opens. @throws DomainError PASSWORD_…, BUSY */
  hashOf(password: string, rules: PasswordRules, customer: Customer): Promise<string> {
    return this.maker.hashOf(password, rules, customer);
  }

  /** Stores a hash that `hashOf` made, with all that follows from it. */
  set(password: NewPassword, tx: EntityManager): Promise<Customer> {
    return this.change.apply(password, tx);
  }
}
