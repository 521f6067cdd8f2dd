/** How a filter compares; `moreq` says the same as `gteq`, and `from` and `to` include their ends. */
export const CONDITION_TYPES = [
  'eq',
  'neq',
  'gt',
  'gteq',
  'moreq',
  'lt',
  'lteq',
  'like',
  'nlike',
  'in',
  'nin',
  'null',
  'notnull',
  'from',
  'to',
  'finset',
  'nfinset',
] as const;

export type ConditionType = (typeof CONDITION_TYPES)[number];

export interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition: ConditionType;
}

/** Filters of a group are alternatives, groups hold together. Absent numbers were not asked for. */
export interface SearchCriteria {
  readonly groups: readonly (readonly Filter[])[];
  readonly sorts: readonly { readonly field: string; readonly descending: boolean }[];
  readonly pageSize: number | null;
  readonly currentPage: number | null;
}

/** A query that says nothing that can be searched for. */
export class SearchCriteriaRefused extends Error {
  override readonly name = 'SearchCriteriaRefused';

  /**
   * @param reason `missing`: nothing of the query is a criterion; else what is wrong with `part`
   * @param part a member's name, or what stood there
   */
  constructor(
    readonly reason: 'missing' | 'unknown' | 'malformed' | 'too-many',
    readonly part: string,
  ) {
    super(`${reason}: ${part}`);
  }
}

/** Clients ask for all by `searchCriteria`, `searchCriteria[]=` or `searchCriteria=all`. */
const EVERYTHING: readonly string[] = ['', 'all'];
const MAX_KEYS = 200;
const MAX_TEXT = 1024;
const MAX_INDEX = 1000;

/** A key's segments, behind the root, in their snake_case form. */
type Path = readonly string[];

interface Slots {
  readonly filters: Map<string, Partial<Record<'field' | 'value' | 'condition_type', string>>>;
  readonly sorts: Map<string, Partial<Record<'field' | 'direction', string>>>;
  readonly numbers: Map<string, string>;
}

/**
 * Reads Magento's `searchCriteria[filter_groups][0][filters][0][field]=…` out of a parsed query string, whose keys are
 * still flat; members may also be spelled in camelCase. Keys of another root are not looked at.
 *
 * @throws SearchCriteriaRefused
 */
export function readSearchCriteria(query: Readonly<Record<string, unknown>>): SearchCriteria {
  const slots: Slots = { filters: new Map(), sorts: new Map(), numbers: new Map() };
  const keys = Object.keys(query).filter((key) => rootOf(key) !== null);
  if (keys.length === 0) throw new SearchCriteriaRefused('missing', 'searchCriteria');
  if (keys.length > MAX_KEYS) throw new SearchCriteriaRefused('too-many', 'searchCriteria');
  const seen = new Set<string>();
  for (const key of keys) {
    const path = pathOf(key);
    const text = textIn(query[key], key);
    if (seen.has(path.join())) throw new SearchCriteriaRefused('malformed', key); // said in both spellings
    seen.add(path.join());
    place(slots, path, text, key);
  }
  return {
    groups: groupsIn(slots.filters),
    sorts: inOrder(slots.sorts).map(([, sort]) => sortIn(sort)),
    pageSize: numberIn(slots.numbers, 'page_size'),
    currentPage: numberIn(slots.numbers, 'current_page'),
  };
}

/** The criteria as the vendor repeats them beside what was found. */
export function echoOf({ groups, sorts, pageSize, currentPage }: SearchCriteria): Record<string, unknown> {
  return {
    filter_groups: groups.map((filters) => ({
      filters: filters.map(({ field, value, condition }) => ({ field, value, condition_type: condition })),
    })),
    ...(sorts.length > 0
      ? { sort_orders: sorts.map(({ field, descending }) => ({ field, direction: descending ? 'DESC' : 'ASC' })) }
      : {}),
    ...(pageSize === null ? {} : { page_size: pageSize }),
    ...(currentPage === null ? {} : { current_page: currentPage }),
  };
}

function rootOf(key: string): string | null {
  return /^search_?criteria(?=$|\[)/i.exec(key)?.[0] ?? null;
}

function pathOf(key: string): Path {
  const rest = key.slice(rootOf(key)?.length);
  const segments = rest === '' ? [] : rest.slice(1, -1).split('][');
  if (rest !== segments.map((segment) => `[${segment}]`).join('')) throw new SearchCriteriaRefused('malformed', key);
  return segments.map((segment) => segment.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function place(slots: Slots, [member, ...path]: Path, text: string, key: string): void {
  const [first = '', second, third = '', last] = path;
  if (path.length === 0 && !member && EVERYTHING.includes(text)) return;
  if (path.length === 0 && (member === 'page_size' || member === 'current_page')) {
    slots.numbers.set(member, text);
  } else if (member === 'filter_groups' && second === 'filters' && path.length === 4 && isFilterMember(last)) {
    slotOf(slots.filters, `${indexIn(first, key)}.${indexIn(third, key)}`)[last] = text;
  } else if (member === 'sort_orders' && path.length === 2 && (second === 'field' || second === 'direction')) {
    slotOf(slots.sorts, String(indexIn(first, key)))[second] = text;
  } else if (member === 'filter_groups' && path.length === 0 && text === '') {
    return;
  } else {
    throw new SearchCriteriaRefused('unknown', key);
  }
}

function isFilterMember(name: string | undefined): name is 'field' | 'value' | 'condition_type' {
  return name === 'field' || name === 'value' || name === 'condition_type';
}

function slotOf<T extends object>(slots: Map<string, T | object>, at: string): T {
  const slot = (slots.get(at) ?? {}) as T;
  slots.set(at, slot);
  return slot;
}

function indexIn(text: string, key: string): number {
  const index = /^\d{1,4}$/.test(text) ? Number(text) : MAX_INDEX;
  if (index >= MAX_INDEX) throw new SearchCriteriaRefused('malformed', key);
  return index;
}

function textIn(value: unknown, key: string): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw new SearchCriteriaRefused('malformed', key);
  return value;
}

function inOrder<T>(slots: ReadonlyMap<string, T>): [string, T][] {
  const rank = (at: string): number => {
    const [group = 0, place = 0] = at.split('.').map(Number);
    return group * MAX_INDEX + place;
  };
  return [...slots].sort(([one], [other]) => rank(one) - rank(other));
}

function groupsIn(slots: Slots['filters']): Filter[][] {
  const groups = new Map<string, Filter[]>();
  for (const [at, { field, value = '', condition_type: condition = 'eq' }] of inOrder(slots)) {
    if (!field) throw new SearchCriteriaRefused('malformed', 'field');
    if (!isConditionType(condition)) throw new SearchCriteriaRefused('unknown', condition);
    const [group = ''] = at.split('.');
    groups.set(group, [...(groups.get(group) ?? []), { field, value, condition }]);
  }
  return [...groups.values()];
}

function isConditionType(text: string): text is ConditionType {
  return CONDITION_TYPES.some((type) => type === text);
}

/** The vendor's orders go down unless they say otherwise. */
function sortIn({ field, direction = 'DESC' }: { readonly field?: string; readonly direction?: string }) {
  if (!field || !/^(asc|desc)$/i.test(direction)) throw new SearchCriteriaRefused('malformed', 'sortOrders');
  return { field, descending: direction.toUpperCase() === 'DESC' };
}

function numberIn(numbers: ReadonlyMap<string, string>, name: string): number | null {
  const text = numbers.get(name);
  if (text === undefined || text === '') return null;
  if (!/^\d{1,9}$/.test(text)) throw new SearchCriteriaRefused('malformed', name);
  return Number(text);
}
