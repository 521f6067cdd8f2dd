import type { Column } from '../common/column-criteria.js';

/** What may be asked of the published events of a row of another table, by the column that holds its public number. */
export function eventColumns(number: string) {
  const of = (sql: string, kind: Column['kind']): Column => ({
    ...{ sql, kind },
    within: `SELECT 1 FROM event e WHERE e.subject = ${number}`,
  });
  return {
    'events.number': of('e.number', 'number'),
    'events.type': of('e.type', 'text'),
    'events.reference': of('e.reference', 'text'),
    'events.referenceOrigin': of('e.reference_origin', 'text'),
    'events.metadata': of('e.metadata', 'json'),
    'events.createdAt': of('e.created_at', 'time'),
    'events.updatedAt': of('COALESCE(e.updated_at, e.created_at)', 'time'),
  };
}
