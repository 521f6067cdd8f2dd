import type { SearchCriteria } from './read-search-criteria.js';

/** A search as the vendor repeats it beside what was found. */
export interface EchoedCriteria {
  readonly filter_groups: readonly { readonly filters: readonly EchoedFilter[] }[];
  readonly sort_orders?: SearchCriteria['sortOrders'];
  readonly page_size?: number;
  readonly current_page?: number;
}

interface EchoedFilter {
  readonly field: string;
  readonly value: string;
  readonly condition_type: string;
}

export function echoOf({ groups, sortOrders, pageSize, currentPage }: SearchCriteria): EchoedCriteria {
  return {
    filter_groups: groups.map((filters) => ({
      filters: filters.map(({ field, value, conditionType }) => ({ field, value, condition_type: conditionType })),
    })),
    ...(sortOrders.length > 0 ? { sort_orders: sortOrders } : {}),
    ...(pageSize === null ? {} : { page_size: pageSize }),
    ...(currentPage === null ? {} : { current_page: currentPage }),
  };
}
