import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, isOpen, type Customer } from '../customer/index.js';
import { OneTimeSecretService, type OpenSecret, type Whose } from '../one-time-secret/index.js';
import { StoreDirectory } from '../store/index.js';
import type {
  CodeOrder,
  ConfirmationOrder,
  ConfirmationPurpose,
  OpenConfirmation,
} from './email-confirmation.orders.js';

const PURPOSES: readonly ConfirmationPurpose[] = ['email-confirmation', 'email-change'];

/** Decides whether a secret that confirms an address may be spent. Looking spends nothing (SEC-32). */
@Injectable()
export class ConfirmationFinder {
  constructor(
    private readonly customers: CustomerService,
    private readonly secrets: OneTimeSecretService,
    private readonly stores: StoreDirectory,
  ) {}

  /**
   * The record that a secret opens, with its customer. Where the secret can only be an account's confirmation, an
   * account that does not wait for one is told before the secret is looked at, as Adobe does.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND where the companion names nobody, ALREADY_CONFIRMED, SECRET_INVALID, SECRET_EXPIRED
   */
  async open(order: ConfirmationOrder, whose: Whose): Promise<OpenConfirmation> {
    const { secret, purpose, store } = order;
    const named = await this.namedIn(order);
    const purposes = purpose ? [purpose] : PURPOSES;
    const record = await this.secrets.find({ purposes, secret, store }, whose); // in any case: the same work (SEC-39)
    if (named === null) throw new DomainError('CUSTOMER_NOT_FOUND');
    if (purpose === 'email-confirmation' && named?.emailConfirmed) throw new DomainError('ALREADY_CONFIRMED');
    const customer = named ?? (record && (await this.customers.findById(record.customerId)));
    if (!record || !customer) throw new DomainError('SECRET_INVALID');
    this.refuseUnfit(record, customer);
    return { purpose: purposeOf(record), record, customer, store: this.stores.getById(record.storeId) };
  }

  /**
   * The record that a code opens, at the same cost whoever the address names (SEC-39); each look is one of its few tries.
   *
   * @throws DomainError SECRET_INVALID
   */
  async openCode({ code, email, store }: CodeOrder, whose: Whose): Promise<OpenConfirmation> {
    const customer = await this.customers.findByEmail(store, email);
    if (customer) whose(customer.id);
    const record = await this.secrets.tryCode({ purpose: 'confirmation-code', code, owner: customer, store });
    if (!record || !customer) throw new DomainError('SECRET_INVALID');
    this.refuseUnfit(record, customer);
    return { purpose: 'email-confirmation', record, customer, store };
  }

  /** Spends the secret: of all who try at once, one succeeds (SEC-28). @throws DomainError SECRET_INVALID */
  async spend({ record }: OpenConfirmation, tx: EntityManager): Promise<Customer> {
    await this.secrets.spend(record, tx);
    const held = await this.customers.findHeldById(record.customerId, tx);
    if (!held) throw new DomainError('SECRET_INVALID');
    this.refuseUnfit(record, held);
    return held;
  }

  /** Whom the companion names: null where nobody is, undefined where none was sent along. */
  private async namedIn({ companion, store }: ConfirmationOrder): Promise<Customer | null | undefined> {
    if (!companion) return undefined;
    if ('number' in companion) return this.customers.findByNumber(companion.number);
    if ('id' in companion) return this.customers.findById(companion.id);
    return this.customers.findByEmail(store ?? this.stores.defaultStore, companion.email);
  }

  /** The account is still the one that the secret was made for (SEC-26), and open (SEC-81). */
  private refuseUnfit(record: OpenSecret, customer: Customer): void {
    const waits = purposeOf(record) === 'email-change' || !customer.emailConfirmed;
    if (!isOpen(customer) || !waits) throw new DomainError('SECRET_INVALID');
    this.secrets.refuseStale(record, customer);
  }
}

function purposeOf({ purpose }: OpenSecret): ConfirmationPurpose {
  return purpose === 'email-change' ? purpose : 'email-confirmation';
}
