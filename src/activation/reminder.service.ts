import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { CustomerService, isOpen, mayActivate } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import { ActivationIssuer } from './activation-issuer.js';
import type { ReminderOrder, ReminderResult } from './activation.orders.js';
import { activationLifetime } from './activation.policy.js';

/** Somebody wants an account at an address whose record has none yet: its owner is shown the way. */
@Injectable()
export class ReminderService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly issuer: ActivationIssuer,
    private readonly limits: LimitService,
    private readonly events: EventService,
  ) {}

  /** Mails a link to the owner; nothing else about the record changes, for anybody may ask (SEC-32). */
  async remind({ store, email, trail }: ReminderOrder): Promise<ReminderResult> {
    const found = await this.customers.findByEmail(store, email);
    if (!found || isOpen(found)) return 'open';
    if (!mayActivate(found)) return 'closed';
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: email.key }));
    if ((await this.limits.take(store.realm, uses)) !== null) {
      const event = { type: 'activation_suppressed', trail, storeId: store.id, customerId: found.id } as const;
      await this.database.transaction((tx) => this.events.record(event, tx));
      return 'suppressed';
    }
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findHeldById(found.id, tx);
      if (!customer || !mayActivate(customer)) return 'open';
      const lifetime = activationLifetime(store, 'stranger');
      await this.issuer.mailLink({ customer, store, lifetime, event: 'activation_requested', trail }, tx);
      return 'mailed';
    });
  }
}
