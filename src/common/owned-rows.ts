import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';

/** A part of the owners: those whose ids come after one, in order, as many as are asked for. */
export interface OwnerWindow {
  /** The stores in which something of theirs is alive. */
  readonly storeIds: readonly number[];
  readonly after: number;
  readonly size: number;
}

/** What lets customers in, such as sessions and mailed links: who has any, and how it ends. */
export interface OwnedRows {
  /** Ids of customers who have something alive, ascending; none means that there are no more. */
  findOwners(window: OwnerWindow): Promise<readonly number[]>;
  /** Ends all that these customers have, in every store. */
  endOf(customerIds: readonly number[], tx: EntityManager): Promise<void>;
}

/**
 * Finds owners of rows that were neither ended nor have expired, off an index on `customer_id`.
 *
 * @param open what must hold of a row, such as `used_at IS NULL`
 */
export async function findOwnersIn(
  database: Database,
  { table, open, at }: { readonly table: string; readonly open: string; readonly at: Date },
  { storeIds, after, size }: OwnerWindow,
): Promise<readonly number[]> {
  const rows = await database.selectOnce(
    `SELECT DISTINCT customer_id AS id FROM ${table}
     WHERE customer_id > ? AND ${open} AND expires_at > ? AND store_id IN (${storeIds.map(() => '?').join()})
     ORDER BY customer_id LIMIT ${size}`,
    [after, at, ...storeIds],
  );
  return rows.map(({ id }) => Number(id));
}
