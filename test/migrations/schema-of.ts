import type { DataSource } from 'typeorm';
import { databaseKind } from '../../src/config/index.js';

/** Tables that say how far the migrations have come. */
const ASIDE = "('migrations', 'migration_step', 'sqlite_sequence')";

/** Everything the database knows of its tables, in one comparable form. */
export async function schemaOf(source: Pick<DataSource, 'query'>): Promise<unknown[]> {
  if (databaseKind === 'sqlite') {
    const rows: { sql: string }[] = await source.query(
      `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ${ASIDE}`,
    );
    return rows.map(({ sql }) => normalised(sql)).sort();
  }
  const columns: unknown[] = await source.query(
    `SELECT table_name, column_name, column_type, is_nullable, column_default, character_set_name, collation_name, extra
     FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT IN ${ASIDE} ORDER BY 1, 2`,
  );
  const indices: unknown[] = await source.query(
    `SELECT table_name, index_name, seq_in_index, column_name, non_unique
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT IN ${ASIDE} ORDER BY 1, 2, 3`,
  );
  const references: unknown[] = await source.query(
    `SELECT table_name, constraint_name, referenced_table_name, delete_rule
     FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() ORDER BY 1, 2`,
  );
  return [...columns, ...indices, ...references];
}

/** SQLite keeps the statement's text; the order of columns in it means nothing to us. */
function normalised(sql: string): string {
  const open = sql.indexOf('(');
  const parts = sql.slice(open + 1, sql.lastIndexOf(')')).split(/,\s*(?![^()]*\))/);
  return `${sql.slice(0, open).trim()} ${parts
    .map((part) => part.trim())
    .sort()
    .join(' | ')}`;
}
