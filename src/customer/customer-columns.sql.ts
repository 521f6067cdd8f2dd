import type { Comparison, Condition, CriteriaValue } from '../common/criteria.js';
import { like, type SqlParameters } from './sql-text.js';

/** `folded` texts have a collation that does not tell large letters from small ones, so that an index finds them. */
type Kind = 'number' | 'text' | 'folded' | 'time' | 'key';

interface Column {
  readonly sql: string;
  readonly kind: Kind;
}

const column = (name: string, kind: Kind): Column => ({ sql: `c.${name}`, kind });

/** What is compared as a whole. A list of what may be asked for: secrets are not in it (SEC-66). */
export const COLUMNS = {
  id: column('id', 'number'),
  number: column('number', 'number'),
  /** By its id. */
  store: column('store_id', 'number'),
  /** The whole address, by its key; patterns go by what was typed. */
  email: column('email_key', 'key'),
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
  createdAt: column('created_at', 'time'),
  updatedAt: column('updated_at', 'time'),
} as const satisfies Record<string, Column>;

export type CustomerColumn = keyof typeof COLUMNS;

/** What numbered pages are ordered by. */
export type CustomerColumnSort = 'id' | 'email' | 'firstName' | 'lastName' | 'createdAt' | 'updatedAt';

/** No two customers of a realm share these, so that an order by them is one. */
const UNIQUE: readonly CustomerColumnSort[] = ['id', 'email'];

const OPERATORS: Readonly<Record<Exclude<Comparison, 'startsWith' | 'matches' | 'isSet'>, string>> = {
  is: '=',
  equals: '=',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
};

export function isColumn(field: string): field is CustomerColumn {
  return Object.hasOwn(COLUMNS, field);
}

/** A condition on one column of a customer `c`. */
export function columnCondition(condition: Condition<CustomerColumn>, parameters: SqlParameters): string {
  const { field, comparison, value } = condition;
  const { sql, kind }: Column = COLUMNS[field];
  switch (comparison) {
    case 'isSet':
      return `${sql} IS NOT NULL`;
    case 'matches':
      return matching({ sql, kind }, translated(String(value)), parameters);
    case 'startsWith':
      return matching({ sql, kind }, `${translated(String(value))}%`, parameters);
    default:
      return compared({ sql, kind }, OPERATORS[comparison], value, parameters);
  }
}

/** Equal rows follow their numbers in the direction of the last order: the way that indices go. */
export function orderOf(
  orders: readonly { readonly sort: CustomerColumnSort; readonly descending: boolean }[],
): string {
  const last = orders.at(-1) ?? { descending: false };
  const isTotal = orders.some(({ sort }) => UNIQUE.includes(sort));
  const keys = orders.map(({ sort, descending }) => ({ sql: COLUMNS[sort].sql, descending }));
  const all = isTotal ? keys : [...keys, { sql: keys.length > 0 ? 'c.number' : 'c.id', descending: last.descending }];
  return all.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ');
}

function compared({ sql, kind }: Column, operator: string, value: CriteriaValue, parameters: SqlParameters): string {
  if (kind === 'text') return `LOWER(${sql}) ${operator} LOWER(${parameters.bind(value)})`;
  return `${sql} ${operator} ${parameters.bind(kind === 'key' ? Buffer.from(String(value)) : value)}`;
}

/** @param pattern with `!` before what means itself */
function matching({ sql, kind }: Column, pattern: string, parameters: SqlParameters): string {
  switch (kind) {
    case 'key':
      return `${like('c.email', pattern, parameters)}${beginning(sql, pattern, parameters)}`;
    case 'time':
      return like(`SUBSTR(${sql}, 1, 19)`, pattern, parameters); // to the second, as times are shown
    case 'text':
      return like(sql, pattern, parameters);
    default:
      return `${sql} LIKE ${parameters.bind(pattern)} ESCAPE '!'`;
  }
}

/**
 * The keys that a pattern's first letters leave, as a range, which an index answers on every database. Only letters of
 * the part before the `@` count: of the domain, key and typed form may differ.
 */
function beginning(sql: string, pattern: string, parameters: SqlParameters): string {
  const letters = /^[a-z0-9.+-]*/i.exec(pattern)?.[0].toLowerCase() ?? '';
  if (letters === '') return '';
  const end = Buffer.concat([Buffer.from(letters), Buffer.of(0xff)]);
  return ` AND ${sql} >= ${parameters.bind(Buffer.from(letters))} AND ${sql} < ${parameters.bind(end)}`;
}

/** A pattern of `Criteria`, in which a backslash takes the meaning of what follows away, as one for `ESCAPE '!'`. */
function translated(pattern: string): string {
  return pattern.replace(/\\([%_\\])|!/g, (whole, literal: string | undefined) => {
    if (whole === '!') return '!!';
    return literal === '\\' ? literal : `!${literal ?? ''}`;
  });
}
