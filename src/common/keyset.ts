/** A page of a list that is cut by a row's own id or number, so that no row is left out or seen twice. */
export interface Keyset {
  /** Where the page before ended; null: the beginning. */
  readonly after: number | null;
  readonly size: number;
}

/** Rows of a page, and where the next one begins; null: there is none. */
export interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  readonly next: number | null;
}

/** A page out of its rows and one more, which tells whether there is a next one. */
export function keysetPage<Row>(found: readonly Row[], size: number, keyOf: (row: Row) => number): KeysetPage<Row> {
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: found.length > size && last ? keyOf(last) : null };
}
