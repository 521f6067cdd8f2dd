import type { Comparison, Condition } from '../common/criteria.js';
import { escaped, like, type SqlParameters } from './sql-text.js';

/** `folded` texts have a collation that does not tell large letters from small ones, so that an index finds them. */
type Kind = 'number' | 'text' | 'folded' | 'time' | 'key';

interface Column {
  readonly sql: string;
  readonly kind: Kind;
  /** Of the address for bills, instead of the customer. */
  readonly ofBilling?: true;
}

const own = (name: string, kind: Kind): Column => ({ sql: `c.${name}`, kind });
const billing = (name: string): Column => ({ sql: `a.${name}`, kind: 'text', ofBilling: true });

/** What is compared as a whole. A list of what may be asked for: secrets are not in it (SEC-66). */
export const COLUMNS = {
  id: own('id', 'number'),
  number: own('number', 'number'),
  storeId: own('store_id', 'number'),
  /** The whole address, by its key; patterns go by what was typed. */
  email: own('email_key', 'key'),
  firstName: own('first_name', 'folded'),
  middleName: own('middle_name', 'text'),
  lastName: own('last_name', 'folded'),
  namePrefix: own('name_prefix', 'text'),
  nameSuffix: own('name_suffix', 'text'),
  dateOfBirth: own('date_of_birth', 'text'),
  gender: own('gender', 'number'),
  taxNumber: own('tax_number', 'text'),
  defaultBillingId: own('default_billing_id', 'number'),
  defaultShippingId: own('default_shipping_id', 'number'),
  createdAt: own('created_at', 'time'),
  updatedAt: own('updated_at', 'time'),
  billingCity: billing('city'),
  billingCompany: billing('company'),
  billingCountry: billing('country_code'),
  billingPhone: billing('phone'),
  billingPostcode: billing('postcode'),
  billingRegion: billing('region'),
} as const satisfies Record<string, Column>;

export type CustomerColumn = keyof typeof COLUMNS;

/** What rows can be ordered by: the customer's own columns. */
export type CustomerOrder = Exclude<CustomerColumn, `billing${string}`>;

const OPERATORS: Readonly<Record<Exclude<Comparison, 'startsWith' | 'matches' | 'isSet'>, string>> = {
  is: '=',
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
  const column: Column = COLUMNS[condition.field];
  const sql = comparisonOf(column, condition, parameters);
  if (!column.ofBilling) return sql;
  return `EXISTS (SELECT 1 FROM customer_address a WHERE a.id = c.default_billing_id AND a.customer_id = c.id AND ${sql})`;
}

function comparisonOf(column: Column, condition: Condition<CustomerColumn>, parameters: SqlParameters): string {
  const { comparison, value } = condition;
  switch (comparison) {
    case 'isSet':
      return `${column.sql} IS NOT NULL`;
    case 'matches':
      return matching(column, translated(String(value)), parameters);
    case 'startsWith':
      return matching(column, `${escaped(value)}%`, parameters);
    default:
      return compared(column, OPERATORS[comparison], value, parameters);
  }
}

function compared({ sql, kind }: Column, operator: string, value: unknown, parameters: SqlParameters): string {
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
  const after = letters.slice(0, -1) + String.fromCharCode(letters.charCodeAt(letters.length - 1) + 1);
  const [from, until] = [parameters.bind(Buffer.from(letters)), parameters.bind(Buffer.from(after))];
  return ` AND ${sql} >= ${from} AND ${sql} < ${until}`;
}

/** A pattern of `Criteria` as one for `ESCAPE '!'`. */
function translated(pattern: string): string {
  return pattern.replace(/\\([%_\\])|!/g, (whole, literal: string | undefined) => {
    if (whole === '!') return '!!';
    return literal === '\\' ? literal : `!${literal ?? ''}`;
  });
}
