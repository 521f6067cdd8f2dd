import type { Database } from './database.js';

/** Rows of a table in groups. Every name is the code's own (SEC-67). */
export interface Grouped {
  readonly table: string;
  readonly group: string;
  /** The column whose largest values are the newest rows. */
  readonly time: string;
}

/** Ids of the newest rows of each group, newest first, at most so many of each; one statement. */
export async function newestIds(
  database: Database,
  { table, group, time }: Grouped,
  groups: readonly number[],
  atMost: number,
): Promise<number[]> {
  if (groups.length === 0) return [];
  const marks = groups.map(() => '?').join(', ');
  const rows = await database.select(
    `SELECT id FROM (
       SELECT id, ROW_NUMBER() OVER (PARTITION BY ${group} ORDER BY ${time} DESC, id DESC) AS place
       FROM ${table} WHERE ${group} IN (${marks}) AND ${time} IS NOT NULL
     ) ranked WHERE place <= ${atMost} ORDER BY id DESC`,
    groups,
  );
  return rows.map(({ id }) => Number(id));
}
