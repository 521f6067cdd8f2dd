import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { unlessTaken } from '../common/database-conflict.js';
import { findRows, type ListedTable } from '../common/numbered-list.js';
import { CustomerService, ownerColumns, type Customer } from '../customer/index.js';
import { eventColumns, EventService, type EventType, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { CustomerSubscription } from './customer-subscription.entity.js';

const COLUMNS = {
  number: { sql: 's.number', kind: 'number' },
  reference: { sql: 's.reference', kind: 'text' },
  referenceOrigin: { sql: 's.reference_origin', kind: 'text' },
  metadata: { sql: 's.metadata', kind: 'json' },
  createdAt: { sql: 's.created_at', kind: 'time' },
  updatedAt: { sql: 's.updated_at', kind: 'time' },
  ...ownerColumns('s.customer_id'),
  ...eventColumns('s.number'),
} as const satisfies Record<string, Column>;

export type SubscriptionField = keyof typeof COLUMNS;

export function isSubscriptionField(field: string): field is SubscriptionField {
  return isColumnOf(COLUMNS, field);
}

const SUBSCRIPTIONS: ListedTable<CustomerSubscription, SubscriptionField> = {
  ...{ entity: CustomerSubscription, from: 'customer_subscription s', columns: COLUMNS },
};

/** What is said of a subscription; absent members stay as they are. */
export type SubscriptionChanges = Partial<Pick<CustomerSubscription, 'reference' | 'referenceOrigin' | 'metadata'>>;

/** A subscription with the customer who has it. */
export interface SubscriptionRecord {
  readonly subscription: CustomerSubscription;
  readonly customer: Customer;
}

/** What customers have signed up for at a store; the subscriptions go with the customer. */
@Injectable()
export class SubscriptionService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  async find({ id: storeId }: Store, number: number): Promise<SubscriptionRecord | null> {
    const row = await this.database.read((manager) => manager.findOneBy(CustomerSubscription, { storeId, number }));
    const [record = null] = row ? await this.withCustomers([row]) : [];
    return record;
  }

  /** A store's subscriptions, or those of one customer. */
  async list(
    { id }: Store,
    owner: Customer | null,
    criteria: Criteria<SubscriptionField>,
    page: NumberedPage<SubscriptionField>,
  ): Promise<Counted<SubscriptionRecord>> {
    const scope = { 's.store_id': id, ...(owner ? { 's.customer_id': owner.id } : {}) };
    const { rows, total } = await findRows(this.database, SUBSCRIPTIONS, { scope, criteria, page });
    return { rows: await this.withCustomers(rows), total };
  }

  /** The subscriptions of customers at a store, in the customers' order; one statement. */
  async of(
    { id: storeId }: Store,
    customers: readonly Customer[],
  ): Promise<readonly (readonly SubscriptionRecord[])[]> {
    const ids = customers.map(({ id }) => id);
    const rows = await this.database.read((manager) =>
      manager.find(CustomerSubscription, { where: { storeId, customerId: In(ids) }, order: { id: 'ASC' } }),
    );
    return customers.map((customer) =>
      rows.filter(({ customerId }) => customerId === customer.id).map((subscription) => ({ subscription, customer })),
    );
  }

  /** @throws DomainError VALUE_TAKEN where the customer has it already */
  create(
    { id: storeId }: Store,
    customer: Customer,
    { reference, ...notes }: SubscriptionChanges & Pick<CustomerSubscription, 'reference'>,
    trail: Trail,
  ): Promise<SubscriptionRecord> {
    const at = this.clock.now();
    const row = { ...notes, reference, storeId, customerId: customer.id, createdAt: at, updatedAt: at };
    return unlessTaken('reference', () =>
      this.database.transaction(async (tx) => {
        const made = tx.create(CustomerSubscription, { ...row, number: newNumber() });
        await tx.insert(CustomerSubscription, made);
        await this.record('subscription_created', made, trail, tx);
        return { subscription: await tx.findOneByOrFail(CustomerSubscription, { id: made.id }), customer };
      }),
    );
  }

  /** @throws DomainError VALUE_TAKEN */
  update(
    { subscription: { id }, customer }: SubscriptionRecord,
    changes: SubscriptionChanges,
  ): Promise<SubscriptionRecord> {
    return unlessTaken('reference', () =>
      this.database.transaction(async (tx) => {
        await tx.update(CustomerSubscription, { id }, { ...changes, updatedAt: this.clock.now() });
        return { subscription: await tx.findOneByOrFail(CustomerSubscription, { id }), customer };
      }),
    );
  }

  async remove({ subscription }: SubscriptionRecord, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { affected } = await tx.delete(CustomerSubscription, { id: subscription.id });
      if (affected === 1) await this.record('subscription_deleted', subscription, trail, tx);
    });
  }

  private record(
    type: EventType,
    { storeId, customerId, number: subject }: CustomerSubscription,
    trail: Trail,
    tx: EntityManager,
  ): Promise<void> {
    return this.events.record({ type, trail, storeId, customerId, subject }, tx);
  }

  private async withCustomers(rows: readonly CustomerSubscription[]): Promise<SubscriptionRecord[]> {
    const ids = [...new Set(rows.map(({ customerId }) => customerId))];
    const found = await this.customers.findRecords(ids);
    const byId = new Map(found.map(({ customer }) => [customer.id, customer]));
    return rows.flatMap((subscription) => {
      const customer = byId.get(subscription.customerId);
      return customer ? [{ subscription, customer }] : [];
    });
  }
}
