import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import { LimitService, LockoutService } from '../lockout/index.js';
import { StoreDirectory } from '../store/index.js';
import { Customer } from './customer.entity.js';

/** Opens locked accounts: for staff, and for owners who came back by mail. */
@Injectable()
export class UnlockService {
  constructor(
    private readonly database: Database,
    private readonly lockout: LockoutService,
    private readonly limits: LimitService,
    private readonly events: EventService,
    private readonly stores: StoreDirectory,
  ) {}

  /** Lifts the lock and the limit on the name; unlocking an open account changes nothing. @throws DomainError CUSTOMER_NOT_FOUND */
  async unlock(number: number, trail: Trail): Promise<void> {
    const customer = await this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(Customer, { number });
      if (!found) throw new DomainError('CUSTOMER_NOT_FOUND');
      await this.lockout.lift(found.id, tx);
      await this.events.record({ type: 'customer_unlocked', trail, storeId: null, customerId: found.id }, tx);
      return found;
    });
    await this.forgetFailures(customer);
  }

  /**
   * What a mail that arrived proves: the account is open again and the address is the owner's (SEC-38). What the row says
   * already, which the caller holds, is not written.
   */
  async recover({ id, emailConfirmed, signIn }: Customer, tx: EntityManager): Promise<void> {
    if (signIn.failedSignIns > 0 || signIn.lockedUntil) await this.lockout.lift(id, tx);
    if (!emailConfirmed) await this.database.update(tx, Customer, { id }, { emailConfirmed: true });
  }

  /** What an activation ends in: an account that is open, at an address that is the owner's. */
  async enable(customer: Customer, tx: EntityManager): Promise<void> {
    await this.recover(customer, tx);
    await tx.update(Customer, { id: customer.id }, { state: 'enabled' });
  }

  /** Clears the failures counted for the account's name; after the commit that opened the account. */
  async forgetFailures({ storeId, emailKey }: Customer): Promise<void> {
    const { realm } = this.stores.getById(storeId);
    await this.limits.forget(realm, [{ limit: 'signInName', by: emailKey.toString() }]);
  }
}
