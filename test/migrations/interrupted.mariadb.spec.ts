import { DataSource, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions, openDataSource } from '../../ormconfig.js';
import { migrateDown, migrateUp } from '../../src/common/migrate.js';
import { resumable } from '../../src/common/resumable-migration.js';
import { databaseUrl } from '../../src/config/index.js';
import { KeepResetRecords1763740000000 } from '../../src/migrations/1763740000000-keep-reset-records.js';
import { migrations } from '../../src/migrations/index.js';
import { Interrupting } from '../failures/interrupting.js';
import { emptyDatabase } from '../support/database.js';
import { schemaOf } from './schema-of.js';

jest.setTimeout(180_000);

const NOW = '2026-01-01 00:00:00.000';
const MAX_RUNS = 600;

let way: Interrupting;
let wayUrl: string;
let source: DataSource;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockReturnValue(); // TypeORM tells of migrations that fail
  await emptyDatabase();
  source = await openDataSource();
  way = new Interrupting(new URL(databaseUrl));
  wayUrl = await way.open();
});

afterEach(async () => {
  await source.destroy();
  await way.close();
});

const total = async (): Promise<number> => {
  const [row]: { total: string }[] = await source.query('SELECT COUNT(*) AS total FROM migrations');
  return Number(row?.total);
};

/** Runs something again and again, each time broken off at another place, until it comes through. */
async function brokenOff(
  work: (broken: DataSource) => Promise<unknown>,
  isDone: () => Promise<boolean>,
): Promise<void> {
  for (let run = 0; run < MAX_RUNS; run += 1) {
    const broken = await new DataSource(dataSourceOptions(wayUrl, 'mariadb')).initialize();
    way.next({ at: 2 + ((run * 5) % 13), isDone: run % 2 === 0, act: () => undefined });
    await work(broken).catch(() => undefined);
    await broken.destroy().catch(() => undefined);
    if (await isDone()) return;
  }
}

/** People with all that a migration changes rows of. */
async function fill(): Promise<void> {
  await source.query(
    `INSERT INTO realm (id, code, policy, created_at, updated_at) VALUES (1, 'r', '{}', '${NOW}', '${NOW}')`,
  );
  for (const id of [1, 2]) {
    await source.query(
      `INSERT INTO customer (id, number, realm_id, store_id, email, email_key, email_confirmed, password_version, state,
         accepts_marketing, tags, attributes, failed_sign_ins, multipass_identifier, created_at, updated_at)
       VALUES (${id}, ${id}, 1, 1, '${id}@b.co', '${id}@b.co', 1, 1, 'enabled', 0, '["vip","tag ${id}"]', '{}', 0, 'crm', '${NOW}', '${NOW}')`,
    );
    await source.query(
      `INSERT INTO customer_address (id, number, customer_id, \`lines\`, postcode, created_at, updated_at)
       VALUES (${id}, ${id + 7}, ${id}, '[]', 'K1P 1J1', '${NOW}', '${NOW}')`,
    );
  }
  await source.query(
    `INSERT INTO password_reset (number, customer_id, store_id, digest, email_key, password_version, created_at, expires_at)
     VALUES (1, 1, 1, '${'d'.repeat(32)}', '1@b.co', 1, '${NOW}', '${NOW}')`,
  );
}

async function rows(tables: readonly string[]): Promise<unknown> {
  const found: unknown[] = [];
  for (const table of tables) found.push(await source.query(`SELECT * FROM ${table} ORDER BY id`));
  return found;
}

const tags = (): Promise<unknown> => source.query('SELECT realm_id, name FROM tag ORDER BY name');

it('goes on where it was interrupted, whichever statement that was, forward and back, and changes rows once', async () => {
  const kept = ['customer', 'customer_address', 'password_reset'];
  const first = migrations.indexOf(KeepResetRecords1763740000000);
  const back = async (): Promise<void> => {
    while ((await total()) > first) await source.undoLastMigration();
  };
  await source.runMigrations();
  const whole = await schemaOf(source);
  await back();
  await fill();
  const former = await schemaOf(source);
  await source.runMigrations();
  const expected = [await rows(kept), await tags()];
  await back();
  const formerRows = await rows(kept);

  await brokenOff(migrateUp, async () => (await total()) === migrations.length);
  const forward = { schema: await schemaOf(source), rows: [await rows(kept), await tags()] };
  await brokenOff(migrateDown, async () => (await total()) === first);

  expect(forward).toEqual({ schema: whole, rows: expected });
  expect(await schemaOf(source)).toEqual(former);
  expect(await rows(kept)).toEqual(formerRows);
  for (const verb of ['ALTER', 'CREATE', 'DROP', 'COMMIT', 'REPLACE', 'START']) {
    expect(way.met).toEqual(expect.arrayContaining([`${verb} done`, `${verb} not done`]));
  }
});

type Change = (runner: QueryRunner) => Promise<unknown>;

/** One migration of an engineer's; `up` may be another one in the next version. */
function aMigration(up: Change, down: Change): new () => MigrationInterface {
  return class Added1900000000000 implements MigrationInterface {
    readonly name = 'Added1900000000000';

    async up(runner: QueryRunner): Promise<void> {
      await up(runner);
    }

    async down(runner: QueryRunner): Promise<void> {
      await down(runner);
    }
  };
}

/** Runs it by the way that may break off, or without. */
async function run(
  migration: new () => MigrationInterface,
  act: typeof migrateUp | typeof migrateDown,
  url: string,
): Promise<unknown> {
  const options = { ...dataSourceOptions(url, 'mariadb'), migrations: [...migrations, migration].map(resumable) };
  const own = await new DataSource(options).initialize();
  try {
    return await act(own);
  } finally {
    await own.destroy().catch(() => undefined);
  }
}

const words = async (table: string): Promise<unknown> => source.query(`SELECT word FROM ${table} ORDER BY word`);

it('moves what it has read, drops where it read it, and does neither twice', async () => {
  const migration = aMigration(
    async (runner) => {
      await runner.query('CREATE TABLE moved (word VARCHAR(9))');
      const rows: { word: string }[] = await runner.query('SELECT word FROM origin');
      for (const { word } of rows) await runner.query('INSERT INTO moved VALUES (?)', [word]);
      await runner.manager.query("UPDATE moved SET word = CONCAT(word, '!')");
      await runner.dropColumn('origin', 'word');
      await runner.addColumn('origin', new TableColumn({ name: 'other', type: 'int', isNullable: true }));
    },
    () => Promise.resolve(),
  );
  await source.runMigrations();
  await source.query('CREATE TABLE origin (id INT PRIMARY KEY, word VARCHAR(9))');
  await source.query("INSERT INTO origin VALUES (1, 'a'), (2, 'b')");

  for (let at = 3; at < 40 && (await total()) === migrations.length; at += 1) {
    way.next({ at, isDone: at % 2 === 0, act: () => undefined });
    await run(migration, migrateUp, wayUrl).catch(() => undefined);
  }

  expect(await words('moved')).toEqual([{ word: 'a!' }, { word: 'b!' }]);
  expect(await source.query('SELECT * FROM origin WHERE id = 1')).toEqual([{ id: 1, other: null }]);
  expect(await source.query('SELECT * FROM migration_step')).toEqual([]);
});

it('forgives nothing that the server has refused, and goes on from there when it has been mended', async () => {
  const first: Change = (runner) => runner.query('CREATE TABLE made (id INT PRIMARY KEY)');
  const wrong = aMigration(async (runner) => {
    await first(runner);
    await runner.query('CREATE TABLE realm (id INT PRIMARY KEY)');
  }, first);
  const right = aMigration(async (runner) => {
    await first(runner);
    await runner.query('CREATE TABLE realm_two (id INT PRIMARY KEY)');
  }, first);
  await source.runMigrations();

  for (const _ of [1, 2]) await expect(run(wrong, migrateUp, databaseUrl)).rejects.toThrow("'realm' already exists");
  await run(right, migrateUp, databaseUrl);

  expect(await total()).toBe(migrations.length + 1);
  expect(await source.query('SELECT * FROM realm_two')).toEqual([]);
});

it('guesses nothing when the migration that was interrupted is another one now', async () => {
  const making = (name: string): new () => MigrationInterface =>
    aMigration(
      (runner) => runner.query(`CREATE TABLE ${name} (id INT PRIMARY KEY)`),
      () => Promise.resolve(),
    );
  const [made, other] = [making('made'), making('other')];
  await source.runMigrations();
  way.next({ at: 6, isDone: true, act: () => undefined });
  await run(made, migrateUp, wayUrl).catch(() => undefined);

  await expect(run(other, migrateUp, databaseUrl)).rejects.toThrow('is not the same any more');
  await expect(run(other, migrateDown, databaseUrl)).rejects.toThrow('run "keyturn migrate up" to finish it first');
  await run(made, migrateUp, databaseUrl);

  expect(way.met).toEqual(['CREATE done']);
  expect(await total()).toBe(migrations.length + 1);
});
