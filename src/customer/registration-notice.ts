import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { EventService, type Trail } from '../event/index.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import { MailService } from '../mail/index.js';
import type { Dialect, Store } from '../store/index.js';
import { ChangeNotice } from './change-notice.js';
import { ConfirmationIssuer, type ConfirmationMeans } from './confirmation-issuer.js';
import type { Customer } from './customer.entity.js';

/** What there is to tell of a new customer. */
interface Registered {
  readonly store: Store;
  readonly email: EmailAddress;
  /** Whether the owner is greeted by mail. */
  readonly welcome?: boolean;
  /** Whether the owner is asked by mail to confirm the address, by a link of that dialect's form. */
  readonly confirmThrough?: Dialect;
  readonly confirmBy?: ConfirmationMeans;
  readonly trail: Trail;
}

/** The new customer with what it has from the start. */
interface NewCustomer {
  readonly customer: Customer;
  readonly hasPassword: boolean;
  /** Public numbers of its addresses. */
  readonly addresses: readonly number[];
}

/** Tells of new customers: the audit trail, and the owner where the API's vendor does so. */
@Injectable()
export class RegistrationNotice {
  constructor(
    private readonly events: EventService,
    private readonly limits: LimitService,
    private readonly mail: MailService,
    private readonly confirmations: ConfirmationIssuer,
    private readonly changes: ChangeNotice,
  ) {}

  async tell(registered: Registered, created: NewCustomer, tx: EntityManager): Promise<void> {
    const { store, trail, welcome, confirmThrough: origin, confirmBy } = registered;
    const { customer } = created;
    await this.record(registered, created, tx);
    if (origin && confirmBy === 'code') await this.confirmations.mailCode(customer, { store, origin, trail }, tx);
    else if (origin) await this.confirmations.mailLink(customer, { store, origin, trail }, tx);
    if (!welcome) return;
    const data = { firstName: customer.firstName ?? '' };
    await this.mail.enqueue({ kind: 'welcome', store, customerId: customer.id, to: customer.email, data }, tx);
  }

  private async record(
    { store, trail }: Registered,
    { customer, hasPassword, addresses }: NewCustomer,
    tx: EntityManager,
  ): Promise<void> {
    const { id: customerId, number: subject } = customer;
    const event = { trail, storeId: store.id, customerId };
    await this.events.record({ ...event, type: 'customer_created', subject }, tx);
    if (hasPassword) await this.events.record({ ...event, type: 'password_created', subject }, tx);
    await this.changes.tellTags({ before: null, after: customer }, { store, trail }, tx);
    for (const address of addresses) {
      await this.events.record({ ...event, type: 'address_created', subject: address }, tx);
    }
  }

  /**
   * Counts the mail among the mails that an address gets at strangers' wish (SEC-73); after the commit, or every
   * try to register somebody else's address would use up that one's mails.
   */
  async count({ store, email, welcome, confirmThrough }: Registered): Promise<void> {
    if (!welcome && !confirmThrough) return;
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: email.key }));
    await this.limits.note(store.realm, uses);
  }
}
