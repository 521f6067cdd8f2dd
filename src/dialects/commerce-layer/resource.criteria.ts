import { parseEmail } from '#lib/email-address';
import {
  errorObject,
  JsonApiFault,
  type Filter,
  type FilterTest,
  type FilterValue,
  type ListQuery,
} from '#lib/json-api';
import type { Criteria, CriteriaValue, NumberedPage } from '../../common/criteria.js';
import { fromShortId } from '../../common/public-id.js';
import { typesMeeting } from './event-names.criteria.js';

/** How a resource's attributes are called in the core. */
export interface Fields<Field extends string> {
  readonly isField: (name: string) => name is Field;
  /** Those that are e-mail addresses, and are found whatever their spelling. */
  readonly emails?: readonly string[];
  /** Whether the resource is that of events, which the core knows by their types. */
  readonly areEvents?: boolean;
}

const ORDERS = { lt: 'below', lteq: 'atMost', gt: 'above', gteq: 'atLeast' } as const;
const NOBODY = 0;

/** A filter as the core's neutral criteria. @throws JsonApiFault for what the core cannot look for */
export function criteriaOf<Field extends string>(filter: Filter, fields: Fields<Field>): Criteria<Field> {
  if ('not' in filter) return { not: criteriaOf(filter.not, fields) };
  if ('all' in filter) return { all: filter.all.map((part) => criteriaOf(part, fields)) };
  if ('any' in filter) return { any: filter.any.map((part) => criteriaOf(part, fields)) };
  if (isEventName(filter, fields)) return namedEvents(filter, fields);
  const field = fieldOf(filter.path, fields);
  if (!field) throw notAllowed(filter);
  return conditionOf(filter, field, fields);
}

function notAllowed({ path }: FilterTest): JsonApiFault {
  return new JsonApiFault([errorObject('FILTER_NOT_ALLOWED', `${path.join('_')} is not allowed.`)]);
}

function isEventName({ path }: FilterTest, { areEvents }: Pick<Fields<string>, 'areEvents'>): boolean {
  return path.at(-1) === 'name' && (path.length === 1 ? areEvents === true : path.at(-2) === 'events');
}

function namedEvents<Field extends string>(test: FilterTest, fields: Fields<Field>): Criteria<Field> {
  const field = fieldOf([...test.path.slice(0, -1), 'type'], fields);
  if (!field) throw notAllowed(test);
  if (test.operator === 'null' || test.operator === 'blank') return { not: { field, comparison: 'isSet', value: '' } };
  return { any: typesMeeting(test).map((value) => ({ field, comparison: 'exactly', value })) };
}

/** A page as the core numbers it; newest first where nothing was asked for. @throws JsonApiFault */
export function pageOf<Field extends string>({ sort, page }: ListQuery, fields: Fields<Field>): NumberedPage<Field> {
  const asked = sort.length > 0 ? sort : [{ path: ['created_at'], descending: true }];
  const orders = asked.map(({ path, descending }) => {
    const field = fieldOf(path, fields);
    if (field) return { sort: field, descending };
    const detail = `${path.join('.')} is not a valid sort criteria`;
    throw new JsonApiFault([errorObject('INVALID_SORT_CRITERIA', detail, { parameter: 'sort' })]);
  });
  return { orders, size: page.size, offset: (page.number - 1) * page.size };
}

/** `customer_group`, `created_at` is the core's `customerGroup.createdAt`; its ids are public numbers. */
function fieldOf<Field extends string>(path: readonly string[], { isField }: Fields<Field>): Field | null {
  const names = path.map((name) => name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()));
  const name = names.join('.').replace(/(^|\.)id$/, '$1number');
  return isField(name) ? name : null;
}

function conditionOf<Field extends string>(test: FilterTest, field: Field, fields: Fields<Field>): Criteria<Field> {
  const { operator, value, kind } = test;
  const isSet: Criteria<Field> = { field, comparison: 'isSet', value: '' };
  switch (operator) {
    case 'null':
      return { not: isSet };
    case 'blank': {
      const isText = kind === 'text' || kind === 'note';
      return isText ? { any: [{ not: isSet }, { field, comparison: 'exactly', value: '' }] } : { not: isSet };
    }
    case 'eq':
      return equality(test, field, fields);
    case 'matches':
      return { field, comparison: 'matches', value: textOf(value) };
    case 'cont':
      return { field, comparison: 'matches', value: `%${literal(value)}%` };
    case 'start':
      return { field, comparison: 'matches', value: `${literal(value)}%` };
    case 'end':
      return { field, comparison: 'matches', value: `%${literal(value)}` };
    case 'jcont':
      return { field, comparison: 'includes', value: JSON.stringify(value) };
    default:
      return { field, comparison: ORDERS[operator], value: valueOf(value) };
  }
}

function equality<Field extends string>(
  { path, value }: FilterTest,
  field: Field,
  { emails = [] }: Fields<Field>,
): Criteria<Field> {
  if (path.at(-1) === 'id') return { field, comparison: 'is', value: fromShortId(textOf(value)) ?? NOBODY };
  if (!emails.includes(field)) return { field, comparison: 'exactly', value: valueOf(value) };
  const email = parseEmail(textOf(value), { eai: true });
  return email ? { field, comparison: 'equals', value: email.key } : { any: [] };
}

function valueOf(value: FilterValue): CriteriaValue {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value;
}

function literal(value: FilterValue): string {
  return textOf(value).replace(/[%_\\]/g, '\\$&');
}

/** Of texts alone are parts, ids and addresses asked for. */
function textOf(value: FilterValue): string {
  return typeof value === 'string' ? value : '';
}
