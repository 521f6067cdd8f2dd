import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { TokenService, type IssuedToken, type TokenTerms } from '../token/index.js';
import type { Customer } from './customer.entity.js';
import { CustomerRepository, type Session } from './customer.repository.js';
import { refuseClosed } from './refuse-closed.js';

/** Staff sign in as a customer. */
export interface StaffSessionOrder {
  readonly customer: Customer;
  /** Whoever does it, for the audit trail. */
  readonly by: string;
  readonly token: TokenTerms;
  readonly store: Store;
  readonly trail: Trail;
}

/** Where a session begins. */
interface SessionPlace {
  readonly store: Store;
  readonly trail: Trail;
}

/** Starts and ends sessions. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly events: EventService,
  ) {}

  /** Starts a session within the transaction that proved who it is, and holds the customer's row. */
  start(
    { id: customerId }: Customer,
    { store, trail }: SessionPlace,
    order: TokenTerms,
    tx: EntityManager,
  ): Promise<IssuedToken> {
    return this.tokens.issue({ ...order, store, realm: store.realm, trail, customerId }, tx);
  }

  /**
   * Starts a session for staff, who know no password. An account that its owner could not sign in to stays closed.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND, ACCOUNT_DISABLED, EMAIL_UNCONFIRMED
   */
  startByStaff({ customer: { id: customerId }, by, token, store, trail }: StaffSessionOrder): Promise<IssuedToken> {
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findLocked(tx, { id: customerId });
      if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
      refuseClosed(customer);
      const event = { type: 'login_by_staff', trail, storeId: store.id, customerId, data: { by } } as const;
      await this.events.record(event, tx);
      return this.start(customer, { store, trail }, token, tx);
    });
  }

  /** Moves the end of a living session. @throws DomainError TOKEN_REJECTED when it is dead meanwhile (SEC-53) */
  async renew({ token }: Session, lifetime: number): Promise<Date> {
    const expiresAt = await this.database.transaction((tx) => this.tokens.renew(token.id, lifetime, tx));
    if (!expiresAt) throw new DomainError('TOKEN_REJECTED');
    return expiresAt;
  }

  /** Ends one session. @throws DomainError TOKEN_REJECTED when it has ended already */
  async end({ token, customer }: Session, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.tokens.revoke(token.id, 'revoked', tx))) throw new DomainError('TOKEN_REJECTED');
      await this.events.record({ type: 'token_revoked', trail, storeId: token.storeId, customerId: customer.id }, tx);
    });
  }

  /** Every token of the customer dies, of all surfaces; doing it again changes nothing (SEC-54). */
  async endAll({ id: customerId }: Customer, { id: storeId }: Store, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.tokens.revokeAll(customerId, 'revoked', tx);
      await this.events.record({ type: 'token_revoked', trail, storeId, customerId }, tx);
    });
  }
}
