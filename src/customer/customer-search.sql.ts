import type { Comparison, Condition, Criteria } from '../common/criteria.js';
import { databaseKind } from '../config/index.js';
import { columnIsSet, isColumn, onColumn, type CustomerColumn } from './customer-columns.sql.js';

/** What customers can be found by. */
export type CustomerField =
  | CustomerColumn
  | 'number'
  /** The whole address, by its key. */
  | 'email'
  /** The domain, or words of what stands before the `@`. */
  | 'emailPart'
  | 'state'
  | 'tag'
  | 'createdAt'
  | 'updatedAt'
  | 'firstName'
  | 'lastName'
  | 'phone'
  /** Of any address, as ISO code. */
  | 'country'
  /** Words anywhere: name, e-mail, phone, tags, addresses. */
  | 'text';

export type CustomerSort = 'number' | 'createdAt' | 'updatedAt' | 'name' | 'location';

/** Named parameters of a statement; values from outside are never part of its text (SEC-67). */
export class SqlParameters {
  readonly values: Record<string, unknown> = {};

  /** The placeholder of a value. */
  bind(value: unknown): string {
    const name = `p${Object.keys(this.values).length}`;
    this.values[name] = value;
    return `:${name}`;
  }
}

const OPERATORS: Readonly<Record<Exclude<Comparison, 'startsWith' | 'matches' | 'isSet'>, string>> = {
  is: '=',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
};

/** What stands between words. */
const SEPARATORS = '@.,;:-_+/()[]"';
/** Locked by staff is shown as disabled, and found as that. */
const STATE = "(CASE WHEN c.disabled_by IS NULL THEN c.state ELSE 'disabled' END)";
const NAME = joined(["COALESCE(c.last_name, '')", "', '", "COALESCE(c.first_name, '')"]);
const PLACE = joined(
  ['country_code', 'region', 'city'].map((name) => `COALESCE(a.${name}, '')`).flatMap((part) => [part, "' '"]),
);
const PLACES = `SELECT LOWER(${PLACE}) FROM customer_address a WHERE a.customer_id = c.id`;

/** What each order compares; equal rows follow their numbers. The vendor's words: "last, first", nameless first. */
export const SORT_KEYS: Readonly<Record<CustomerSort, string>> = {
  number: 'c.number',
  createdAt: 'c.created_at',
  updatedAt: 'c.updated_at',
  name: `(CASE WHEN c.first_name IS NULL AND c.last_name IS NULL THEN '' ELSE LOWER(${NAME}) END)`,
  location: `COALESCE((${PLACES} AND a.id = c.default_shipping_id), (${PLACES} ORDER BY a.id LIMIT 1), '')`,
};

const LOCAL_PART = wordsOf(["SUBSTR(c.email, 1, INSTR(c.email, '@') - 1)"]);
const OWN_WORDS = wordsOf(['c.first_name', 'c.last_name', 'c.email', 'c.phone', 'c.tags']);
const ADDRESS_WORDS = wordsOf(
  ['first_name', 'last_name', 'company', 'lines', 'city', 'region', 'country_code', 'postcode', 'phone'].map(
    (name) => `a.\`${name}\``,
  ),
);

/** Criteria as a condition on a customer `c`. */
export function sqlOf(criteria: Criteria<CustomerField>, parameters: SqlParameters): string {
  if ('not' in criteria) return `NOT (${sqlOf(criteria.not, parameters)})`;
  if ('all' in criteria) return among(criteria.all, parameters, ' AND ', '1 = 1');
  if ('any' in criteria) return among(criteria.any, parameters, ' OR ', '1 = 0');
  return criteria.comparison === 'isSet' ? presence(criteria.field) : conditionOf(criteria, parameters);
}

function among(
  parts: readonly Criteria<CustomerField>[],
  parameters: SqlParameters,
  between: string,
  empty: string,
): string {
  return parts.length === 0 ? empty : parts.map((part) => `(${sqlOf(part, parameters)})`).join(between);
}

function presence(field: CustomerField): string {
  if (isColumn(field)) return columnIsSet(field);
  switch (field) {
    case 'firstName':
      return 'c.first_name IS NOT NULL';
    case 'lastName':
      return 'c.last_name IS NOT NULL';
    case 'phone':
      return 'c.phone IS NOT NULL';
    case 'tag':
      return "c.tags <> '[]'";
    case 'country':
      return ofAnAddress('a.country_code IS NOT NULL');
    default:
      return '1 = 1';
  }
}

function conditionOf(condition: Condition<CustomerField>, parameters: SqlParameters): string {
  const { field, comparison, value } = condition;
  if (isColumn(field)) return onColumn(condition, field, parameters);
  switch (field) {
    case 'number':
    case 'createdAt':
    case 'updatedAt':
      return `${SORT_KEYS[field]} ${operatorOf(comparison)} ${parameters.bind(value)}`;
    case 'email':
      return `c.email_key = ${parameters.bind(Buffer.from(String(value)))}`;
    case 'emailPart':
      return `${like('c.email', `%@${escaped(value)}`, parameters)} OR ${words(LOCAL_PART, condition, parameters)}`;
    case 'state':
      return `${STATE} = LOWER(${parameters.bind(value)})`;
    case 'tag':
      return like('c.tags', `%${escaped(quoted(condition))}%`, parameters);
    case 'firstName':
      return words(wordsOf(['c.first_name']), condition, parameters);
    case 'lastName':
      return words(wordsOf(['c.last_name']), condition, parameters);
    case 'phone':
      return like('c.phone', escaped(value) + (comparison === 'startsWith' ? '%' : ''), parameters);
    case 'country':
      return ofAnAddress(like('a.country_code', escaped(value), parameters));
    case 'text':
      return anywhere(condition, parameters);
  }
}

/** Each word somewhere; they need not stand together. */
function anywhere(condition: Condition<CustomerField>, parameters: SqlParameters): string {
  const parts = split(condition.value).map((word, at, all) => {
    const one = { ...condition, value: word, comparison: at === all.length - 1 ? condition.comparison : 'is' } as const;
    const inAddress = ofAnAddress(words(ADDRESS_WORDS, one, parameters));
    return `(${words(OWN_WORDS, one, parameters)} OR ${inAddress})`;
  });
  return parts.length === 0 ? '1 = 0' : parts.join(' AND ');
}

/** Whole words of a text; `startsWith` lets the last one go on. */
function words(text: string, { value, comparison }: Condition<CustomerField>, parameters: SqlParameters): string {
  const parts = split(value).map((word, at, all) => {
    const goesOn = comparison === 'startsWith' && at === all.length - 1;
    return like(text, `% ${escaped(word)}${goesOn ? '' : ' '}%`, parameters);
  });
  return parts.length === 0 ? '1 = 0' : parts.join(' AND ');
}

function operatorOf(comparison: Comparison): string {
  const isOrdered = comparison !== 'startsWith' && comparison !== 'matches' && comparison !== 'isSet';
  return OPERATORS[isOrdered ? comparison : 'is'];
}

/** A tag as it stands in the column's JSON; the end is open for `startsWith`. */
function quoted({ value, comparison }: Condition<CustomerField>): string {
  const text = JSON.stringify(String(value));
  return comparison === 'startsWith' ? text.slice(0, -1) : text;
}

function ofAnAddress(condition: string): string {
  return `EXISTS (SELECT 1 FROM customer_address a WHERE a.customer_id = c.id AND (${condition}))`;
}

/** Both sides go through the database's own idea of small letters. */
function like(text: string, pattern: string, parameters: SqlParameters): string {
  return `LOWER(${text}) LIKE LOWER(${parameters.bind(pattern)}) ESCAPE '!'`;
}

function escaped(value: unknown): string {
  return String(value).replace(/[%_!]/g, '!$&');
}

function split(value: unknown): string[] {
  const isSeparator = (character: string): boolean => character === "'" || SEPARATORS.includes(character);
  const spaced = Array.from(String(value), (character) => (isSeparator(character) ? ' ' : character)).join('');
  return spaced.split(/\s+/).filter((word) => word !== '');
}

/** Columns as one text of words with a space around each. */
function wordsOf(columns: readonly string[]): string {
  const text = joined(columns.flatMap((column) => ["' '", `COALESCE(${column}, '')`]).concat("' '"));
  return [...Array.from(SEPARATORS), "''"].reduce(
    (expression, separator) => `REPLACE(${expression}, '${separator}', ' ')`,
    text,
  );
}

function joined(parts: readonly string[]): string {
  return databaseKind === 'mysql' ? `CONCAT(${parts.join(', ')})` : `(${parts.join(' || ')})`;
}
