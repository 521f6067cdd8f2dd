import type { ColumnOptions, ValueTransformer } from 'typeorm';
import { databaseKind } from '../config/index.js';

const onSqlite = databaseKind === 'sqlite';

const exactNumber: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** Fixed bytes, compared byte by byte: digests. */
export function binaryColumn(length: number): ColumnOptions {
  return onSqlite ? { type: 'blob' } : { type: 'binary', length };
}

/** Bytes up to a length, compared byte by byte without padding: `email_key` (SEC-13). */
export function bytesColumn(length: number): ColumnOptions {
  return onSqlite ? { type: 'blob' } : { type: 'varbinary', length };
}

/** Bytes of any length up to 64 KiB. */
export const blobColumn: ColumnOptions = { type: 'blob' };

/** Whole numbers below 2^53; MySQL gives them back as text. */
export const bigintColumn: ColumnOptions = { type: 'bigint', transformer: exactNumber };

/** A generated key for tables that grow with every request. */
export const bigIdColumn: ColumnOptions = {
  primary: true,
  generated: 'increment',
  type: onSqlite ? 'integer' : 'bigint',
  transformer: exactNumber,
};

/** UTC, with milliseconds. */
export const timeColumn: ColumnOptions = { type: 'datetime', precision: 3 };

export const textColumn = (length: number): ColumnOptions => ({ type: 'varchar', length });

/** A text that is compared whatever its case. */
export const foldedColumn = (length: number): ColumnOptions => ({
  ...textColumn(length),
  collation: onSqlite ? 'NOCASE' : 'utf8mb4_general_ci',
});

/** A JSON document of at most `JSON_BYTES`, parsed. */
export const jsonColumn: ColumnOptions = { type: 'simple-json' };

/** What a JSON column holds on MySQL; callers see to it that no more is stored. */
export const JSON_BYTES = 65_535;

/** Whether a document fits into a JSON column. */
export function fitsJsonColumn(value: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= JSON_BYTES;
}
