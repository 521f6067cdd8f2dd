import { createConnection } from 'mysql2/promise';
import { migrations } from '../../src/migrations/index.js';
import { BuiltCommand, jsonOf } from '../cli/command.js';
import { ADMIN_TOKEN, PRODUCTION, SETUP } from '../cli/production.js';
import { schemaOf } from '../migrations/schema-of.js';
import { until } from '../support/until.js';
import { Interrupting } from './interrupting.js';

jest.setTimeout(180_000);

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

/** The statements after which a run is killed: a prime apart from their number, so that each kind has its turn. */
const kills = (count: number, first: number): { readonly at: number; readonly isDone: boolean }[] =>
  Array.from({ length: count }, (_, run) => ({ at: first + ((run * 7) % 13), isDone: run % 2 === 0 }));

async function schemaIn(url: string): Promise<unknown[]> {
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  const schema = await schemaOf({
    query: async <T>(sql: string): Promise<T> => (await connection.query(sql))[0] as T,
  });
  await connection.end();
  return schema;
}

/** Kills a run of the command at one statement after the other. */
async function killed(what: string, way: Interrupting, url: string, at: ReturnType<typeof kills>): Promise<void> {
  for (const plan of at) {
    let dead = false;
    const { kill } = command.begin(what, { DATABASE_URL: url });
    way.next({ ...plan, act: () => void kill().then(() => (dead = true)) });
    await until(() => dead);
  }
}

async function missing(url: string): Promise<number> {
  const status = jsonOf(await command.run('migrate status --json', { DATABASE_URL: url })) as { missing: string[] };
  return status.missing.length;
}

it('is finished by the next run when the process is killed in the middle of a migration, forward and back', async () => {
  const [url, whole] = [await command.aDatabase(), await command.aDatabase()];
  const env = { ...PRODUCTION, ADMIN_TOKEN, DATABASE_URL: url, KEYS_DIR: `${command.aFolder()}/keys` };
  await command.run('keys generate', env);
  const setup = command.aFileWith(JSON.stringify(SETUP));
  const way = new Interrupting(new URL(url));
  const wayUrl = await way.open();
  await command.run('migrate up', { DATABASE_URL: whole });
  const expected = await schemaIn(whole);

  await killed('migrate up', way, wayUrl, kills(10, 40));
  const left = await missing(url);
  const up = await command.run('migrate up', { DATABASE_URL: url });
  const forward = await schemaIn(url);
  await killed('migrate down', way, wayUrl, kills(2, 4));
  const applied = await command.run(`setup apply ${setup}`, env);
  const again = await command.run('migrate up', { DATABASE_URL: url });
  await way.close();

  expect([left > 0, up.code, up.stderr, await missing(url)]).toEqual([true, 0, '', 0]);
  expect(forward).toEqual(expected);
  expect(way.met.filter((met) => /^(?:ALTER|CREATE|DROP)/.test(met)).length).toBeGreaterThan(2);
  expect([applied.code, applied.stderr + applied.stdout]).toEqual([
    1,
    expect.stringContaining('run "keyturn migrate up"'),
  ]);
  expect([again.code, again.stdout]).toEqual([0, `ran ${migrations.at(-1)?.name}\n`]);
  expect(await schemaIn(url)).toEqual(expected);
});
