import type { TestApp } from '../support/test-app.js';

type Value = string | number | Date | Buffer | ArrayBuffer | null;
type Row = Readonly<Record<string, Value>>;

/** Every row of every table, as the database keeps it; bytes as latin1 text, so that texts in them can be found. */
export async function allRows(app: TestApp): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables: Record<string, readonly string[]> = {};
  for (const table of await tableNames(app)) {
    const rows: readonly Row[] = await app.database.select(`SELECT * FROM ${table} ORDER BY 1`, []);
    tables[table] = rows.map(lineOf);
  }
  return tables;
}

async function tableNames(app: TestApp): Promise<string[]> {
  const sql =
    process.env['DB'] === 'mariadb'
      ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1'
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence' ORDER BY 1`;
  return (await app.database.select(sql, [])).map(({ name }) => String(name));
}

function lineOf(row: Row): string {
  return Object.entries(row)
    .map(([column, value]) => `${column}=${shown(value)}`)
    .join(' ');
}

function shown(value: Value): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return String(value);
  return Buffer.from(value as ArrayBuffer).toString('latin1');
}
