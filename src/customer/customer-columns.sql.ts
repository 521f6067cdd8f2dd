import type { Comparison, Condition } from '../common/criteria.js';
import type { SqlParameters } from './customer-search.sql.js';

/** Columns that are compared whole, texts whatever their case. */
const TEXTS = {
  emailText: 'c.email',
  firstNameText: 'c.first_name',
  middleName: 'c.middle_name',
  lastNameText: 'c.last_name',
  namePrefix: 'c.name_prefix',
  nameSuffix: 'c.name_suffix',
  dateOfBirth: 'c.date_of_birth',
  taxNumber: 'c.tax_number',
} as const;

const NUMBERS = { id: 'c.id', realmId: 'c.realm_id', storeId: 'c.store_id', gender: 'c.gender' } as const;

const COLUMNS = { ...TEXTS, ...NUMBERS };

export type CustomerColumn = keyof typeof COLUMNS;

const OPERATORS: Readonly<Record<Exclude<Comparison, 'isSet'>, string>> = {
  is: '=',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
  startsWith: 'LIKE',
  matches: 'LIKE',
};

export function isColumn(field: string): field is CustomerColumn {
  return Object.hasOwn(COLUMNS, field);
}

export function columnIsSet(field: CustomerColumn): string {
  return `${COLUMNS[field]} IS NOT NULL`;
}

/** A condition on one column. A pattern may hold `%` and `_`; a number is compared as one, but for patterns. */
export function onColumn(
  { comparison, value }: Condition<string>,
  field: CustomerColumn,
  parameters: SqlParameters,
): string {
  const operator = OPERATORS[comparison === 'isSet' ? 'is' : comparison];
  const column = COLUMNS[field];
  if (operator === 'LIKE')
    return `LOWER(${column}) LIKE LOWER(${parameters.bind(patternOf(comparison, value))}) ESCAPE '!'`;
  if (field in NUMBERS) return `${column} ${operator} ${parameters.bind(value)}`;
  return `LOWER(${column}) ${operator} LOWER(${parameters.bind(value)})`;
}

/** `!` means itself in what comes from outside. */
function patternOf(comparison: Comparison, value: Condition<string>['value']): string {
  const text = String(value);
  return comparison === 'matches' ? text.replaceAll('!', '!!') : `${text.replace(/[%_!]/g, '!$&')}%`;
}
