import type { ConditionType, Filter, SearchCriteria } from '#lib/search-criteria';
import type { Comparison, Condition, Criteria, CriteriaValue } from '../../../common/criteria.js';
import type { CustomerField, CustomerOrder } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { parsedEmail } from '../adobe.input.js';
import { AdobeError, input } from '../adobe.refusal.js';
import { invalid } from './rest.input.js';
import { GROUP } from './rest.mapper.js';

type CustomerCriteria = Criteria<CustomerField>;

const EVERYBODY: CustomerCriteria = { all: [] };
const NOBODY: CustomerCriteria = { any: [] };
const MAX_VALUES = 100;

const TEXTS: ReadonlyMap<string, CustomerField> = new Map([
  ['email', 'emailText'],
  ['firstname', 'firstNameText'],
  ['middlename', 'middleName'],
  ['lastname', 'lastNameText'],
  ['prefix', 'namePrefix'],
  ['suffix', 'nameSuffix'],
  ['dob', 'dateOfBirth'],
  ['taxvat', 'taxNumber'],
]);
const NUMBERS: ReadonlyMap<string, CustomerField> = new Map([
  ['id', 'id'],
  ['entity_id', 'id'],
  ['store_id', 'storeId'],
  ['website_id', 'realmId'],
  ['gender', 'gender'],
]);
const TIMES: ReadonlyMap<string, 'createdAt' | 'updatedAt'> = new Map([
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
]);
const ORDERS: ReadonlyMap<string, CustomerOrder['by']> = new Map([
  ['id', 'id'],
  ['entity_id', 'id'],
  ['email', 'email'],
  ['firstname', 'firstName'],
  ['middlename', 'middleName'],
  ['lastname', 'lastName'],
  ['dob', 'dateOfBirth'],
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
]);

/** What a condition comes to: a comparison, of one value or of some, true or not. */
interface Meaning {
  readonly comparison: Comparison;
  readonly isList?: boolean;
  readonly isNot?: boolean;
}

const MEANINGS: Readonly<Record<ConditionType, Meaning>> = {
  eq: { comparison: 'is' },
  neq: { comparison: 'is', isNot: true },
  gt: { comparison: 'above' },
  gteq: { comparison: 'atLeast' },
  moreq: { comparison: 'atLeast' },
  from: { comparison: 'atLeast' },
  lt: { comparison: 'below' },
  lteq: { comparison: 'atMost' },
  to: { comparison: 'atMost' },
  like: { comparison: 'matches' },
  nlike: { comparison: 'matches', isNot: true },
  in: { comparison: 'is', isList: true },
  nin: { comparison: 'is', isList: true, isNot: true },
  null: { comparison: 'isSet', isNot: true },
  notnull: { comparison: 'isSet' },
  finset: { comparison: 'is' }, // no column of ours holds a list
  nfinset: { comparison: 'is', isNot: true },
};

/** Filters of a group are alternatives, groups add up. @throws AdobeError for fields and values that are none */
export function criteriaOf({ groups }: SearchCriteria, store: Store): CustomerCriteria {
  return { all: groups.map((filters) => ({ any: filters.map((filter) => ofFilter(filter, store)) })) };
}

/** @throws AdobeError for a field that nothing is ordered by */
export function ordersOf({ sortOrders }: SearchCriteria): CustomerOrder[] {
  return sortOrders.map(({ field, direction }) => {
    const by = ORDERS.get(field);
    if (!by) throw unknownField(field);
    return { by, descending: direction === 'DESC' };
  });
}

function ofFilter(filter: Filter, store: Store): CustomerCriteria {
  const { comparison, isList, isNot } = MEANINGS[filter.conditionType];
  const values = isList ? filter.value.split(',').map((value) => value.trim()) : [filter.value];
  if (values.length > MAX_VALUES) throw new AdobeError(input('Too many values for the field %fieldName.', { fieldName: filter.field })); // prettier-ignore
  const any = values.map((value) => ofValue(filter.field, comparison, value, store));
  return isNot ? { not: { any } } : { any };
}

function ofValue(field: string, comparison: Comparison, value: string, store: Store): CustomerCriteria {
  const [text, number, time] = [TEXTS.get(field), NUMBERS.get(field), TIMES.get(field)];
  if (text) return ofText(text, comparison, value, store);
  if (number) return condition(number, comparison, isExact(comparison) ? numberIn(field, value) : value);
  if (time) return ofTime(time, comparison, value, field);
  if (field === 'group_id') return ofGroup(comparison, value);
  throw unknownField(field);
}

/** A whole address is found by its key, which has an index. */
function ofText(field: CustomerField, comparison: Comparison, value: string, store: Store): CustomerCriteria {
  const email = field === 'emailText' && comparison === 'is' ? parsedEmail(value, store) : null;
  return email ? condition('email', 'is', email.key) : condition(field, comparison, value);
}

function numberIn(field: string, value: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw new AdobeError(invalid(field, value.slice(0, 64)));
  return Number(value);
}

/** Times are told in seconds, so that one of them is as long as that. */
function ofTime(
  field: 'createdAt' | 'updatedAt',
  comparison: Comparison,
  value: string,
  name: string,
): CustomerCriteria {
  if (comparison === 'isSet') return EVERYBODY;
  const from = timeIn(value);
  if (!from || comparison === 'matches') throw new AdobeError(invalid(name, value.slice(0, 64)));
  const until = new Date(from.getTime() + 1000);
  const [isNotBefore, isNotAfter] = [condition(field, 'atLeast', from), condition(field, 'below', until)];
  switch (comparison) {
    case 'above':
      return condition(field, 'atLeast', until);
    case 'atLeast':
      return isNotBefore;
    case 'below':
      return condition(field, 'below', from);
    case 'atMost':
      return isNotAfter;
    default:
      return { all: [isNotBefore, isNotAfter] };
  }
}

/** UTC, as the vendor writes it, or a day's beginning. */
function timeIn(value: string): Date | null {
  const [, day, time = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?$/.exec(value) ?? [];
  const at = day ? new Date(`${day}T${time}.000Z`) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

/** Everybody is in the one group that there is. */
function ofGroup(comparison: Comparison, value: string): CustomerCriteria {
  if (comparison === 'isSet') return EVERYBODY;
  if (comparison === 'matches') throw new AdobeError(invalid('group_id', value.slice(0, 64)));
  const difference = GROUP - numberIn('group_id', value);
  const holds: Readonly<Record<Exclude<Comparison, 'isSet' | 'matches'>, boolean>> = {
    is: difference === 0,
    startsWith: difference === 0,
    above: difference > 0,
    atLeast: difference >= 0,
    below: difference < 0,
    atMost: difference <= 0,
  };
  return holds[comparison] ? EVERYBODY : NOBODY;
}

function isExact(comparison: Comparison): boolean {
  return comparison !== 'matches' && comparison !== 'isSet';
}

function condition(field: CustomerField, comparison: Comparison, value: CriteriaValue): Condition<CustomerField> {
  return { field, comparison, value };
}

function unknownField(fieldName: string): AdobeError {
  return new AdobeError(input('Invalid attribute name: %fieldName', { fieldName: fieldName.slice(0, 64) }));
}
