import { databaseKind } from '../config/index.js';
import type { Database } from './database.js';

/** Nodes of the Galera cluster that the database belongs to; 0 where it belongs to none. */
export async function clusterSize(database: Database): Promise<number> {
  if (databaseKind === 'sqlite') return 0;
  const [row] = await database.selectOnce("SHOW GLOBAL STATUS LIKE 'wsrep_cluster_size'", []);
  return Number(row?.['Value'] ?? 0);
}
