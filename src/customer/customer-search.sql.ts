import type { Condition, Criteria } from '../common/criteria.js';
import { columnCondition, criteriaSql } from '../common/column-criteria.js';
import { jsonIncludes } from '../common/json-includes.js';
import { escaped, joined, like, type SqlParameters } from '../common/sql-text.js';
import { COLUMNS, isCustomerColumn, type CustomerColumn } from './customer-columns.sql.js';

/** What customers can be found by. */
export type CustomerField =
  | CustomerColumn
  /** The domain, or words of what stands before the `@`. */
  | 'emailPart'
  | 'state'
  | 'tag'
  /** Of any address, as ISO code. */
  | 'country'
  /** A list of Common Ground's that the customer is on, by its ref. */
  | 'list'
  /** Words anywhere: name, e-mail, phone, tags, addresses. */
  | 'text';

export type CustomerSort = 'number' | 'createdAt' | 'updatedAt' | 'name' | 'location';

/** What stands between words. */
const SEPARATORS = '@.,;:-_+/()[]"';
/** Locked by staff is shown as disabled, and found as that. */
const STATE = "(CASE WHEN c.disabled_by IS NULL THEN c.state ELSE 'disabled' END)";
const LISTS = "JSON_EXTRACT(c.attributes, '$.commonGround.lists')";
const NAME = joined(["COALESCE(c.last_name, '')", "', '", "COALESCE(c.first_name, '')"]);
const PLACE = joined(
  ['country_code', 'region', 'city'].map((name) => `COALESCE(a.${name}, '')`).flatMap((part) => [part, "' '"]),
);
const PLACES = `SELECT LOWER(${PLACE}) FROM customer_address a WHERE a.customer_id = c.id`;

/** What each order compares; equal rows follow their numbers. The vendor's words: "last, first", nameless first. */
export const SORT_KEYS: Readonly<Record<CustomerSort, string>> = {
  number: COLUMNS.number.sql,
  createdAt: COLUMNS.createdAt.sql,
  updatedAt: COLUMNS.updatedAt.sql,
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
  return criteriaSql(criteria, (condition) =>
    condition.comparison === 'isSet' ? presence(condition.field, parameters) : conditionOf(condition, parameters),
  );
}

function presence(field: CustomerField, parameters: SqlParameters): string {
  switch (field) {
    case 'tag':
      return "c.tags <> '[]'";
    case 'country':
      return ofAnAddress('a.country_code IS NOT NULL');
    default:
      if (!isCustomerColumn(field)) return '1 = 1';
      return columnCondition(COLUMNS[field], { comparison: 'isSet', value: '' }, parameters);
  }
}

function conditionOf(condition: Condition<CustomerField>, parameters: SqlParameters): string {
  const { field, comparison, value } = condition;
  const hasWords = comparison === 'is' || comparison === 'startsWith';
  switch (field) {
    case 'firstName':
    case 'lastName':
      if (!hasWords) return columnCondition(COLUMNS[field], condition, parameters);
      return words(wordsOf([COLUMNS[field].sql]), condition, parameters);
    case 'phone':
      if (!hasWords) return columnCondition(COLUMNS[field], condition, parameters);
      return like('c.phone', escaped(value) + (comparison === 'startsWith' ? '%' : ''), parameters);
    case 'emailPart':
      return `${like('c.email', `%@${escaped(value)}`, parameters)} OR ${words(LOCAL_PART, condition, parameters)}`;
    case 'state':
      return `${STATE} = LOWER(${parameters.bind(value)})`;
    case 'tag':
      return like('c.tags', `%${escaped(quoted(condition))}%`, parameters);
    case 'country':
      return ofAnAddress(like('a.country_code', escaped(value), parameters));
    case 'list':
      return jsonIncludes(LISTS, JSON.stringify([{ ref: value }]), parameters);
    case 'text':
      return anywhere(condition, parameters);
    default:
      return columnCondition(COLUMNS[field], condition, parameters);
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

/** A tag as it stands in the column's JSON; the end is open for `startsWith`. */
function quoted({ value, comparison }: Condition<CustomerField>): string {
  const text = JSON.stringify(String(value));
  return comparison === 'startsWith' ? text.slice(0, -1) : text;
}

function ofAnAddress(condition: string): string {
  return `EXISTS (SELECT 1 FROM customer_address a WHERE a.customer_id = c.id AND (${condition}))`;
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
