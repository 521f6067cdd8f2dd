import { isColumnOf, orderSql, type Column } from '../common/column-criteria.js';
import type { Order } from '../common/criteria.js';

const column = (name: string, kind: Column['kind']): Column => ({ sql: `c.${name}`, kind });
const ofGroup = (name: string, kind: Column['kind']): Column => ({
  sql: `(SELECT g.${name} FROM customer_group g WHERE g.id = c.customer_group_id)`,
  kind,
});
const ofAddress = (name: string, kind: Column['kind']): Column => ({
  ...{ sql: `a.${name}`, kind },
  within: 'SELECT 1 FROM customer_address a WHERE a.customer_id = c.id',
});

const ofTag = (name: string, kind: Column['kind']): Column => ({
  ...{ sql: `t.${name}`, kind },
  within: 'SELECT 1 FROM tag t WHERE t.realm_id = c.realm_id AND INSTR(c.tags, JSON_QUOTE(t.name)) > 0',
});

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
  anonymizationStatus: column('anonymization_status', 'text'),
  'customerGroup.number': ofGroup('number', 'number'),
  'customerGroup.name': ofGroup('name', 'text'),
  'customerGroup.code': ofGroup('code', 'text'),
  'customerGroup.reference': ofGroup('reference', 'text'),
  'customerGroup.referenceOrigin': ofGroup('reference_origin', 'text'),
  'customerAddresses.number': ofAddress('entry_number', 'number'),
  'customerAddresses.address.number': ofAddress('number', 'number'),
  'customerAddresses.address.city': ofAddress('city', 'text'),
  'customerAddresses.address.countryCode': ofAddress('country_code', 'text'),
  'customerAddresses.address.postcode': ofAddress('postcode', 'text'),
  'tags.name': ofTag('name', 'text'),
  'tags.number': ofTag('number', 'number'),
  createdAt: column('created_at', 'time'),
  updatedAt: column('updated_at', 'time'),
} as const satisfies Record<string, Column>;

export type CustomerColumn = keyof typeof COLUMNS;

/** What numbered pages are ordered by. */
export type CustomerColumnSort = Exclude<CustomerColumn, `customerAddresses.${string}` | `tags.${string}` | 'metadata'>;

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
