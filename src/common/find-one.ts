import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Database } from './database.js';
import type { Equalities, Parameter } from './parameter.js';

/**
 * The one row that has these values, by one prepared statement; null when there is none.
 *
 * @throws Error without any value, which would mean any row
 */
export async function findOne<E extends ObjectLiteral>(
  database: Database,
  entity: EntityTarget<E>,
  where: Equalities<E>,
): Promise<E | null> {
  const given = Object.entries<Parameter | undefined>(where);
  if (given.length === 0 || given.some(([, value]) => value === undefined)) throw new Error('a value is missing');
  const tests = given.map(([property]) => `r.${database.rows.columnOf(entity, property)} = ?`);
  const [row] = await database.select(
    `SELECT ${database.rows.packed(entity, 'r')} FROM ${database.rows.tableOf(entity)} r WHERE ${tests.join(' AND ')} LIMIT 1`,
    given.map(([, value]) => value ?? null),
  );
  return row ? database.rows.hydrate(entity, row, 'r') : null;
}
