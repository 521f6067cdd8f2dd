import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { BoundStatement } from './insert-statement.js';

/** An UPDATE of the rows that have these values; its text depends on nothing but the members that are named, and on nulls. */
export function updateStatement(
  source: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  where: ObjectLiteral,
  changes: ObjectLiteral,
): BoundStatement {
  const metadata = source.getMetadata(entity);
  const bound = (members: ObjectLiteral): readonly (readonly [name: string, value: unknown])[] =>
    Object.entries(members).map(([property, value]) => {
      const column = metadata.findColumnWithPropertyPath(property);
      if (!column || value === undefined) throw new Error(`${metadata.tableName} has no ${property} of that value`);
      return [`\`${column.databaseName}\``, source.driver.preparePersistentValue(value, column) ?? null];
    });
  const [set, tests] = [bound(changes), bound(where)];
  if (set.length === 0 || tests.length === 0) throw new Error('an UPDATE changes something of some rows');
  const sets = set.map(([name]) => `${name} = ?`).join(', ');
  const given = tests.map(([name, value]) => (value === null ? `${name} IS NULL` : `${name} = ?`)).join(' AND ');
  const parameters = [...set, ...tests.filter(([, value]) => value !== null)].map(([, value]) => value);
  return { sql: `UPDATE ${metadata.tableName} SET ${sets} WHERE ${given}`, parameters };
}
