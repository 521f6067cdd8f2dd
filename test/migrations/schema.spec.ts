import { DataSource } from 'typeorm';
import { openDataSource } from '../../ormconfig.js';
import { databaseKind } from '../../src/config/index.js';
import { emptyDatabase } from '../support/database.js';

let source: DataSource;

beforeEach(async () => {
  await emptyDatabase();
  source = await openDataSource();
});

afterEach(() => source.destroy());

/** Everything the database knows of its tables, in one comparable form. */
async function schemaOf(): Promise<unknown[]> {
  if (databaseKind === 'sqlite') {
    const rows: { sql: string }[] = await source.query(
      `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ('migrations', 'sqlite_sequence')`,
    );
    return rows.map(({ sql }) => normalised(sql)).sort();
  }
  const columns: unknown[] = await source.query(
    `SELECT table_name, column_name, column_type, is_nullable, column_default, character_set_name, collation_name, extra
     FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> 'migrations' ORDER BY 1, 2`,
  );
  const indices: unknown[] = await source.query(
    `SELECT table_name, index_name, seq_in_index, column_name, non_unique
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name <> 'migrations' ORDER BY 1, 2, 3`,
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

it('builds the same schema by migrations as from the entities', async () => {
  await source.runMigrations();
  const migrated = await schemaOf();
  await source.destroy();

  await emptyDatabase();
  source = await openDataSource();
  if (databaseKind === 'mysql') await source.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await source.synchronize();
  const fresh = await schemaOf();

  expect(migrated.length).toBeGreaterThan(10);
  expect(migrated).toEqual(fresh);
});

it('leaves nothing for the schema builder to change', async () => {
  await source.runMigrations();

  const { upQueries } = await source.driver.createSchemaBuilder().log();

  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

it('goes all the way back and forward again', async () => {
  await source.runMigrations();
  const first = await schemaOf();

  for (const _ of source.migrations) await source.undoLastMigration();
  const empty = await schemaOf();
  await source.runMigrations();

  expect(empty).toEqual([]);
  expect(await schemaOf()).toEqual(first);
});
