/**
 * How a field is compared. Texts are compared whatever their case: `is` and `startsWith` by their words where a list knows
 * words, all others as a whole. In what `matches`, `%` and `_` stand for any characters and for one, unless a backslash is
 * before them. `exactly` tells large letters from small ones; `includes` asks of a JSON document whether all
 * that the value, JSON too, says is in it.
 */
export type Comparison =
  | 'is'
  | 'startsWith'
  | 'equals'
  | 'exactly'
  | 'matches'
  | 'includes'
  | 'isSet'
  | 'below'
  | 'atMost'
  | 'above'
  | 'atLeast';

export type CriteriaValue = string | number | Date;

/** One thing that must hold of a row; the field is one that the list allows. */
export interface Condition<Field extends string> {
  readonly field: Field;
  readonly comparison: Comparison;
  /** Not looked at by `isSet`. */
  readonly value: CriteriaValue;
}

/** What a list is narrowed to; an empty `all` holds of every row, an empty `any` of none. */
export type Criteria<Field extends string> =
  | Condition<Field>
  | { readonly all: readonly Criteria<Field>[] }
  | { readonly any: readonly Criteria<Field>[] }
  | { readonly not: Criteria<Field> };

/** Where a row stands in an order: the value that is ordered by, then the row's public number. */
export interface Position {
  readonly key: CriteriaValue;
  readonly number: number;
}

/** A page of an ordered list, from either end. */
export interface PageOrder<Sort extends string> {
  readonly sort: Sort;
  readonly descending: boolean;
  readonly size: number;
  /** From the end of the list instead of its beginning; the rows still come in the list's order. */
  readonly fromEnd: boolean;
  /** Only what stands behind this place. */
  readonly after: Position | null;
  /** Only what stands before this place. */
  readonly before: Position | null;
}

export interface Order<Sort extends string> {
  readonly sort: Sort;
  readonly descending: boolean;
}

/** A page by its number, for wires that count pages. */
export interface NumberedPage<Sort extends string> {
  readonly orders: readonly Order<Sort>[];
  readonly size: number;
  /** How many rows stand before it. */
  readonly offset: number;
}

/** Rows of a numbered page, and how many there are on all pages. */
export interface Counted<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Rows of a page with their places. */
export interface PageOf<Row> {
  readonly rows: readonly { readonly row: Row; readonly position: Position }[];
  /** Whether there are more on the side that the page was cut at. */
  readonly hasMore: boolean;
}
