import type { Column } from '../common/column-criteria.js';

/** What may be asked of the customer that a row of another table belongs to, by the column that holds the customer's id. */
export function ownerColumns(foreignKey: string) {
  const of = (expression: string, kind: Column['kind']): Column => ({
    sql: `(SELECT ${expression} FROM customer c WHERE c.id = ${foreignKey})`,
    kind,
  });
  return {
    'customer.number': of('c.number', 'number'),
    'customer.email': { ...of('c.email_key', 'key'), shown: of('c.email', 'text').sql },
    'customer.status': of("'prospect'", 'text'),
    'customer.totalOrdersCount': of('0', 'number'),
    'customer.anonymizationStatus': of('c.anonymization_status', 'text'),
    'customer.reference': of('c.reference', 'text'),
    'customer.referenceOrigin': of('c.reference_origin', 'text'),
    'customer.metadata': of("JSON_EXTRACT(c.attributes, '$.commerceLayer.metadata')", 'json'),
    'customer.createdAt': of('c.created_at', 'time'),
    'customer.updatedAt': of('c.updated_at', 'time'),
  };
}
