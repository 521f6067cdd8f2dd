import { Field, Int } from '@nestjs/graphql';
import { ShopifyError } from './shopify.errors.js';
import { ShopifyArguments } from './shopify.schema.js';
import type { ShopifyPageInfo } from './shopify.types.js';

const MAX_PAGE = 250;
const optional = { nullable: true } as const;

/** The arguments that all connections have. */
@ShopifyArguments()
export class ShopifyPageArguments {
  @Field(() => String, optional) after?: string | null;
  @Field(() => String, optional) before?: string | null;
  @Field(() => Int, optional) first?: number | null;
  @Field(() => Int, optional) last?: number | null;
  @Field(() => Boolean, { ...optional, defaultValue: false }) reverse?: boolean | null;
}

/** One page of a connection. */
export interface Page<T> {
  readonly edges: { cursor: string; node: T }[];
  readonly nodes: T[];
  readonly pageInfo: ShopifyPageInfo;
}

/** Where a row stands among others: by its time of creation, then its number. */
interface Place {
  readonly createdAt: Date;
  readonly number: number;
}

/** @throws ShopifyError BAD_REQUEST unless exactly one of `first` and `last` is given, from 1 to 250 */
export function checkPage({ first, last }: ShopifyPageArguments): void {
  if (isGiven(first) && isGiven(last)) throw badRequest('providing both first and last is not supported');
  const size = first ?? last;
  if (!isGiven(size)) throw badRequest('you must provide one of first or last');
  if (size < 1 || size > MAX_PAGE) {
    throw badRequest(`${isGiven(first) ? 'first' : 'last'} must be between 1 and ${MAX_PAGE}`);
  }
}

/** A page of rows that are all at hand, oldest first. @throws ShopifyError BAD_REQUEST */
export function pageOf<R extends Place, T>(
  rows: readonly R[],
  page: ShopifyPageArguments,
  map: (row: R) => T,
): Page<T> {
  checkPage(page);
  const ordered = page.reverse ? [...rows].reverse() : rows;
  const from = isGiven(page.after) ? positionOf(page.after, ordered, page.reverse).end : 0;
  const to = isGiven(page.before) ? positionOf(page.before, ordered, page.reverse).start : ordered.length;
  const start = isGiven(page.last) ? Math.max(from, to - page.last) : from;
  const end = isGiven(page.first) ? Math.min(to, from + page.first) : to;
  const edges = ordered.slice(start, end).map((row) => ({ cursor: cursorOf(row), node: map(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < ordered.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
    },
  };
}

/** Where a cursor's row begins and ends in a list; they are one place where the row is gone. */
function positionOf(
  cursor: string,
  rows: readonly Place[],
  reverse: boolean | null | undefined,
): { start: number; end: number } {
  const { time, number } = readCursor(cursor);
  const at = rows.findIndex((row) => row.number === number);
  if (at >= 0) return { start: at, end: at + 1 };
  const isBehind = ({ createdAt }: Place): boolean =>
    reverse ? createdAt.getTime() < time : createdAt.getTime() > time;
  const next = rows.findIndex(isBehind);
  const gap = next < 0 ? rows.length : next;
  return { start: gap, end: gap };
}

function cursorOf({ createdAt, number }: Place): string {
  return Buffer.from(`${createdAt.getTime()}.${number}`).toString('base64url');
}

function readCursor(cursor: string): { time: number; number: number } {
  const [, time, number] = /^(\d{1,15})\.(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || number === undefined) throw badRequest('Invalid cursor for current pagination sort.');
  return { time: Number(time), number: Number(number) };
}

/** Neither absent nor null. */
export function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function badRequest(message: string): ShopifyError {
  return new ShopifyError(message, { code: 'BAD_REQUEST' });
}
