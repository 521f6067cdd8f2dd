import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { refuseAll, text, toMany, toOne, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { DomainError } from '../../common/domain-error.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { CustomerService, passwordRulesOf, RegistrationService, type Customer } from '../../customer/index.js';
import {
  isSubscriptionField,
  SubscriptionService,
  type SubscriptionField,
  type SubscriptionRecord,
} from '../../subscription/index.js';
import { isIntegration, type CommerceLayerResource, type ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { blankFaults, commonAttributes, notesIn, textOf } from './common.mapper.js';
import { emailIn, isEmail } from './customers.input.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

export const customerSubscriptionsDeclaration: ResourceDeclaration = {
  type: 'customer_subscriptions',
  access: {
    list: ['integration', 'customer'],
    retrieve: ['integration', 'storefront'],
    create: ['integration', 'storefront'],
    update: ['integration', 'storefront'],
    remove: ['integration', 'storefront'],
  },
  attributes: { customer_email: text('CF', { maximum: 1024 }), ...COMMON },
  relationships: {
    customer: toOne('customers', 'QS'),
    events: toMany('events', 'Q', { inverse: 'customer_subscription' }),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<SubscriptionField> = { isField: isSubscriptionField, emails: ['customer.email'] };

/** A guest may touch the subscription whose id was given to it; a shopper the own ones alone. */
@Injectable()
export class CustomerSubscriptionsResource implements CommerceLayerResource<SubscriptionRecord> {
  readonly declaration = customerSubscriptionsDeclaration;

  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly customers: CustomerService,
    private readonly registrations: RegistrationService,
  ) {}

  idOf({ subscription }: SubscriptionRecord): string {
    return toShortId(subscription.number);
  }

  attributesOf({ subscription, customer }: SubscriptionRecord): Readonly<Record<string, unknown>> {
    return { customer_email: customer.email, ...commonAttributes(subscription, subscription) };
  }

  async related(name: string, rows: readonly SubscriptionRecord[]): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'customer') return rows.map(() => []);
    const found = await this.customers.findRecords([...new Set(rows.map(({ customer }) => customer.id))]);
    return rows.map((row) => found.filter(({ customer }) => customer.id === row.customer.id));
  }

  async find(id: string, { store, session }: Caller): Promise<SubscriptionRecord | null> {
    const record = await this.subscriptions.find(store, fromShortId(id) ?? 0);
    return session && record?.customer.id !== session.customer.id ? null : record;
  }

  list(query: ListQuery, { store, session }: Caller): Promise<Counted<SubscriptionRecord>> {
    const owner = session?.customer ?? null;
    return this.subscriptions.list(store, owner, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, caller: Caller): Promise<SubscriptionRecord> {
    const email = emailIn(written.values['customer_email'], 'customer_email', caller.store);
    const faults = written.faults.filter(({ detail }) => !detail.startsWith('customer_email'));
    refuseAll([...(isEmail(email) ? [] : email), ...blankFaults(written, ['reference'], true), ...faults]);
    if (!isEmail(email)) throw new DomainError('EMAIL_INVALID');
    const customer = await this.subscriber(email, caller);
    const reference = textOf(written.values['reference']) ?? '';
    return this.subscriptions.create(caller.store, customer, { ...notesIn(written), reference }, caller.trail);
  }

  async update(record: SubscriptionRecord, written: Written): Promise<SubscriptionRecord> {
    refuseAll([...blankFaults(written, ['reference'], false), ...written.faults]);
    const { reference, ...notes } = notesIn(written);
    return this.subscriptions.update(record, { ...notes, ...(reference ? { reference } : {}) });
  }

  remove(record: SubscriptionRecord, { trail }: Caller): Promise<void> {
    return this.subscriptions.remove(record, trail);
  }

  /**
   * Whose the address is; a new customer without a password where it is nobody's, so that a guest does not learn which
   * addresses are known (SEC-77). A shopper signs up for nobody else.
   */
  private async subscriber(email: EmailAddress, caller: Caller): Promise<Customer> {
    const { store, trail, session } = caller;
    const known = await this.customers.findByEmail(store, email);
    if (session && session.customer.id !== known?.id) throw new DomainError('NOT_ALLOWED');
    if (known) return known;
    return this.registrations.register({
      ...{ store, trail, email, password: null, rules: passwordRulesOf(store), profile: {} },
      ...{ state: 'enabled', emailConfirmed: true, machine: isIntegration(caller) },
    });
  }
}
