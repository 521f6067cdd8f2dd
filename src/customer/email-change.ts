import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { Clock } from '../common/clock.js';
import { EventService, type Trail } from '../event/index.js';
import { MailService } from '../mail/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { isOpen } from './account-state.service.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';

/** An address that its owner has confirmed. */
interface ProvenEmail {
  /** The caller holds the row. */
  readonly customer: Customer;
  readonly store: Store;
  readonly trail: Trail;
}

/** An address that takes another one's place at once. */
export interface NewEmail {
  /** The caller holds the row. */
  readonly customer: Customer;
  readonly email: EmailAddress;
  /** The hash of a new password that comes with it, so that one mail tells of both; null: the password stays. */
  readonly passwordHash?: string | null;
  /** The token that asked and may live on. */
  readonly keepTokenId?: number;
  readonly store: Store;
  readonly trail: Trail;
}

/** What follows from every new address, whatever path set it; links mailed before are void by the version (SEC-29). */
@Injectable()
export class EmailChange {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends sessions and tells both addresses, where there is an account (SEC-35). A taken address breaks the unique
   * index. Another spelling of the same address only changes how it is shown.
   */
  async apply(order: NewEmail, tx: EntityManager): Promise<Customer> {
    const { customer, email, passwordHash, keepTokenId, store, trail } = order;
    const at = this.clock.now();
    const { id, number: subject } = customer;
    const emailKey = Buffer.from(email.key);
    if (emailKey.equals(customer.emailKey)) return this.respell(customer, email.display, tx);
    const isFirst = passwordHash ? await this.customers.hasNoPassword(tx, id) : false;
    const passwordVersion = customer.passwordVersion + 1;
    const next = { email: email.display, emailKey, passwordVersion, updatedAt: at };
    await tx.update(Customer, { id }, passwordHash ? { ...next, passwordHash } : next);
    await this.tokens.revokeAll(id, 'email-changed', tx, keepTokenId);
    await this.tell(order, at, tx);
    const event = { trail, storeId: store.id, customerId: id };
    await this.events.record({ ...event, type: 'email_changed' }, tx);
    if (passwordHash) await this.events.record({ ...event, type: 'password_changed' }, tx);
    if (isFirst) await this.events.record({ ...event, type: 'password_created', subject }, tx);
    return tx.findOneByOrFail(Customer, { id });
  }

  /** The address of an account that waited for it is the owner's, who is welcomed. */
  async confirm({ customer, store, trail }: ProvenEmail, tx: EntityManager): Promise<Customer> {
    const { id } = customer;
    await tx.update(Customer, { id }, { emailConfirmed: true, updatedAt: this.clock.now() });
    const data = { firstName: customer.firstName ?? '' };
    await this.mail.enqueue({ kind: 'email-confirmed', store, customerId: id, to: customer.email, data }, tx);
    await this.events.record({ type: 'email_confirmed', trail, storeId: store.id, customerId: id }, tx);
    return tx.findOneByOrFail(Customer, { id });
  }

  private async tell({ customer, email, passwordHash, store }: NewEmail, at: Date, tx: EntityManager): Promise<void> {
    const kind = passwordHash ? 'email-and-password-changed' : 'email-changed';
    const data = { firstName: customer.firstName ?? '', when: at.toISOString() };
    for (const to of isOpen(customer) ? [customer.email, email.display] : []) {
      await this.mail.enqueue({ kind, store, customerId: customer.id, to, data }, tx);
    }
  }

  private async respell({ id }: Customer, email: string, tx: EntityManager): Promise<Customer> {
    await tx.update(Customer, { id }, { email, updatedAt: this.clock.now() });
    return tx.findOneByOrFail(Customer, { id });
  }
}
