import {
  Table,
  TableColumn,
  TableIndex,
  type QueryRunner,
  type TableColumnOptions,
  type TableForeignKeyOptions,
} from 'typeorm';
import { databaseKind } from '../config/index.js';

/**
 * The vocabulary of migrations: each migration spells its tables out in it, apart from the entities, so that a later
 * change of an entity cannot change what an old migration does.
 */
const onSqlite = databaseKind === 'sqlite';

interface Options {
  readonly nullable?: boolean;
  readonly unique?: boolean;
}

function column(
  name: string,
  type: string,
  options: Options,
  more: Partial<TableColumnOptions> = {},
): TableColumnOptions {
  return { name, type, isNullable: options.nullable ?? false, ...more };
}

export const id = (): TableColumnOptions => generated('integer', 'int');

/** For tables that grow with every request. */
export const bigId = (): TableColumnOptions => generated('integer', 'bigint');

function generated(sqliteType: string, mysqlType: string): TableColumnOptions {
  const type = onSqlite ? sqliteType : mysqlType;
  return { name: 'id', type, isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
}

export const int = (name: string, options: Options = {}): TableColumnOptions =>
  column(name, onSqlite ? 'integer' : 'int', options);

export const bigint = (name: string, options: Options = {}): TableColumnOptions => column(name, 'bigint', options);

export const flag = (name: string): TableColumnOptions => column(name, onSqlite ? 'boolean' : 'tinyint', {});

export const text = (name: string, length: number, options: Options = {}): TableColumnOptions =>
  column(name, 'varchar', options, { length: String(length) });

export const json = (name: string, options: Options = {}): TableColumnOptions => column(name, 'text', options);

export const time = (name: string, options: Options = {}): TableColumnOptions =>
  column(name, 'datetime', options, { precision: 3 });

/** Fixed bytes. */
export const binary = (name: string, length: number, options: Options = {}): TableColumnOptions =>
  onSqlite ? column(name, 'blob', options) : column(name, 'binary', options, { length: String(length) });

/** Bytes up to a length. */
export const bytes = (name: string, length: number, options: Options = {}): TableColumnOptions =>
  onSqlite ? column(name, 'blob', options) : column(name, 'varbinary', options, { length: String(length) });

export const blob = (name: string, options: Options = {}): TableColumnOptions => column(name, 'blob', options);

export const index = (name: string, ...columns: string[]): TableIndex => new TableIndex({ name, columnNames: columns });

export const uniqueIndex = (name: string, ...columns: string[]): TableIndex =>
  new TableIndex({ name, columnNames: columns, isUnique: true });

export function reference(
  name: string,
  columnName: string,
  table: string,
  onDelete: 'RESTRICT' | 'CASCADE',
): TableForeignKeyOptions {
  return {
    name,
    columnNames: [columnName],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete,
    onUpdate: 'NO ACTION',
  };
}

interface Shape {
  readonly columns: TableColumnOptions[];
  /** Columns that are unique by themselves. */
  readonly unique?: readonly string[];
  readonly indices?: TableIndex[];
  readonly foreignKeys?: TableForeignKeyOptions[];
}

export function table(name: string, { columns, unique = [], indices = [], foreignKeys = [] }: Shape): Table {
  const uniques = unique.map((columnName) => ({ name: `${name}_${columnName}_key`, columnNames: [columnName] }));
  return new Table({ name, columns, uniques, indices, foreignKeys, engine: onSqlite ? undefined : 'InnoDB' });
}

/**
 * Adds a column that may be null. On SQLite the library would make the table anew: a copy of all that is in it for each
 * column, and what refers to its rows would be deleted with the old one.
 */
export async function addColumn(runner: QueryRunner, tableName: string, added: TableColumnOptions): Promise<void> {
  if (!onSqlite) return runner.addColumn(tableName, new TableColumn(added));
  const size = added.length ?? added.precision;
  const length = size ? `(${size})` : '';
  await runner.query(`ALTER TABLE ${tableName} ADD COLUMN "${added.name}" ${added.type}${length}`);
}
