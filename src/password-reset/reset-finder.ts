import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, type Customer } from '../customer/index.js';
import type { Whose } from '../one-time-secret/index.js';
import { StoreDirectory, type Store } from '../store/index.js';
import type { PasswordReset } from './password-reset.entity.js';
import type { Companion, OpenReset, SecretOrder } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { resetDigest } from './reset-digest.js';

/** Decides whether a secret may be spent. Looking spends nothing (SEC-32). */
@Injectable()
export class ResetFinder {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly customers: CustomerService,
    private readonly stores: StoreDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * The reset that a secret opens, with its customer.
   *
   * @throws DomainError RESET_TOKEN_INVALID; RESET_TOKEN_EXPIRED for a real secret that came too late;
   *   CUSTOMER_NOT_FOUND where the companion names nobody
   */
  async open({ secret, store, companion }: SecretOrder, whose: Whose): Promise<OpenReset> {
    const isSomebody = await this.isSomebody(store ?? this.stores.defaultStore, companion);
    const found = isSecret(secret) ? await this.resets.findByDigest(resetDigest(secret)) : null;
    const { reset = null, customer = null } = found ?? {};
    if (reset?.customerId) whose(reset.customerId);
    if (!isSomebody) throw new DomainError('CUSTOMER_NOT_FOUND'); // only now: the same work whoever is named (SEC-39)
    if (!reset || reset.customerId === null || reset.usedAt || reset.revokedAt) {
      throw new DomainError('RESET_TOKEN_INVALID');
    }
    if (store && reset.storeId !== store.id) throw new DomainError('RESET_TOKEN_INVALID');
    if (!customer || !stillFits(reset, customer) || !denotes(companion, reset, customer)) {
      throw new DomainError('RESET_TOKEN_INVALID');
    }
    if (reset.expiresAt <= this.clock.now()) throw new DomainError('RESET_TOKEN_EXPIRED');
    return { reset, customer, store: this.stores.getById(reset.storeId) };
  }

  /**
   * Spends an open reset: of all who try at once, one succeeds. What was looked at before the password was hashed is
   * looked at again, on the row that is held now (SEC-26).
   *
   * @throws DomainError RESET_TOKEN_INVALID
   */
  async spend(
    { reset, customer }: OpenReset,
    { secret, companion }: SecretOrder,
    tx: EntityManager,
  ): Promise<Customer> {
    const spent = await this.resets.consume(tx, resetDigest(secret), this.clock.now());
    const held = spent ? await this.customers.findHeldById(customer.id, tx) : null;
    if (!held || !stillFits(reset, held) || !denotes(companion, reset, held)) {
      throw new DomainError('RESET_TOKEN_INVALID');
    }
    await this.resets.voidAll(tx, held.id, this.clock.now());
    return held;
  }

  private async isSomebody(store: Store, companion: Companion | undefined): Promise<boolean> {
    if (!companion || 'resetNumber' in companion) return true;
    if ('email' in companion) return (await this.customers.findByEmail(store, companion.email)) !== null;
    if ('number' in companion) return (await this.customers.findByNumber(companion.number)) !== null;
    return (await this.customers.findById(companion.id))?.realmId === store.realmId;
  }
}

/** The account is still the one that the secret was made for (SEC-26, SEC-81). */
function stillFits(reset: PasswordReset, customer: Customer): boolean {
  const open = customer.state === 'enabled' && customer.disabledBy === null;
  return open && reset.passwordVersion === customer.passwordVersion && reset.emailKey.equals(customer.emailKey);
}

/** What is sent along must denote the very customer, or the very reset (SEC-31). */
function denotes(companion: Companion | undefined, reset: PasswordReset, customer: Customer): boolean {
  if (!companion) return true;
  if ('resetNumber' in companion) return companion.resetNumber === reset.number;
  if ('number' in companion) return companion.number === customer.number;
  if ('id' in companion) return companion.id === customer.id;
  return Buffer.from(companion.email.key).equals(customer.emailKey);
}
