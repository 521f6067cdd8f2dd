import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import { MailService } from '../mail/index.js';
import { OneTimeSecretService } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';

/** Takes away what a module above this one keeps of a customer. */
type Wipe = (customerId: number, tx: EntityManager) => Promise<void>;

/** Ends customers for good (SEC-80). */
@Injectable()
export class RemovalService {
  private readonly wipes: Wipe[] = [];

  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly secrets: OneTimeSecretService,
    private readonly mail: MailService,
    private readonly events: EventService,
  ) {}

  /** For modules above this one; their part of a removal happens in the same transaction. */
  register(wipe: Wipe): void {
    this.wipes.push(wipe);
  }

  /**
   * Deletes the row with all that hangs on it: addresses, sessions, links, mails. The address is free again. What stays
   * is the audit trail, which knows the row's number alone; no later customer gets that number.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND
   */
  async remove({ id }: Customer, { id: storeId }: Store, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      const held = await this.customers.findLocked(tx, { id });
      if (!held) throw new DomainError('CUSTOMER_NOT_FOUND');
      await this.wipe(id, tx);
      await tx.delete(Customer, { id });
      await this.events.record({ type: 'customer_deleted', trail, storeId, customerId: id, subject: held.number }, tx);
    });
  }

  /** Takes away everything that hangs on a customer's row but the row and its addresses; the caller holds the row. */
  async wipe(id: number, tx: EntityManager): Promise<void> {
    await this.tokens.revokeAll(id, 'deleted', tx);
    await this.secrets.removeAll(id, tx);
    await this.mail.removeAll(id, tx);
    for (const wipe of this.wipes) await wipe(id, tx);
  }
}
