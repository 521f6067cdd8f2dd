import type { Column } from '../common/column-criteria.js';

/** The table of something that carries tags, and the alias that it has there. */
type Carrier = 'customer c' | 'customer_address a';

/** What carriers of tags may be found by: those of which one tag meets the condition. */
export function tagColumns(carrier: Carrier) {
  const alias = carrier.slice(-1);
  const within = `SELECT 1 FROM tag t WHERE t.realm_id = ${alias}.realm_id AND INSTR(${alias}.tags, JSON_QUOTE(t.name)) > 0`;
  const column = (name: string, kind: Column['kind']): Column => ({ sql: `t.${name}`, kind, within });
  return {
    'tags.number': column('number', 'number'),
    'tags.name': column('name', 'text'),
    'tags.reference': column('reference', 'text'),
    'tags.referenceOrigin': column('reference_origin', 'text'),
    'tags.metadata': column('metadata', 'json'),
    'tags.createdAt': column('created_at', 'time'),
    'tags.updatedAt': column('updated_at', 'time'),
  };
}
