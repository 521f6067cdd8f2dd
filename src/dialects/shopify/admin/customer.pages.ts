import { z } from 'zod';
import type { PageOf, PageOrder, Position } from '../../../common/criteria.js';
import type { Customer, CustomerSort } from '../../../customer/index.js';
import { checkPage, isGiven } from '../shopify.connections.js';
import { ShopifyError } from '../shopify.errors.js';
import { toAdminCustomer } from './admin.mapper.js';
import type { AdminCustomerConnection } from './customer.types.js';
import type { AdminCustomersArguments } from './input.types.js';

const SORTS: Readonly<Record<string, CustomerSort>> = {
  CREATED_AT: 'createdAt',
  ID: 'number',
  LOCATION: 'location',
  NAME: 'name',
  RELEVANCE: 'number',
  UPDATED_AT: 'updatedAt',
};
const TIMES: readonly CustomerSort[] = ['createdAt', 'updatedAt'];

const MAX_CURSOR = 4096;
const cursorSchema = z.strictObject({
  s: z.enum(['number', 'createdAt', 'updatedAt', 'name', 'location']),
  k: z.union([z.string(), z.number()]),
  n: z.number(),
});

/** @throws ShopifyError BAD_REQUEST */
export function pageOrderIn(page: AdminCustomersArguments): PageOrder<CustomerSort> {
  checkPage(page);
  const sort = SORTS[page.sortKey ?? 'ID'] ?? 'number';
  return {
    sort,
    descending: page.reverse ?? false,
    size: page.first ?? page.last ?? 0,
    fromEnd: isGiven(page.last),
    after: !isGiven(page.after) ? null : readCursor(page.after, sort),
    before: !isGiven(page.before) ? null : readCursor(page.before, sort),
  };
}

export function toConnection(
  { rows, hasMore }: PageOf<Customer>,
  { sort, fromEnd, after, before }: PageOrder<CustomerSort>,
): AdminCustomerConnection {
  const edges = rows.map(({ row, position }) => ({ cursor: cursorOf(position, sort), node: toAdminCustomer(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: fromEnd ? before !== null : hasMore,
      hasPreviousPage: fromEnd ? hasMore : after !== null,
      startCursor: edges[0]?.cursor ?? null,
    },
  };
}

/** The place itself, so that a page goes on where the last one ended even if that row is gone. */
function cursorOf({ key, number }: Position, s: CustomerSort): string {
  const k = key instanceof Date ? key.getTime() : key;
  return Buffer.from(JSON.stringify({ s, k, n: number })).toString('base64url');
}

function readCursor(cursor: string, sort: CustomerSort): Position {
  const read = cursor.length > MAX_CURSOR ? null : cursorSchema.safeParse(parsed(cursor)).data;
  const isFitting = read?.s === sort && (typeof read.k === 'string') === ['name', 'location'].includes(sort);
  if (!read || !isFitting) {
    throw new ShopifyError('Invalid cursor for current pagination sort.', { code: 'BAD_REQUEST' });
  }
  const key = typeof read.k === 'number' && TIMES.includes(sort) ? new Date(read.k) : read.k;
  if (key instanceof Date && Number.isNaN(key.getTime())) {
    throw new ShopifyError('Invalid cursor for current pagination sort.', { code: 'BAD_REQUEST' });
  }
  return { key, number: read.n };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
