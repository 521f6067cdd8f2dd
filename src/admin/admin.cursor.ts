import type { Keyset, KeysetPage } from '../common/keyset.js';
import { MalformedInput } from './admin.input.js';

/** What a cursor belongs to; one of another list is refused. */
export type ListName = 'customers' | 'events' | 'mails' | 'tokens';

const FORM = /^(customers|events|mails|tokens) ([1-9]\d{0,15})$/;

/** @throws MalformedInput for a cursor that this list did not give */
export function keysetIn(
  list: ListName,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Keyset {
  if (cursor === undefined) return { after: null, size: limit };
  const [, of, key] = FORM.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (of !== list || cursorOf(list, Number(key)) !== cursor) {
    throw new MalformedInput([{ path: 'cursor', message: 'is none of this list' }]);
  }
  return { after: Number(key), size: limit };
}

/** A list as the admin API answers it. */
export function toList<Row>(list: ListName, { rows, next }: KeysetPage<Row>, shown: (row: Row) => object): object {
  return { items: rows.map(shown), nextCursor: next === null ? null : cursorOf(list, next) };
}

function cursorOf(list: ListName, key: number): string {
  return Buffer.from(`${list} ${key}`).toString('base64url');
}
