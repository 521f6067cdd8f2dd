/** How a field is compared. Texts are compared whatever their case; `matches` takes `%` and `_` for any text, any character. */
export type Comparison = 'is' | 'startsWith' | 'matches' | 'isSet' | 'below' | 'atMost' | 'above' | 'atLeast';

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

/** Rows of a page with their places. */
export interface PageOf<Row> {
  readonly rows: readonly { readonly row: Row; readonly position: Position }[];
  /** Whether there are more on the side that the page was cut at. */
  readonly hasMore: boolean;
}
