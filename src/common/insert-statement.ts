import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** A value that the database works out, in place of the row's. */
export interface Computed {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** A statement and its values, as the driver takes them. */
export interface BoundStatement<Value = unknown> {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/**
 * An INSERT of rows that have the same members. Its text depends on nothing but those, so that it can be prepared; what
 * a row leaves out takes the column's default.
 */
export function insertStatement(
  source: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
  computed: Readonly<Record<string, Computed>>,
): BoundStatement {
  const { tableName, columns } = source.getMetadata(entity);
  const given = columns.filter((column) => isGiven(column, rows[0] ?? {}) || computed[column.propertyName]);
  const names = given.map(({ databaseName }) => `\`${databaseName}\``).join(', ');
  const places = given.map(({ propertyName }) => computed[propertyName]?.sql ?? '?').join(', ');
  const parameters = rows.flatMap((row) =>
    given.flatMap((column): readonly unknown[] => {
      const instead = computed[column.propertyName];
      return instead
        ? instead.parameters
        : [source.driver.preparePersistentValue(valueIn(row, column), column) ?? null];
    }),
  );
  return { sql: `INSERT INTO ${tableName} (${names}) VALUES ${rows.map(() => `(${places})`).join(', ')}`, parameters };
}

function isGiven(column: ColumnMetadata, row: ObjectLiteral): boolean {
  return valueIn(row, column) !== undefined;
}

function valueIn(row: ObjectLiteral, column: ColumnMetadata): unknown {
  const isPlain = !column.embeddedMetadata && !column.relationMetadata;
  return isPlain ? row[column.propertyName] : column.getEntityValue(row);
}
