import libsql from 'libsql';
import { BuiltCommand, jsonOf } from '../cli/command.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

interface Progress {
  readonly ran: readonly string[];
  readonly missing: readonly string[];
}

/** How many migrations have been noted as done; none while there is no table. */
function noted(file: string): number {
  try {
    const database = new libsql(file, { readonly: true, fileMustExist: true });
    const { total } = database.prepare('SELECT COUNT(*) AS total FROM migrations').get() as { total: number };
    database.close();
    return total;
  } catch {
    return 0;
  }
}

/**
 * The words of the statements that made all that is in a file, but for the table of migrations. Their order may differ:
 * TypeORM writes the constraints of a table that it makes anew in the order in which it meets them.
 */
function schemaIn(file: string): string[][] {
  const database = new libsql(file);
  const rows = database
    .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'migrations' ORDER BY name")
    .all() as { sql: string }[];
  database.close();
  return rows.map(({ sql }) => [...(sql.match(/\w+/g) ?? [])].sort());
}

/** A file whose migrating was killed after so many; on a fast machine it may take a few tries to be in time. */
async function killedAfter(reached: number): Promise<{ url: string; missing: readonly string[] }> {
  for (let tries = 0; tries < 10; tries += 1) {
    const url = await command.aDatabase();
    const { kill } = command.begin('migrate up', { DATABASE_URL: url });
    await until(() => noted(fileOf(url)) >= reached);
    await kill();
    const { missing } = jsonOf(await command.run('migrate status --json', { DATABASE_URL: url })) as Progress;
    if (missing.length > 0) return { url, missing };
  }
  throw new Error('each time it was done before it was killed');
}

const fileOf = (url: string): string => url.slice('sqlite:'.length);

it.each([1, 9, 20])('is finished by the next run when the process is killed after %i migrations', async (reached) => {
  const { url, missing } = await killedAfter(reached);
  const whole = await command.aDatabase();

  const again = await command.run('migrate up', { DATABASE_URL: url });
  await command.run('migrate up', { DATABASE_URL: whole });

  expect(again).toEqual({ code: 0, stdout: missing.map((name) => `ran ${name}\n`).join(''), stderr: '' });
  expect(schemaIn(fileOf(url))).toEqual(schemaIn(fileOf(whole)));
});
