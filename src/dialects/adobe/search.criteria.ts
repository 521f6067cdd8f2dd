import { isPlainText } from '#lib/plain-text';
import type { ConditionType, Filter, SearchCriteria } from '#lib/search-criteria';
import type { Comparison, Criteria, CriteriaValue, NumberedPage } from '../../common/criteria.js';
import type { CustomerColumnSort, CustomerField } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { parsedEmail } from './adobe.input.js';
import { AdobeError, input } from './adobe.refusal.js';

type CustomerCriteria = Criteria<CustomerField>;

/** How a field's values are written. */
type Kind = 'text' | 'email' | 'number' | 'date' | 'time';

interface Searchable {
  readonly field: CustomerField;
  readonly kind: Kind;
}

/** Everything that may be searched by; nothing secret is among it (SEC-66). */
const FIELDS: ReadonlyMap<string, Searchable> = new Map([
  ['entity_id', { field: 'id', kind: 'number' }],
  ['id', { field: 'id', kind: 'number' }],
  ['email', { field: 'email', kind: 'email' }],
  ['firstname', { field: 'firstName', kind: 'text' }],
  ['middlename', { field: 'middleName', kind: 'text' }],
  ['lastname', { field: 'lastName', kind: 'text' }],
  ['prefix', { field: 'namePrefix', kind: 'text' }],
  ['suffix', { field: 'nameSuffix', kind: 'text' }],
  ['dob', { field: 'dateOfBirth', kind: 'date' }],
  ['gender', { field: 'gender', kind: 'number' }],
  ['taxvat', { field: 'taxNumber', kind: 'text' }],
  ['store_id', { field: 'store', kind: 'number' }],
  ['default_billing', { field: 'defaultBillingId', kind: 'number' }],
  ['default_shipping', { field: 'defaultShippingId', kind: 'number' }],
  ['created_at', { field: 'createdAt', kind: 'time' }],
  ['updated_at', { field: 'updatedAt', kind: 'time' }],
] as const);

/** The same for every customer that can be found. */
const CONSTANTS: ReadonlyMap<string, (store: Store) => number> = new Map([
  ['website_id', ({ realmId }: Store) => realmId],
  ['group_id', () => 1],
]);

const SORTS: ReadonlyMap<string, CustomerColumnSort> = new Map([
  ['entity_id', 'id'],
  ['id', 'id'],
  ['email', 'email'],
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
] as const);

const NOBODY: CustomerCriteria = { any: [] };
const EVERYBODY: CustomerCriteria = { all: [] };
const MAX_VALUES = 100;
const MAX_GAPS = 8;
const DEFAULT_SIZE = 20;
export const MAX_SIZE = 300;
const MAX_PAGE = 1_000_000;

/** @throws AdobeError for a field that cannot be searched by, or a value that is none of its kind */
export function criteriaIn({ groups }: SearchCriteria, store: Store): CustomerCriteria {
  return { all: groups.map((filters) => ({ any: filters.map((filter) => criterion(filter, store)) })) };
}

/** @throws AdobeError for pages that are too large or too far away, and orders that there are not */
export function pageIn({ sorts, pageSize, currentPage }: SearchCriteria): NumberedPage<CustomerColumnSort> {
  const [size, page] = [pageSize ?? DEFAULT_SIZE, currentPage || 1]; // clients count from 0, too
  if (size > MAX_SIZE) throw new AdobeError(input('Maximum SearchCriteria pageSize is %max', { max: MAX_SIZE }));
  if (size < 1) refuseValue('pageSize', String(size));
  if (page > MAX_PAGE) refuseValue('currentPage', String(page));
  const orders = sorts.map(({ field, descending }) => ({ sort: SORTS.get(field) ?? refuseName(field), descending }));
  return { orders, size, offset: (page - 1) * size };
}

function criterion(filter: Filter, store: Store): CustomerCriteria {
  if (!isPlainText(filter.value)) refuseValue(filter.field, ''); // SEC-4
  const constant = CONSTANTS.get(filter.field);
  if (constant) return ofConstant(filter, constant(store));
  const { field, kind } = FIELDS.get(filter.field) ?? refuseName(filter.field);
  const is = (text: string): CustomerCriteria => equal({ ...filter, value: text }, { field, kind }, store);
  switch (filter.condition) {
    case 'eq':
    case 'finset':
      return is(filter.value);
    case 'neq':
    case 'nfinset':
      return { not: is(filter.value) };
    case 'in':
      return { any: listIn(filter).map(is) };
    case 'nin':
      return { not: { any: listIn(filter).map(is) } };
    case 'like':
      return like(filter, { field, kind });
    case 'nlike':
      return { not: like(filter, { field, kind }) };
    case 'null':
      return { not: { field, comparison: 'isSet', value: '' } };
    case 'notnull':
      return { field, comparison: 'isSet', value: '' };
    default:
      return ranked(filter, RANKS[filter.condition], { field, kind });
  }
}

const RANKS: Readonly<Record<'gt' | 'gteq' | 'moreq' | 'from' | 'lt' | 'lteq' | 'to', Comparison>> = {
  gt: 'above',
  gteq: 'atLeast',
  moreq: 'atLeast',
  from: 'atLeast',
  lt: 'below',
  lteq: 'atMost',
  to: 'atMost',
};

/** An address is found by its key; what is none is nobody's. A time is the second that answers show. */
function equal(filter: Filter, { field, kind }: Searchable, store: Store): CustomerCriteria {
  if (kind === 'email') {
    const email = parsedEmail(filter.value, store);
    return email ? { field, comparison: 'is', value: email.key } : NOBODY;
  }
  const value = valueIn(filter, kind);
  if (!(value instanceof Date)) return { field, comparison: kind === 'number' ? 'is' : 'equals', value };
  const starts: CustomerCriteria = { field, comparison: 'atLeast', value };
  return { all: [starts, { field, comparison: 'below', value: secondAfter(value) }] };
}

function ranked(filter: Filter, comparison: Comparison, { field, kind }: Searchable): CustomerCriteria {
  const value = valueIn(filter, kind);
  if (!(value instanceof Date)) return { field, comparison, value };
  if (comparison === 'above') return { field, comparison: 'atLeast', value: secondAfter(value) };
  if (comparison === 'atMost') return { field, comparison: 'below', value: secondAfter(value) };
  return { field, comparison, value };
}

function secondAfter(at: Date): Date {
  return new Date(at.getTime() + 1000);
}

/** A pattern with many gaps costs the database more than anybody's search is worth. */
function like({ field: name, value }: Filter, { field }: Searchable): CustomerCriteria {
  if (value.split('%').length > MAX_GAPS) refuseValue(name, value);
  return { field, comparison: 'matches', value };
}

function ofConstant(filter: Filter, constant: number): CustomerCriteria {
  const holds: Partial<Record<ConditionType, boolean>> = {
    eq: filter.value === String(constant),
    neq: filter.value !== String(constant),
    in: listIn(filter).includes(String(constant)),
    nin: !listIn(filter).includes(String(constant)),
    notnull: true,
    null: false,
  };
  return (holds[filter.condition] ?? refuseValue(filter.field, filter.value)) ? EVERYBODY : NOBODY;
}

function listIn({ field, value }: Filter): string[] {
  const values = value.split(',').map((text) => text.trim());
  return values.length > MAX_VALUES ? refuseValue(field, `${values.length} values`) : values;
}

function valueIn({ field, value }: Filter, kind: Kind): CriteriaValue {
  if (kind === 'text' || kind === 'email') return value;
  if (kind === 'number') return /^\d{1,15}$/.test(value) ? Number(value) : refuseValue(field, value);
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d{1,3})?Z?)?$/.exec(value.trim()) ?? [];
  const at = new Date(`${date}T${time ?? '00:00:00'}Z`);
  if (date === undefined || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date)) refuseValue(field, value);
  return kind === 'date' ? date : at;
}

function refuseName(name: string): never {
  throw new AdobeError(input('Invalid attribute name: %1', [name.slice(0, 64)]));
}

function refuseValue(field: string, value: string): never {
  const parameters = { value: value.slice(0, 64), fieldName: field };
  throw new AdobeError(input('Invalid value of "%value" provided for the %fieldName field.', parameters));
}
