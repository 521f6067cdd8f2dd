import type { DataSource } from 'typeorm';

/** Connections of the pool, and who waits for one. */
export interface PoolState {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Null where the database has one connection, as SQLite has, or is not open. */
export function poolState({ driver }: DataSource): PoolState | null {
  const pool: unknown = 'pool' in driver ? driver.pool : null;
  if (typeof pool !== 'object' || pool === null) return null;
  const length = (name: string): number => lengthOf(Reflect.get(pool, name));
  const idle = length('_freeConnections'); // mysql2 tells it nowhere else
  return { busy: length('_allConnections') - idle, idle, waiting: length('_connectionQueue') };
}

function lengthOf(queue: unknown): number {
  return typeof queue === 'object' && queue !== null && 'length' in queue ? Number(queue.length) : 0;
}
