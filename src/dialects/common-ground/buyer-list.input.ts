import type { Criteria, NumberedPage } from '../../common/criteria.js';
import type { CustomerColumnSort, CustomerField } from '../../customer/index.js';
import type { CommonGroundUsersArguments } from './buyer.arguments.js';
import type { CommonGroundPagination } from './buyer.types.js';
import { refuse } from './common-ground.errors.js';

const SORTS: ReadonlyMap<string, CustomerColumnSort> = new Map([
  ['created', 'createdAt'],
  ['updated', 'updatedAt'],
  ['email', 'email'],
  ['lastName', 'lastName'],
  ['lastLogin', 'lastSignInAt'],
]);
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** A page as it was asked for, with what was left out. */
export interface WantedPage {
  readonly page: number;
  readonly limit: number;
  readonly sort: string;
  readonly order: number;
}

/** Where `pagination` says something, it wins over the single arguments. */
export function wantedPage({ pagination, page, perPage }: CommonGroundUsersArguments): WantedPage {
  const wanted = {
    page: pagination?.page ?? page ?? 1,
    limit: Math.min(pagination?.limit ?? perPage ?? DEFAULT_LIMIT, MAX_LIMIT),
    sort: pagination?.sort ?? 'created',
    order: pagination?.order ?? 1,
  };
  if (wanted.page < 1 || wanted.limit < 1) refuse('Pages and their limits are counted from 1.');
  if (!SORTS.has(wanted.sort)) refuse(`Buyers can be sorted by ${[...SORTS.keys()].join(', ')}.`);
  if (wanted.order !== 1 && wanted.order !== -1) refuse('The order must be 1 or -1.');
  return wanted;
}

export function numberedPage({ page, limit, sort, order }: WantedPage): NumberedPage<CustomerColumnSort> {
  const orders = [{ sort: SORTS.get(sort) ?? 'createdAt', descending: order === -1 }];
  return { orders, size: limit, offset: (page - 1) * limit };
}

export function buyerCriteria({ listRef, term }: CommonGroundUsersArguments): Criteria<CustomerField> {
  const words = term?.trim() ?? '';
  return {
    all: [
      ...(listRef ? [{ field: 'list', comparison: 'is', value: listRef } as const] : []),
      ...(words ? [{ field: 'text', comparison: 'startsWith', value: words } as const] : []),
    ],
  };
}

export function toPagination(wanted: WantedPage, count: number): CommonGroundPagination {
  const { page, limit } = wanted;
  return { ...wanted, pages: Math.ceil(count / limit), count, hasMore: page * limit < count };
}
