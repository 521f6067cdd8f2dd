import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import { MailService, type MailKind } from '../mail/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';

/** `activated`: the first password of an account. */
type PasswordReason = 'password-changed' | 'password-reset' | 'activated';

/** What the owner and the audit trail are told. */
const TOLD: Readonly<Record<PasswordReason, { readonly mail: MailKind; readonly event: EventType }>> = {
  'password-changed': { mail: 'password-changed', event: 'password_changed' },
  'password-reset': { mail: 'password-changed', event: 'reset_completed' },
  activated: { mail: 'welcome', event: 'customer_activated' },
};

/** A password that has been hashed, and why it replaces the old one. */
export interface NewPassword {
  readonly customer: Customer;
  readonly hash: string;
  readonly reason: PasswordReason;
  /** The token that asked and may live on. */
  readonly keepTokenId?: number;
  /** The public number of the reset that it was set by. */
  readonly resetNumber?: number;
  readonly store: Store;
  readonly trail: Trail;
}

/** What follows from every new password, whatever path set it: one verb, so that no path forgets a part (SEC-29, 35, 52). */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /** Stores the hash, voids older secrets by the version, ends sessions and queues the notice. */
  async apply(
    { customer, hash, reason, keepTokenId, resetNumber, store, trail }: NewPassword,
    tx: EntityManager,
  ): Promise<Customer> {
    const at = this.clock.now();
    const isFirst = await this.customers.hasNoPassword(tx, customer.id);
    const next = { passwordHash: hash, passwordVersion: customer.passwordVersion + 1, updatedAt: at };
    await this.database.update(tx, Customer, { id: customer.id }, next);
    await this.tokens.revokeAll(customer.id, reason, tx, keepTokenId);
    const { mail: kind, event: type } = TOLD[reason];
    const data = { firstName: customer.firstName ?? '', when: at.toISOString() };
    await this.mail.enqueue({ kind, store, customerId: customer.id, to: customer.email, data }, tx);
    const event = { trail, storeId: store.id, customerId: customer.id };
    await this.events.record({ ...event, type, ...(resetNumber === undefined ? {} : { subject: resetNumber }) }, tx);
    if (isFirst) await this.events.record({ ...event, type: 'password_created', subject: customer.number }, tx);
    return this.customers.getLocked(tx, customer.id);
  }
}
