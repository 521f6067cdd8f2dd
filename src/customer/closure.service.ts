import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import { TokenService } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';

const STAFF = 'staff';

/** Staff lock customers out, and let them in again: nothing else does (SEC-81). */
@Injectable()
export class ClosureService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Every token dies (SEC-51), and every link that was mailed is void for good, as the account's version moves on
   * (SEC-29). Closing a closed account changes nothing.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND
   */
  disable({ id }: Customer, trail: Trail): Promise<void> {
    return this.held(id, async (customer, tx) => {
      if (customer.disabledBy === STAFF) return;
      const passwordVersion = customer.passwordVersion + 1;
      await tx.update(Customer, { id }, { disabledBy: STAFF, passwordVersion, updatedAt: this.clock.now() });
      await this.tokens.revokeAll(id, 'disabled', tx);
      await this.events.record({ type: 'customer_disabled', trail, storeId: customer.storeId, customerId: id }, tx);
    });
  }

  /** The account is what it was before it was closed. @throws DomainError CUSTOMER_NOT_FOUND */
  enable({ id }: Customer, trail: Trail): Promise<void> {
    return this.held(id, async (customer, tx) => {
      if (customer.disabledBy === null) return;
      await tx.update(Customer, { id }, { disabledBy: null, updatedAt: this.clock.now() });
      await this.events.record({ type: 'customer_enabled', trail, storeId: customer.storeId, customerId: id }, tx);
    });
  }

  private held(id: number, change: (customer: Customer, tx: EntityManager) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findLocked(tx, { id });
      if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
      await change(customer, tx);
    });
  }
}
