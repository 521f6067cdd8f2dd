import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError, isDomainError } from '../common/domain-error.js';
import { EventService, type EventRecord, type Trail } from '../event/index.js';
import type { ApiClient, Store } from '../store/index.js';
import { TokenService, type TokenTerms } from '../token/index.js';
import type { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import type { IssuedFor } from './refresh.service.js';
import { refuseClosed } from './refuse-closed.js';

/** An application asks for a token in somebody's name. */
export interface DelegationOrder {
  readonly store: Store;
  readonly trail: Trail;
  readonly client: ApiClient;
  /** The public number of the customer; null: in nobody's name. */
  readonly owner: number | null;
  readonly token: (owner: Customer | null) => TokenTerms;
}

/** Tokens by the word of an application that the operator trusts. No password is asked, so each goes on record. */
@Injectable()
export class DelegationService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly events: EventService,
  ) {}

  /**
   * An account that its owner could not sign in to stays closed. A lock does not matter: it closes password checks.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND for one of another realm too, ACCOUNT_DISABLED, EMAIL_UNCONFIRMED
   */
  async issue(order: DelegationOrder): Promise<IssuedFor> {
    try {
      return await this.database.transaction((tx) => this.issueOnce(order, tx));
    } catch (error) {
      if (isDomainError(error) && !error.is('BUSY')) await this.recordRefusal(order, error.code);
      throw error;
    }
  }

  private async issueOnce(order: DelegationOrder, tx: EntityManager): Promise<IssuedFor> {
    const { store, owner, token, trail } = order;
    const customer = owner === null ? null : await this.open(owner, store, tx);
    const customerId = customer?.id ?? null;
    await this.events.record({ ...eventOf(order), type: 'login_delegated', customerId }, tx);
    const made = { ...token(customer), store, realm: store.realm, trail, customerId };
    const issued = await this.tokens.issue(made, tx);
    return { ...issued, customer };
  }

  private async open(number: number, { realmId }: Store, tx: EntityManager): Promise<Customer> {
    const customer = await this.customers.findLocked(tx, { realmId, number });
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    refuseClosed(customer);
    return customer;
  }

  private async recordRefusal(order: DelegationOrder, reason: string): Promise<void> {
    const event = eventOf(order);
    const data = { ...event.data, reason };
    await this.database.transaction((tx) =>
      this.events.record({ ...event, type: 'login_delegation_refused', customerId: null, data }, tx),
    );
  }
}

function eventOf({ store, trail, client }: DelegationOrder): Pick<EventRecord, 'trail' | 'storeId' | 'data'> {
  return { trail, storeId: store.id, data: { by: client.name } };
}
