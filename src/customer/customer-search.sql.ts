import type { Comparison, Condition, Criteria, CriteriaValue } from '../common/criteria.js';
import type { Parameter } from '../common/database.js';
import { databaseKind } from '../config/index.js';

/** What customers can be found by. */
export type CustomerField =
  | 'id'
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
  | 'middleName'
  | 'lastName'
  | 'namePrefix'
  | 'nameSuffix'
  | 'dateOfBirth'
  | 'gender'
  | 'taxNumber'
  /** By its id. */
  | 'store'
  | 'phone'
  /** Of any address, as ISO code. */
  | 'country'
  /** Words anywhere: name, e-mail, phone, tags, addresses. */
  | 'text';

export type CustomerSort = 'number' | 'createdAt' | 'updatedAt' | 'name' | 'location';

/** What numbered pages are ordered by. */
export type CustomerColumnSort = 'id' | 'email' | 'firstName' | 'lastName' | 'createdAt' | 'updatedAt';

/** Named parameters of a statement; values from outside are never part of its text (SEC-67). */
export class SqlParameters {
  readonly values: Record<string, Parameter> = {};

  /** The placeholder of a value. */
  bind(value: Parameter): string {
    const name = `p${Object.keys(this.values).length}`;
    this.values[name] = value;
    return `:${name}`;
  }

  /** A statement with `?` for its placeholders, and their values in that order. */
  positional(sql: string): { readonly sql: string; readonly values: readonly Parameter[] } {
    const values: Parameter[] = [];
    const marked = sql.replace(/:(p\d+)/g, (_placeholder, name: string) => {
      values.push(this.values[name] ?? null);
      return '?';
    });
    return { sql: marked, values };
  }
}

/** How values that are no texts are compared; they have no parts. */
const OPERATORS: Readonly<Record<Comparison, string>> = {
  is: '=',
  startsWith: '=',
  equals: '=',
  matches: '=',
  isSet: '=',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
};

/** Columns that are compared as they stand. */
const COLUMNS = {
  id: 'c.id',
  number: 'c.number',
  email: 'c.email',
  createdAt: 'c.created_at',
  updatedAt: 'c.updated_at',
  firstName: 'c.first_name',
  middleName: 'c.middle_name',
  lastName: 'c.last_name',
  namePrefix: 'c.name_prefix',
  nameSuffix: 'c.name_suffix',
  dateOfBirth: 'c.date_of_birth',
  gender: 'c.gender',
  taxNumber: 'c.tax_number',
  store: 'c.store_id',
  phone: 'c.phone',
} as const satisfies Partial<Record<CustomerField, string>>;

/** What numbered pages compare; an address by its key, which an index has. */
export const COLUMN_SORTS: Readonly<Record<CustomerColumnSort, string>> = { ...COLUMNS, email: 'c.email_key' };

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
  number: COLUMNS.number,
  createdAt: COLUMNS.createdAt,
  updatedAt: COLUMNS.updatedAt,
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
  switch (field) {
    case 'tag':
      return "c.tags <> '[]'";
    case 'country':
      return ofAnAddress('a.country_code IS NOT NULL');
    default:
      return isColumn(field) ? `${COLUMNS[field]} IS NOT NULL` : '1 = 1';
  }
}

function conditionOf(condition: Condition<CustomerField>, parameters: SqlParameters): string {
  const { field, comparison, value } = condition;
  if (isColumn(field) && comparison === 'equals') return like(COLUMNS[field], escaped(value), parameters);
  if (isColumn(field) && comparison === 'matches') return like(COLUMNS[field], pattern(value), parameters);
  switch (field) {
    case 'email':
      return email(condition, parameters);
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
    default:
      return `${COLUMNS[field]} ${OPERATORS[comparison]} ${parameters.bind(value)}`;
  }
}

function isColumn(field: CustomerField): field is keyof typeof COLUMNS {
  return field in COLUMNS;
}

/** By the key, in one range of its index. */
function email({ comparison, value }: Condition<CustomerField>, parameters: SqlParameters): string {
  const key = Buffer.from(String(value));
  if (comparison !== 'startsWith') return `c.email_key ${OPERATORS[comparison]} ${parameters.bind(key)}`;
  const end = Buffer.concat([key, Buffer.of(0xff)]);
  return `c.email_key >= ${parameters.bind(key)} AND c.email_key < ${parameters.bind(end)}`;
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

/** What a caller's wildcards stand for is left to the database; its own escape character is a character. */
function pattern(value: CriteriaValue): string {
  return String(value).replaceAll('!', '!!');
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
