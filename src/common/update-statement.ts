import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { BoundStatement } from './insert-statement.js';
import type { Parameter } from './parameter.js';

/** An UPDATE of the rows that have these values; its text depends on nothing but the members, in their order. */
export function updateStatement(
  source: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  where: ObjectLiteral,
  changes: ObjectLiteral,
): BoundStatement<Parameter> {
  const metadata = source.getMetadata(entity);
  const bound = (members: ObjectLiteral): readonly (readonly [place: string, value: Parameter])[] =>
    Object.entries(members).map(([property, value]) => {
      const column = metadata.findColumnWithPropertyName(property);
      if (!column || value === undefined) {
        throw new Error(`${metadata.tableName} has no ${property}, or no value for it`);
      }
      const stored: unknown = source.driver.preparePersistentValue(value, column);
      return [`\`${column.databaseName}\` = ?`, parameterIn(stored)];
    });
  const [set, tests] = [bound(changes), bound(where)];
  const isBounded = set.length > 0 && tests.length > 0 && tests.every(([, value]) => value !== null);
  if (!isBounded) throw new Error('an UPDATE changes something of rows that have something');
  const listed = (of: typeof set, between: string): string => of.map(([place]) => place).join(between);
  return {
    sql: `UPDATE ${metadata.tableName} SET ${listed(set, ', ')} WHERE ${listed(tests, ' AND ')}`,
    parameters: [...set, ...tests].map(([, value]) => value),
  };
}

/** @throws Error for what no statement takes (SEC-67) */
function parameterIn(value: unknown): Parameter {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (value instanceof Date || Buffer.isBuffer(value)) return value;
  throw new Error('a value that no statement takes');
}
