import type { Comparison, Condition, Criteria, CriteriaValue, Order } from './criteria.js';
import type { Parameter } from './parameter.js';
import { jsonIncludes } from './json-includes.js';
import { like, type SqlParameters } from './sql-text.js';

/** `folded` texts have a collation that does not tell large letters from small ones, so that an index finds them. */
type Kind = 'number' | 'text' | 'folded' | 'time' | 'key' | 'json';

/** Something that a list may be narrowed and ordered by. */
export interface Column {
  readonly sql: string;
  readonly kind: Kind;
  /** The start of a query for rows of another table, where one of those is to meet the condition. */
  readonly within?: string;
  /** What a pattern goes by; left out: the column itself. */
  readonly shown?: string;
  /** What a value is compared as; left out: the value itself. */
  readonly bound?: (value: CriteriaValue) => Parameter;
  /** Whether there is a value, where the column alone does not tell. */
  readonly presence?: string;
}

/** What may be asked of a table. Secrets are not in it (SEC-66). */
export type Columns<Field extends string> = Readonly<Record<Field, Column>>;

const OPERATORS: Readonly<Record<Exclude<Comparison, 'startsWith' | 'matches' | 'includes' | 'isSet'>, string>> = {
  is: '=',
  equals: '=',
  exactly: '=',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
};

export function isColumnOf<Field extends string>(columns: Columns<Field>, field: string): field is Field {
  return Object.hasOwn(columns, field);
}

/** Criteria as a condition in SQL; `test` says what one of them is. */
export function criteriaSql<Field extends string>(
  criteria: Criteria<Field>,
  test: (condition: Condition<Field>) => string,
): string {
  const among = (parts: readonly Criteria<Field>[], between: string, empty: string): string =>
    parts.length === 0 ? empty : parts.map((part) => `(${criteriaSql(part, test)})`).join(between);
  if ('not' in criteria) return `NOT (${criteriaSql(criteria.not, test)})`;
  if ('all' in criteria) return among(criteria.all, ' AND ', '1 = 1');
  if ('any' in criteria) return among(criteria.any, ' OR ', '1 = 0');
  return test(criteria);
}

/** A condition on one column. */
export function columnCondition(
  column: Column,
  { comparison, value }: Omit<Condition<string>, 'field'>,
  parameters: SqlParameters,
): string {
  const condition = conditionOn(column, comparison, value, parameters);
  return column.within === undefined ? condition : `EXISTS (${column.within} AND (${condition}))`;
}

/** Equal rows follow their numbers in the direction of the last order: the way that indices go. */
export function orderSql<Sort extends string>(
  columns: Columns<Sort>,
  orders: readonly Order<Sort>[],
  { number, unique = [] }: { readonly number: string; readonly unique?: readonly Sort[] },
): string {
  const keys = orders.map(({ sort, descending }) => ({ sql: columns[sort].sql, descending }));
  const isTotal = orders.some(({ sort }) => unique.includes(sort));
  const all = isTotal ? keys : [...keys, { sql: number, descending: orders.at(-1)?.descending ?? false }];
  return all.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ');
}

function conditionOn(column: Column, comparison: Comparison, value: CriteriaValue, parameters: SqlParameters): string {
  switch (comparison) {
    case 'isSet':
      return column.presence ?? `${column.sql} IS NOT NULL`;
    case 'includes':
      return jsonIncludes(column.sql, String(value), parameters);
    case 'matches':
      return matching(column, translated(String(value)), parameters);
    case 'startsWith':
      return matching(column, `${translated(String(value))}%`, parameters);
    default:
      return compared(column, comparison, value, parameters);
  }
}

function compared(
  { sql, kind, bound = (plain) => plain, presence }: Column,
  comparison: keyof typeof OPERATORS,
  value: CriteriaValue,
  parameters: SqlParameters,
): string {
  const operator = OPERATORS[comparison];
  if (kind === 'text' && comparison !== 'exactly') return `LOWER(${sql}) ${operator} LOWER(${parameters.bind(value)})`;
  const placeholder = parameters.bind(kind === 'key' ? Buffer.from(String(value)) : bound(value));
  return `${sql} ${operator} ${placeholder}${presence === undefined ? '' : ` AND ${presence}`}`;
}

/** @param pattern with `!` before what means itself */
function matching({ sql, kind, shown = sql }: Column, pattern: string, parameters: SqlParameters): string {
  switch (kind) {
    case 'key':
      return `${like(shown, pattern, parameters)}${beginning(sql, pattern, parameters)}`;
    case 'time':
      return like(`SUBSTR(${sql}, 1, 19)`, pattern, parameters); // to the second, as times are shown
    case 'text':
      return like(shown, pattern, parameters);
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
