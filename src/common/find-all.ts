import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Parameter } from './parameter.js';
import type { Reads } from './replicas.js';
import type { Rows } from './rows.js';

/** What the rows are found by, and what is read of them. */
export interface Listed<Row> {
  readonly property: keyof Row & string;
  readonly values: readonly (number | string)[];
  /** Blobs that are read besides what always is. */
  readonly hidden?: readonly (keyof Row & string)[];
}

/** What a statement reads of each row, and what is made of that. */
export interface Reading<Row> {
  readonly columns: string;
  readonly toRow: (found: ObjectLiteral) => Row;
  /** What is read may be too much to be sorted. */
  readonly hasBlobs?: boolean;
}

/** How entities are read whole. */
export function readingOf<Row extends ObjectLiteral>(
  rows: Rows,
  entity: EntityTarget<Row>,
  alias: string,
  hidden: readonly (keyof Row & string)[] = [],
): Reading<Row> {
  const blobs = hidden.map((name) => `${alias}.${rows.columnOf(entity, name)} AS ${name}`);
  return {
    columns: [rows.packed(entity, alias), ...blobs].join(', '),
    toRow: (found) => Object.assign(rows.hydrate(entity, found, alias), pick(found, hidden)),
    hasBlobs: hidden.length > 0,
  };
}

/** The rows one property of which has one of these values, oldest first. */
export async function findAll<Row extends ObjectLiteral & { readonly id: number }>(
  database: Reads,
  entity: EntityTarget<Row>,
  { property, values, hidden }: Listed<Row>,
): Promise<Row[]> {
  const { rows } = database;
  const { columns, toRow } = readingOf(rows, entity, 'r', hidden);
  const found = await selectListed(
    database,
    `SELECT ${columns} FROM ${rows.tableOf(entity)} r WHERE r.${rows.columnOf(entity, property)} IN`,
    { values },
  );
  return found.map(toRow).sort((one, other) => one.id - other.id);
}

/**
 * Rows of a statement that ends with a list of values, none without any. For a single value it is prepared; the texts
 * for several are too many for that.
 *
 * @param sql as far as the list
 * @param before the parameters before it
 */
export async function selectListed(
  database: Reads,
  sql: string,
  { values, before = [] }: { readonly values: readonly (number | string)[]; readonly before?: readonly Parameter[] },
): Promise<ObjectLiteral[]> {
  if (values.length === 0) return [];
  const text = `${sql} (${values.map(() => '?').join(', ')})`;
  const parameters = [...before, ...values];
  return values.length === 1 ? database.select(text, parameters) : database.selectOnce(text, parameters);
}

function pick(row: ObjectLiteral, names: readonly string[]): ObjectLiteral {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
