import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { EventService, type Trail } from '../event/index.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import { MailService } from '../mail/index.js';
import type { Store } from '../store/index.js';
import type { Customer } from './customer.entity.js';

/** What there is to tell of a new customer. */
interface Registered {
  readonly store: Store;
  readonly email: EmailAddress;
  /** Whether the owner is greeted by mail. */
  readonly welcome?: boolean;
  readonly trail: Trail;
}

/** Tells of new customers: the audit trail, and the owner where the API's vendor does so. */
@Injectable()
export class RegistrationNotice {
  constructor(
    private readonly events: EventService,
    private readonly limits: LimitService,
    private readonly mail: MailService,
  ) {}

  async tell({ store, trail, welcome }: Registered, customer: Customer, tx: EntityManager): Promise<void> {
    await this.events.record({ type: 'customer_created', trail, storeId: store.id, customerId: customer.id }, tx);
    if (!welcome) return;
    const data = { firstName: customer.firstName ?? '' };
    await this.mail.enqueue({ kind: 'welcome', store, customerId: customer.id, to: customer.email, data }, tx);
  }

  /**
   * Counts the greeting among the mails that an address gets at strangers' wish (SEC-73); after the commit, or every
   * try to register somebody else's address would use up that one's mails.
   */
  async count({ store, email, welcome }: Registered): Promise<void> {
    if (!welcome) return;
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: email.key }));
    await this.limits.count(store.realm, uses);
  }
}
