import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { ConfirmationIssuer, CustomerService, isOpen } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import type { ResendOrder, ResendResult } from './email-confirmation.orders.js';

/** Mails the link of an account that waits for its confirmation once more. */
@Injectable()
export class ConfirmationResendService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly issuer: ConfirmationIssuer,
    private readonly limits: LimitService,
    private readonly events: EventService,
  ) {}

  /**
   * Voids the link before and mails a new one; the account itself does not change. Known or unknown, the work is the
   * same (SEC-39).
   *
   * @throws DomainError LIMIT_REACHED over the network's limit
   */
  async resend(order: ResendOrder): Promise<ResendResult> {
    await this.refuseNetwork(order);
    const { store, email } = order;
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: email.key }));
    if ((await this.limits.take(store.realm, uses)) !== null) return this.suppress(order);
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findHeld(store, email, tx);
      if (customer && isOpen(customer) && !customer.emailConfirmed) {
        await this.issuer.mailLink(customer, order, tx);
        return 'mailed';
      }
      await this.issuer.mailDecoy(email, order, tx);
      return customer ? 'settled' : 'unknown';
    });
  }

  /** Whoever asks for mails to strangers is counted by network, whatever the mail is about. */
  private async refuseNetwork({ store, trail, machine }: ResendOrder): Promise<void> {
    if (machine) return;
    const retryAfterSeconds = await this.limits.take(store.realm, [{ limit: 'resetNetwork', by: trail.network }]);
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
  }

  private async suppress({ store, email, trail }: ResendOrder): Promise<ResendResult> {
    const event = { type: 'email_confirmation_suppressed', trail, storeId: store.id, customerId: null } as const;
    const data = { account: this.events.pseudonym(email.key) };
    await this.database.transaction((tx) => this.events.record({ ...event, data }, tx));
    return 'suppressed';
  }
}
