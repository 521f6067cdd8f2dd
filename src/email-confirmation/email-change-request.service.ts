import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, type Customer } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { LimitService, MAIL_LIMITS, type Use } from '../lockout/index.js';
import { ChangeLetters } from './change-letters.js';
import type { EmailChangeOrder } from './email-confirmation.orders.js';

/** Starts changes of an address that take effect once it is confirmed. */
@Injectable()
export class EmailChangeRequestService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly letters: ChangeLetters,
    private readonly limits: LimitService,
    private readonly events: EventService,
  ) {}

  /**
   * Mails a link to the new address and a notice to the present one; until the link is opened the account stays as it
   * is. A request before is void. What became of it is told nobody: a taken address looks the same, and its owner is
   * told instead (SEC-76); so do too many mails (SEC-73). The present address is no change.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND
   */
  async request(order: EmailChangeOrder): Promise<void> {
    const { customer, email, store } = order;
    if (customer.emailKey.equals(Buffer.from(email.key))) return;
    const isTooMany = (await this.limits.take(store.realm, mailsOf(order))) !== null;
    const owner = await this.customers.findByEmail(store, email);
    await this.database.transaction(async (tx) => {
      const held = await this.customers.findHeldById(customer.id, tx);
      if (!held) throw new DomainError('CUSTOMER_NOT_FOUND');
      if (!isTooMany) await this.letters.send(order, held, owner, tx);
      await this.record(order, isTooMany, held, tx);
    });
  }

  private record(
    { store, trail }: EmailChangeOrder,
    isTooMany: boolean,
    { id }: Customer,
    tx: EntityManager,
  ): Promise<void> {
    const type = isTooMany ? 'email_change_suppressed' : 'email_change_requested';
    return this.events.record({ type, trail, storeId: store.id, customerId: id }, tx);
  }
}

/** Both addresses get a mail, so both are counted; the present one bounds what one session can ask for. */
function mailsOf({ customer, email }: EmailChangeOrder): readonly Use[] {
  return [email.key, customer.emailKey.toString()].flatMap((by) => MAIL_LIMITS.map((limit) => ({ limit, by })));
}
