import { isColumnOf, orderSql, type Column } from '../common/column-criteria.js';
import type { Order } from '../common/criteria.js';
import { jsonText } from '../common/sql-text.js';
import { eventColumns } from '../event/index.js';
import { tagColumns } from '../tag/index.js';

const column = (name: string, kind: Column['kind']): Column => ({ sql: `c.${name}`, kind });
const ofGroup = (name: string, kind: Column['kind']): Column => ({
  sql: `(SELECT g.${name} FROM customer_group g WHERE g.id = c.customer_group_id)`,
  kind,
});
const ofAddress = (name: string, kind: Column['kind']): Column => ({
  ...{ sql: `a.${name}`, kind },
  within: 'SELECT 1 FROM customer_address a WHERE a.customer_id = c.id',
});

const ofSubscription = (name: string, kind: Column['kind']): Column => ({
  ...{ sql: `s.${name}`, kind },
  within: 'SELECT 1 FROM customer_subscription s WHERE s.customer_id = c.id',
});
const ofEntry = (name: string): Column => ({ ...ofAddress('entry', 'text'), sql: jsonText('a.entry', `$.${name}`) });

/** What is compared as a whole. A list of what may be asked for: secrets are not in it (SEC-66). */
export const COLUMNS = {
  id: column('id', 'number'),
  number: column('number', 'number'),
  /** By its id. */
  store: column('store_id', 'number'),
  /** The whole address, by its key; patterns go by what was typed. */
  email: { ...column('email_key', 'key'), shown: 'c.email' },
  firstName: column('first_name', 'folded'),
  middleName: column('middle_name', 'text'),
  lastName: column('last_name', 'folded'),
  namePrefix: column('name_prefix', 'text'),
  nameSuffix: column('name_suffix', 'text'),
  phone: column('phone', 'text'),
  dateOfBirth: column('date_of_birth', 'text'),
  gender: column('gender', 'number'),
  taxNumber: column('tax_number', 'text'),
  defaultBillingId: column('default_billing_id', 'number'),
  defaultShippingId: column('default_shipping_id', 'number'),
  reference: column('reference', 'text'),
  referenceOrigin: column('reference_origin', 'text'),
  /** What Commerce Layer's clients keep with a customer. */
  metadata: { sql: "JSON_EXTRACT(c.attributes, '$.commerceLayer.metadata')", kind: 'json' },
  /** Orders are not kept here: for those who ask by them, everybody has none. */
  status: { sql: "'prospect'", kind: 'text' },
  totalOrdersCount: { sql: '(0 + 0)', kind: 'number' },
  anonymizationStatus: column('anonymization_status', 'text'),
  'customerGroup.number': ofGroup('number', 'number'),
  'customerGroup.name': ofGroup('name', 'text'),
  'customerGroup.code': ofGroup('code', 'text'),
  'customerGroup.reference': ofGroup('reference', 'text'),
  'customerGroup.referenceOrigin': ofGroup('reference_origin', 'text'),
  'customerGroup.metadata': ofGroup('metadata', 'json'),
  'customerGroup.createdAt': ofGroup('created_at', 'time'),
  'customerGroup.updatedAt': ofGroup('updated_at', 'time'),
  'customerAddresses.number': ofAddress('entry_number', 'number'),
  'customerAddresses.reference': ofEntry('reference'),
  'customerAddresses.referenceOrigin': ofEntry('referenceOrigin'),
  'customerAddresses.metadata': { ...ofEntry('metadata'), sql: "JSON_EXTRACT(a.entry, '$.metadata')", kind: 'json' },
  'customerAddresses.createdAt': ofAddress('created_at', 'time'),
  'customerAddresses.updatedAt': ofAddress('updated_at', 'time'),
  'customerAddresses.address.number': ofAddress('number', 'number'),
  'customerAddresses.address.city': ofAddress('city', 'text'),
  'customerAddresses.address.countryCode': ofAddress('country_code', 'text'),
  'customerAddresses.address.postcode': ofAddress('postcode', 'text'),
  ...tagColumns('customer c'),
  ...eventColumns('c.number'),
  'customerSubscriptions.number': ofSubscription('number', 'number'),
  'customerSubscriptions.reference': ofSubscription('reference', 'text'),
  'customerSubscriptions.referenceOrigin': ofSubscription('reference_origin', 'text'),
  'customerSubscriptions.metadata': ofSubscription('metadata', 'json'),
  'customerSubscriptions.createdAt': ofSubscription('created_at', 'time'),
  'customerSubscriptions.updatedAt': ofSubscription('updated_at', 'time'),
  createdAt: column('created_at', 'time'),
  updatedAt: column('updated_at', 'time'),
  lastSignInAt: column('last_sign_in_at', 'time'),
} as const satisfies Record<string, Column>;

export type CustomerColumn = keyof typeof COLUMNS;

/** What numbered pages are ordered by. */
export type CustomerColumnSort = Exclude<
  CustomerColumn,
  `customerAddresses.${string}` | `customerSubscriptions.${string}` | `events.${string}` | `tags.${string}` | 'metadata'
>;

export function isCustomerColumn(field: string): field is CustomerColumn {
  return isColumnOf(COLUMNS, field);
}

/** Whether it is one value for each customer. */
export function isCustomerSort(field: string): field is CustomerColumnSort {
  return isCustomerColumn(field) && field !== 'metadata' && !('within' in COLUMNS[field]);
}

/** No two customers of a realm share an id, a number or an address, so that an order by them is one. */
export function orderOf(orders: readonly Order<CustomerColumnSort>[]): string {
  const number = orders.length > 0 ? 'c.number' : 'c.id';
  return orderSql<CustomerColumnSort>(COLUMNS, orders, { number, unique: ['id', 'number', 'email'] });
}
