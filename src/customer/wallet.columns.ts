import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { ListedTable } from '../common/numbered-list.js';
import { jsonText } from '../common/sql-text.js';
import { eventColumns } from '../event/index.js';
import { tagColumns } from '../tag/index.js';
import { CustomerAddress } from './customer-address.entity.js';
import { ownerColumns } from './owner.columns.js';

const own = (name: string, kind: Column['kind']): Column => ({ sql: `a.${name}`, kind });
const kept = (name: string, kind: Column['kind'] = 'text'): Column => ({
  sql: jsonText('a.attributes', `$.commerceLayer.${name}`),
  kind,
});
const noted = (name: string): Column => ({ sql: jsonText('a.entry', `$.${name}`), kind: 'text' });
const ADDRESS = {
  /** Kept as a JSON literal, which a text within the document cannot look like. */
  business: { sql: `(INSTR(a.attributes, '"business":true') > 0)`, kind: 'number' },
  firstName: own('first_name', 'text'),
  lastName: own('last_name', 'text'),
  company: own('company', 'text'),
  line1: { sql: jsonText('a.lines', '$[0]'), kind: 'text' },
  line2: { sql: jsonText('a.lines', '$[1]'), kind: 'text' },
  city: own('city', 'text'),
  zipCode: own('postcode', 'text'),
  stateCode: { sql: 'COALESCE(a.region_code, a.region)', kind: 'text' },
  countryCode: own('country_code', 'text'),
  phone: own('phone', 'text'),
  email: kept('email'),
  notes: kept('notes'),
  billingInfo: kept('billingInfo'),
  lat: kept('lat', 'number'),
  lng: kept('lng', 'number'),
} as const satisfies Record<string, Column>;

const ADDRESS_COLUMNS = {
  ...ADDRESS,
  number: own('number', 'number'),
  ...tagColumns('customer_address a'),
  ...eventColumns('a.number'),
  reference: own('reference', 'text'),
  referenceOrigin: own('reference_origin', 'text'),
  metadata: own('metadata', 'json'),
  createdAt: own('created_at', 'time'),
  updatedAt: own('updated_at', 'time'),
} as const satisfies Record<string, Column>;

const ENTRY_COLUMNS = {
  number: own('entry_number', 'number'),
  reference: noted('reference'),
  referenceOrigin: noted('referenceOrigin'),
  metadata: { sql: "JSON_EXTRACT(a.entry, '$.metadata')", kind: 'json' },
  createdAt: { sql: `COALESCE(${noted('createdAt').sql}, a.created_at)`, kind: 'time' },
  updatedAt: { sql: `COALESCE(${noted('updatedAt').sql}, a.updated_at)`, kind: 'time' },
  ...ownerColumns('a.customer_id'),
  ...eventColumns('a.entry_number'),
  'address.number': own('number', 'number'),
  'address.business': ADDRESS.business,
  'address.firstName': ADDRESS.firstName,
  'address.lastName': ADDRESS.lastName,
  'address.company': ADDRESS.company,
  'address.line1': ADDRESS.line1,
  'address.line2': ADDRESS.line2,
  'address.city': ADDRESS.city,
  'address.zipCode': ADDRESS.zipCode,
  'address.stateCode': ADDRESS.stateCode,
  'address.countryCode': ADDRESS.countryCode,
  'address.phone': ADDRESS.phone,
  'address.email': ADDRESS.email,
  'address.notes': ADDRESS.notes,
  'address.billingInfo': ADDRESS.billingInfo,
  'address.lat': ADDRESS.lat,
  'address.lng': ADDRESS.lng,
  'address.metadata': own('metadata', 'json'),
  'address.reference': own('reference', 'text'),
  'address.referenceOrigin': own('reference_origin', 'text'),
  'address.createdAt': own('created_at', 'time'),
  'address.updatedAt': own('updated_at', 'time'),
} as const satisfies Record<string, Column>;

export type AddressField = keyof typeof ADDRESS_COLUMNS;
export type EntryField = keyof typeof ENTRY_COLUMNS;

export function isAddressField(field: string): field is AddressField {
  return isColumnOf(ADDRESS_COLUMNS, field);
}

export function isEntryField(field: string): field is EntryField {
  return isColumnOf(ENTRY_COLUMNS, field);
}

/** All addresses, in books or not. */
export const ADDRESSES: ListedTable<CustomerAddress, AddressField> = {
  ...{ entity: CustomerAddress, from: 'customer_address a', columns: ADDRESS_COLUMNS },
};

/** The places of addresses in books. */
export const ENTRIES: ListedTable<CustomerAddress, EntryField> = {
  ...{ entity: CustomerAddress, from: 'customer_address a', columns: ENTRY_COLUMNS },
  ...{ always: 'a.customer_id IS NOT NULL', number: 'a.entry_number' },
};
