import { treeOf, type Branch, type Query } from './query-tree.js';
import { refuse } from './search-refused.js';
import {
  CONDITION_TYPES,
  type ConditionType,
  type Filter,
  type SearchRequest,
  type SortOrder,
} from './search-request.js';

const MAX_FILTERS = 50;
const MAX_SORT_ORDERS = 5;
const MAX_VALUE = 4096;
const WITHOUT_VALUE: readonly ConditionType[] = ['null', 'notnull'];

type Leaf = Branch | string | undefined;

/**
 * Reads `searchCriteria[…]` out of a query string, in either spelling. Takes linear time.
 *
 * @throws SearchRefused and nothing else; also where nothing is asked for
 */
export function readSearch(query: Query): SearchRequest {
  const tree = treeOf(query) ?? refuse({ kind: 'missing', name: 'searchCriteria' });
  const { filter_groups, sort_orders, page_size, current_page } = membersOf(tree, 'searchCriteria', [
    'filter_groups',
    'sort_orders',
    'page_size',
    'current_page',
  ]);
  const groups = itemsOf(filter_groups, 'filter_groups').map(groupIn);
  limit(groups.flat().length, 'filters', MAX_FILTERS);
  const sortOrders = itemsOf(sort_orders, 'sort_orders').map(sortOrderIn);
  limit(sortOrders.length, 'sort_orders', MAX_SORT_ORDERS);
  return {
    groups,
    sortOrders,
    pageSize: countIn(page_size, 'page_size'),
    currentPage: countIn(current_page, 'current_page'),
  };
}

function groupIn(group: Branch): Filter[] {
  return itemsOf(membersOf(group, 'filter_groups', ['filters']).filters, 'filters').map(filterIn);
}

function filterIn(filter: Branch): Filter {
  const { field, value, condition_type } = membersOf(filter, 'filters', ['field', 'value', 'condition_type']);
  const condition = conditionIn(textIn(condition_type, 'condition_type') ?? 'eq');
  const text = textIn(value, 'value');
  if (text === null && !WITHOUT_VALUE.includes(condition)) refuse({ kind: 'missing', name: 'value' });
  return { field: nameIn(field), condition, value: text };
}

function sortOrderIn(order: Branch): SortOrder {
  const { field, direction } = membersOf(order, 'sort_orders', ['field', 'direction']);
  const text = textIn(direction, 'direction');
  const said = text?.toUpperCase() ?? null;
  if (said !== null && said !== 'ASC' && said !== 'DESC') refuse({ kind: 'invalid', name: 'direction', value: said });
  return { field: nameIn(field), direction: said };
}

function conditionIn(text: string): ConditionType {
  const known = CONDITION_TYPES.find((type) => type === text);
  return known ?? refuse({ kind: 'invalid', name: 'condition_type', value: text });
}

function nameIn(leaf: Leaf): string {
  return textIn(leaf, 'field') || refuse({ kind: 'missing', name: 'field' });
}

function countIn(leaf: Leaf, name: string): number | null {
  const text = textIn(leaf, name);
  if (text === null) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse({ kind: 'invalid', name, value: text });
}

function textIn(leaf: Leaf, name: string): string | null {
  if (leaf === undefined) return null;
  if (leaf instanceof Map) return refuse({ kind: 'invalid', name, value: [...leaf.keys()].join() });
  limit(leaf.length, name, MAX_VALUE);
  return leaf;
}

/** The branches of a list in the order in which they were first named; the vendor does not look at the numbers, either. */
function itemsOf(leaf: Leaf, name: string): Branch[] {
  if (leaf === undefined || leaf === '') return [];
  if (typeof leaf === 'string') return refuse({ kind: 'invalid', name, value: leaf });
  return [...leaf].map(([at, item]) => (item instanceof Map ? item : refuse({ kind: 'invalid', name, value: at })));
}

function membersOf<Name extends string>(
  branch: Branch,
  owner: string,
  names: readonly Name[],
): Partial<Record<Name, Branch | string>> {
  const known: readonly string[] = names;
  const unknown = [...branch.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) refuse({ kind: 'invalid', name: owner, value: unknown });
  return Object.fromEntries(branch) as Partial<Record<Name, Branch | string>>;
}

function limit(count: number, name: string, maximum: number): void {
  if (count > maximum) refuse({ kind: 'tooMuch', name, maximum });
}
