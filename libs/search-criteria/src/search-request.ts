/** The vendor's names of comparisons. */
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
  readonly condition: ConditionType;
  /** Null only where the condition looks at no value. */
  readonly value: string | null;
}

export interface SortOrder {
  readonly field: string;
  /** Null: not said, which the vendor takes for descending. */
  readonly direction: 'ASC' | 'DESC' | null;
}

/** What was asked for. A row fits when of each group at least one filter holds. */
export interface SearchRequest {
  readonly groups: readonly (readonly Filter[])[];
  readonly sortOrders: readonly SortOrder[];
  readonly pageSize: number | null;
  /** Counts from 1; 0 means the first page, too. */
  readonly currentPage: number | null;
}

/** The request as answers repeat it, in snake case, without what was not said. */
export function echoOf({ groups, sortOrders, pageSize, currentPage }: SearchRequest): object {
  const filterGroups = groups.map((filters) => ({
    filters: filters.map(({ field, value, condition }) => ({
      field,
      ...(value === null ? {} : { value }),
      condition_type: condition,
    })),
  }));
  const orders = sortOrders.map(({ field, direction }) => ({ field, ...(direction ? { direction } : {}) }));
  return {
    filter_groups: filterGroups,
    ...(orders.length > 0 ? { sort_orders: orders } : {}),
    ...(pageSize === null ? {} : { page_size: pageSize }),
    ...(currentPage === null ? {} : { current_page: currentPage }),
  };
}
