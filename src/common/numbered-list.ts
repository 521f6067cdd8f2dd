import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { columnCondition, criteriaSql, orderSql, type Columns } from './column-criteria.js';
import type { Counted, Criteria, NumberedPage } from './criteria.js';
import { readingOf, selectListed, type Reading } from './find-all.js';
import type { Reads } from './replicas.js';
import { SqlParameters } from './sql-text.js';

/** A list in SQL. */
export interface ListSql {
  /** Table and alias, such as `customer c`. */
  readonly from: string;
  readonly where: string;
  readonly order: string;
  readonly size: number;
  /** How many rows stand before the page. */
  readonly offset: number;
}

/** A numbered page, and how many rows there are; behind the last page there is nothing. */
export async function findPage<Row>(
  database: Reads,
  list: ListSql,
  parameters: SqlParameters,
  reading: Reading<Row>,
): Promise<Counted<Row>> {
  const { from, where, order, size, offset } = list;
  const select = (text: string): Promise<ObjectLiteral[]> => {
    const { sql, values } = parameters.positional(text);
    return database.selectOnce(sql, values);
  };
  const cut = `FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ${Math.trunc(size)}`;
  const rows =
    offset === 0 && !reading.hasBlobs
      ? (await select(`SELECT ${reading.columns} ${cut}`)).map(reading.toRow)
      : await byIds(database, from, reading, () =>
          select(`SELECT ${aliasOf(from)}.id AS id ${cut} OFFSET ${Math.trunc(offset)}`),
        );
  if (rows.length < size && (rows.length > 0 || offset === 0)) return { rows, total: offset + rows.length };
  const [counted] = await select(`SELECT COUNT(*) AS total FROM ${from} WHERE ${where}`);
  return { rows, total: Number(counted?.['total']) };
}

/** Ids alone are found first, so that an index holds all that is passed over on the way, and nothing else is sorted. */
async function byIds<Row>(
  database: Reads,
  from: string,
  { columns, toRow }: Reading<Row>,
  selectIds: () => Promise<ObjectLiteral[]>,
): Promise<Row[]> {
  const ids = (await selectIds()).map((row) => Number(row['id']));
  const id = `${aliasOf(from)}.id`;
  const sql = `SELECT ${id} AS row_id, ${columns} FROM ${from} WHERE ${id} IN`;
  const found = await selectListed(database, sql, { values: ids });
  const rowOf = new Map(found.map((row) => [Number(row['row_id']), row]));
  return ids.flatMap((one) => rowOf.get(one) ?? []).map(toRow);
}

/** A table as one list shows it; the list is always narrowed to whoever may see it. */
export interface ListedTable<Row extends ObjectLiteral, Field extends string> {
  readonly entity: EntityTarget<Row>;
  /** Table and alias. */
  readonly from: string;
  readonly columns: Columns<Field>;
  /** The column of the public number, which settles the order of equal rows; left out: `number`. */
  readonly number?: string;
  /** A condition that always holds, in terms of the table. */
  readonly always?: string;
  /** Blobs that are read besides what always is. */
  readonly hidden?: readonly (keyof Row & string)[];
}

/** What is asked of a listed table. */
export interface ListRequest<Field extends string> {
  /** Columns and what they must be, such as a realm's id. */
  readonly scope: Readonly<Record<string, number>>;
  readonly criteria: Criteria<Field>;
  readonly page: NumberedPage<Field>;
}

/** A numbered page of a table's rows. */
export function findRows<Row extends ObjectLiteral, Field extends string>(
  database: Reads,
  { entity, from, columns, always = '1 = 1', hidden = [], number = `${aliasOf(from)}.number` }: ListedTable<Row, Field>,
  { scope, criteria, page: { orders, ...page } }: ListRequest<Field>,
): Promise<Counted<Row>> {
  const parameters = new SqlParameters();
  const condition = criteriaSql(criteria, (one) => columnCondition(columns[one.field], one, parameters));
  const scopes = Object.entries(scope).map(([column, value]) => `${column} = ${parameters.bind(value)}`);
  const where = [...scopes, always, `(${condition})`].join(' AND ');
  const order = orderSql(columns, orders, { number });
  const reading = readingOf(database.rows, entity, aliasOf(from), hidden);
  return findPage(database, { from, where, order, ...page }, parameters, reading);
}

function aliasOf(from: string): string {
  return from.split(' ')[1] ?? from;
}
