import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { Customer } from './customer.entity.js';
import { CustomerRepository, type Session } from './customer.repository.js';
import { EmailChange } from './email-change.js';
import { PasswordCheck } from './password-check.js';
import { ProfileService } from './profile.service.js';
import type { Profile } from './registration.service.js';
import { orTaken } from './taken.js';

/** The address that a customer wants, and what else is to change with it or not at all. */
export interface WantedEmail {
  readonly email: EmailAddress;
  readonly changes?: Profile;
}

/** A customer who is signed in wants another address, at once. */
export interface ChangeEmailOrder {
  readonly session: Session;
  readonly currentPassword: string;
  /** Reads the wish once the password has proved right: a stranger does not learn first what is wrong with it. */
  readonly wanted: () => WantedEmail;
  readonly store: Store;
  readonly trail: Trail;
}

/** Changes of an address by a customer who proves who it is. */
@Injectable()
export class EmailService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordCheck,
    private readonly profiles: ProfileService,
    private readonly change: EmailChange,
  ) {}

  /**
   * Sets another address after the current password was given (SEC-78), which counts for the account's lock (SEC-42).
   * Every token but the presented one dies, links mailed before are void, and both addresses are told. Another spelling
   * of the same address only changes how it is shown.
   *
   * @throws DomainError PASSWORD_WRONG, ACCOUNT_LOCKED, BUSY; EMAIL_TAKEN, IDENTIFIER_TAKEN; whatever `wanted` throws
   */
  async changeEmail(order: ChangeEmailOrder): Promise<Customer> {
    const { session, currentPassword, store, trail } = order;
    const customer = await this.customers.findForReauthentication(session.customer.id);
    const given = { customer, password: currentPassword, store, trail };
    await this.passwords.verify(given);
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    const wanted = order.wanted();
    try {
      const changed = await this.database.transaction(async (tx) =>
        (await this.passwords.admit(customer, 'none', tx)) ? this.apply(order, wanted, tx) : null,
      );
      return changed ?? (await this.passwords.refuse(given));
    } catch (error) {
      throw orTaken(error);
    }
  }

  private async apply(
    { session, store, trail }: ChangeEmailOrder,
    { email, changes = {} }: WantedEmail,
    tx: EntityManager,
  ): Promise<Customer> {
    const held =
      Object.keys(changes).length > 0
        ? await this.profiles.updateWithin({ customer: session.customer, changes, store, trail }, tx)
        : await this.customers.findLocked(tx, { id: session.customer.id });
    if (!held) throw new DomainError('CUSTOMER_NOT_FOUND');
    return this.change.apply({ customer: held, email, keepTokenId: session.token.id, store, trail }, tx);
  }
}
