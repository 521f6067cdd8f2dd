import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { EventService, type Trail } from '../event/index.js';
import { MailService } from '../mail/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { Customer } from './customer.entity.js';

/** A password that has been hashed, and why it replaces the old one. */
export interface NewPassword {
  readonly customer: Customer;
  readonly hash: string;
  readonly reason: 'password-changed' | 'password-reset';
  /** The token that asked and may live on. */
  readonly keepTokenId?: number;
  readonly store: Store;
  readonly trail: Trail;
}

/** What follows from every new password, whatever path set it: one verb, so that no path forgets a part (SEC-29, 35, 52). */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly tokens: TokenService,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /** Stores the hash, voids older secrets by the version, ends sessions and queues the notice. */
  async apply(
    { customer, hash, reason, keepTokenId, store, trail }: NewPassword,
    tx: EntityManager,
  ): Promise<Customer> {
    const at = this.clock.now();
    const next = { passwordHash: hash, passwordVersion: customer.passwordVersion + 1, updatedAt: at };
    await tx.update(Customer, { id: customer.id }, next);
    await this.tokens.revokeAll(customer.id, reason, tx, keepTokenId);
    const data = { firstName: customer.firstName ?? '', when: at.toISOString() };
    await this.mail.enqueue({ kind: 'password-changed', store, customerId: customer.id, to: customer.email, data }, tx);
    const type = reason === 'password-reset' ? 'reset_completed' : 'password_changed';
    await this.events.record({ type, trail, storeId: store.id, customerId: customer.id }, tx);
    return tx.findOneByOrFail(Customer, { id: customer.id });
  }
}
