import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** Names in the database: snake_case, and constraints that say what they are about. */
export class SnakeCase extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(target: string, given: string | undefined): string {
    return given ?? snake(target);
  }

  override columnName(property: string, given: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, given ?? property].filter(Boolean).join('_'));
  }

  override joinColumnName(relation: string, referenced: string): string {
    return snake(`${relation}_${referenced}`);
  }

  override uniqueConstraintName(table: { name: string } | string, columns: string[]): string {
    return `${nameOf(table)}_${columns.join('_')}_key`;
  }

  /** On MySQL a unique column is a unique index. */
  override indexName(table: { name: string } | string, columns: string[]): string {
    return this.uniqueConstraintName(table, columns);
  }

  override primaryKeyName(table: { name: string } | string): string {
    return `${nameOf(table)}_pk`;
  }
}

function nameOf(table: { name: string } | string): string {
  return typeof table === 'string' ? table : table.name;
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
