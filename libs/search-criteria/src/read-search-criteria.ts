const CONDITIONS = [
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

export type ConditionType = (typeof CONDITIONS)[number];

/** One condition; the field is not checked yet. */
export interface Filter {
  readonly field: string;
  readonly value: string;
  readonly conditionType: ConditionType;
}

export interface SortOrder {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** What a list is narrowed to: any filter of a group must hold, of every group. */
export interface SearchCriteria {
  readonly groups: readonly (readonly Filter[])[];
  readonly sortOrders: readonly SortOrder[];
  readonly pageSize: number | null;
  readonly currentPage: number | null;
}

/** A query that is no search: which parameter is wrong. */
export class SearchCriteriaFault extends Error {
  constructor(readonly parameter: string) {
    super(`the parameter ${parameter} cannot be read`);
  }
}

const MAX_GROUPS = 20;
const MAX_FILTERS = 20;
const MAX_ORDERS = 5;
const MAX_VALUE = 1024;
const ROOT = /^(?:searchCriteria|search_criteria)((?:\[\w{1,32}\]){0,5})$/;
/** Where something may stand; `*` is the place in a list. */
const PLACES: readonly string[] = [
  'filterGroups.*.filters.*.field',
  'filterGroups.*.filters.*.value',
  'filterGroups.*.filters.*.conditionType',
  'sortOrders.*.field',
  'sortOrders.*.direction',
  'pageSize',
  'currentPage',
];

/** Parameters by their path, in both of the vendor's spellings. */
type Parameters = ReadonlyMap<string, string>;

/**
 * The search in a query string, as its parameters were parsed one by one; null where there is none. A bare
 * `searchCriteria` asks for everything.
 *
 * @throws SearchCriteriaFault for parameters that are unknown, repeated, incomplete or too many
 */
export function readSearchCriteria(query: Readonly<Record<string, unknown>>): SearchCriteria | null {
  const names = Object.keys(query);
  if (!names.some((name) => ROOT.test(name))) return null;
  const parameters = new Map(names.flatMap((name) => parameterIn(name, query[name])));
  return {
    groups: membersOf(parameters, 'filterGroups', MAX_GROUPS).map((group) =>
      membersOf(parameters, `${group}.filters`, MAX_FILTERS).map((place) => filterAt(parameters, place)),
    ),
    sortOrders: membersOf(parameters, 'sortOrders', MAX_ORDERS).map((place) => orderAt(parameters, place)),
    pageSize: numberAt(parameters, 'pageSize'),
    currentPage: numberAt(parameters, 'currentPage'),
  };
}

function parameterIn(name: string, value: unknown): (readonly [string, string])[] {
  const [, rest] = ROOT.exec(name) ?? [];
  if (rest === undefined || typeof value !== 'string' || value.length > MAX_VALUE) throw new SearchCriteriaFault(name);
  if (rest === '') return [];
  const path = rest.slice(1, -1).split('][').map(camelCase);
  if (!PLACES.includes(shapeOf(path))) throw new SearchCriteriaFault(name);
  return [[path.join('.'), value]];
}

function shapeOf(path: readonly string[]): string {
  return path.map((part, at) => (at % 2 === 1 && at < path.length - 1 ? '*' : part)).join('.');
}

function camelCase(part: string): string {
  return part.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The places of a list's members, in the order in which they were first named. */
function membersOf(parameters: Parameters, list: string, maximum: number): string[] {
  const within = [...parameters.keys()].filter((path) => path.startsWith(`${list}.`));
  const members = [...new Set(within.map((path) => `${list}.${path.slice(list.length + 1).split('.')[0] ?? ''}`))];
  if (members.length > maximum) throw new SearchCriteriaFault(list);
  return members;
}

function filterAt(parameters: Parameters, place: string): Filter {
  const field = parameters.get(`${place}.field`) ?? '';
  const said = parameters.get(`${place}.conditionType`) ?? 'eq';
  const conditionType = CONDITIONS.find((known) => known === said);
  if (field === '') throw new SearchCriteriaFault(`${place}.field`);
  if (!conditionType) throw new SearchCriteriaFault(`${place}.conditionType`);
  const value = parameters.get(`${place}.value`);
  if (value === undefined && !conditionType.endsWith('null')) throw new SearchCriteriaFault(`${place}.value`);
  return { field, value: value ?? '', conditionType };
}

function orderAt(parameters: Parameters, place: string): SortOrder {
  const field = parameters.get(`${place}.field`) ?? '';
  const said = (parameters.get(`${place}.direction`) ?? 'ASC').toUpperCase();
  if (field === '') throw new SearchCriteriaFault(`${place}.field`);
  if (said !== 'ASC' && said !== 'DESC') throw new SearchCriteriaFault(`${place}.direction`);
  return { field, direction: said };
}

/** A page or its size: a whole number from 1. */
function numberAt(parameters: Parameters, place: string): number | null {
  const said = parameters.get(place);
  if (said === undefined || said === '') return null;
  if (!/^[1-9]\d{0,6}$/.test(said)) throw new SearchCriteriaFault(place);
  return Number(said);
}
