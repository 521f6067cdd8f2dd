import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, isOpen, mayActivate, type Customer } from '../customer/index.js';
import { OneTimeSecretService, type Whose } from '../one-time-secret/index.js';
import { StoreDirectory } from '../store/index.js';
import type { ActivationOrder, OpenActivation } from './activation.orders.js';

/** Decides whether an activation secret may be spent. Looking spends nothing (SEC-32). */
@Injectable()
export class ActivationFinder {
  constructor(
    private readonly customers: CustomerService,
    private readonly secrets: OneTimeSecretService,
    private readonly stores: StoreDirectory,
  ) {}

  /**
   * The record that a secret opens, with its customer. An enabled account is told before the secret is looked at, as
   * Shopify does: whoever follows a link twice learns that it worked.
   *
   * @throws DomainError ALREADY_ENABLED, SECRET_INVALID, SECRET_EXPIRED
   */
  async open({ secret, number, store }: ActivationOrder, whose: Whose): Promise<OpenActivation> {
    const customer = await this.customers.findByNumber(number);
    const isForeign = customer && store && customer.realmId !== store.realmId;
    if (customer && !isForeign && isOpen(customer)) throw new DomainError('ALREADY_ENABLED');
    const record = await this.secrets.find({ purposes: ['activation'], secret, store }, whose);
    if (!record || !customer || !mayActivate(customer)) throw new DomainError('SECRET_INVALID');
    this.secrets.refuseStale(record, customer);
    return { record, customer, store: this.stores.getById(record.storeId) };
  }

  /** Spends the secret: of all who try at once, one succeeds. @throws DomainError SECRET_INVALID */
  async spend({ record }: OpenActivation, tx: EntityManager): Promise<Customer> {
    await this.secrets.spend(record, tx);
    const customer = await this.customers.findHeldById(record.customerId, tx);
    if (!customer || !mayActivate(customer)) throw new DomainError('SECRET_INVALID');
    this.secrets.refuseStale(record, customer);
    return customer;
  }
}
