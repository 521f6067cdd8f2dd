import { DataSource } from 'typeorm';
import { openDataSource } from '../../ormconfig.js';
import { databaseKind } from '../../src/config/index.js';
import { AllowDecoySecrets1763760000000 } from '../../src/migrations/1763760000000-allow-decoy-secrets.js';
import { ClaimPhones1763751000000 } from '../../src/migrations/1763751000000-claim-phones.js';
import { UniqueMultipassIdentifier1763750000002 } from '../../src/migrations/1763750000002-unique-multipass-identifier.js';
import { migrations } from '../../src/migrations/index.js';
import { emptyDatabase } from '../support/database.js';
import { schemaOf } from './schema-of.js';

let source: DataSource;

beforeEach(async () => {
  await emptyDatabase();
  source = await openDataSource();
});

afterEach(() => source.destroy());

it('builds the same schema by migrations as from the entities', async () => {
  await source.runMigrations();
  const migrated = await schemaOf(source);
  await source.destroy();

  await emptyDatabase();
  source = await openDataSource();
  if (databaseKind === 'mysql') await source.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await source.synchronize();
  const fresh = await schemaOf(source);

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
  const first = await schemaOf(source);

  for (const _ of source.migrations) await source.undoLastMigration();
  const empty = await schemaOf(source);
  await source.runMigrations();

  expect(empty).toEqual([]);
  expect(await schemaOf(source)).toEqual(first);
});

it('keeps customers and their addresses when columns come and go', async () => {
  await source.runMigrations();
  const steps = migrations.length - migrations.indexOf(ClaimPhones1763751000000);
  for (let step = 0; step < steps; step += 1) await source.undoLastMigration();
  const now = '2026-01-01 00:00:00.000';
  await source.query(
    `INSERT INTO realm (id, code, policy, created_at, updated_at) VALUES (1, 'r', '{}', '${now}', '${now}')`,
  );
  await source.query(
    `INSERT INTO customer (id, number, realm_id, store_id, email, email_key, email_confirmed, password_version, state, phone,
       first_name, accepts_marketing, tags, attributes, failed_sign_ins, created_at, updated_at)
     VALUES (1, 7, 1, 1, 'a@b.co', 'a@b.co', 1, 1, 'enabled', '+16135550199', 'Zoë', 0, '["vip","a b"]', '{}', 0, '${now}', '${now}')`,
  );
  await source.query(
    `INSERT INTO customer_address (id, number, customer_id, \`lines\`, postcode, phone, created_at, updated_at)
     VALUES (1, 8, 1, '[]', 'K1P 1J1', '613 555 0199', '${now}', '${now}')`,
  );
  const rows = (): Promise<unknown> =>
    source.query(
      'SELECT c.first_name AS name, c.phone, a.postcode, a.phone AS typed FROM customer c JOIN customer_address a ON a.customer_id = c.id',
    );
  const kept = [{ name: 'Zoë', phone: '+16135550199', postcode: 'K1P 1J1', typed: '613 555 0199' }];

  await source.runMigrations();
  expect(await rows()).toEqual(kept);
  const tags: object[] = await source.query('SELECT realm_id, name FROM tag ORDER BY id');
  const entries: object[] = await source.query('SELECT realm_id, entry_number, number FROM customer_address');
  const comparable = JSON.parse(JSON.stringify([tags, entries]), (_, value: unknown) =>
    value === '8' ? 8 : value,
  ) as unknown;
  expect(comparable).toEqual([
    [
      { realm_id: 1, name: 'vip' },
      { realm_id: 1, name: 'a b' },
    ],
    [{ realm_id: 1, entry_number: 8, number: 8 }],
  ]);
  await source.query(
    `INSERT INTO customer_address (number, realm_id, \`lines\`, tags, attributes, created_at, updated_at)
     VALUES (9, 1, '[]', '[]', '{}', '${now}', '${now}')`,
  );
  await source.query(`UPDATE customer_address SET postcode = '${'x'.repeat(99)}'`);
  for (let step = 0; step < steps; step += 1) await source.undoLastMigration();

  expect(await rows()).toEqual([{ ...kept[0], postcode: 'x'.repeat(32) }]);
});

it('keeps secrets when those of nobody come and go', async () => {
  await source.runMigrations();
  const steps = migrations.length - migrations.indexOf(AllowDecoySecrets1763760000000);
  for (let step = 0; step < steps; step += 1) await source.undoLastMigration();
  const now = '2026-01-01 00:00:00.000';
  const insert = (number: number, customer: string): Promise<unknown> =>
    source.query(
      `INSERT INTO one_time_secret (number, purpose, customer_id, store_id, digest, email_key, password_version, created_at, expires_at)
       VALUES (${number}, 'activation', ${customer}, 1, '${String(number).repeat(32)}', 'a@b.co', 1, '${now}', '${now}')`,
    );
  const rows = (): Promise<unknown> => source.query('SELECT number, customer_id FROM one_time_secret ORDER BY number');
  await insert(7, '4');
  await expect(insert(8, 'NULL')).rejects.toThrow(/null/i);

  await source.runMigrations();
  await insert(8, 'NULL');
  const after = await rows();
  for (let step = 0; step < steps; step += 1) await source.undoLastMigration();

  expect(JSON.parse(JSON.stringify(after))).toMatchObject([{ customer_id: 4 }, { customer_id: null }]);
  expect(JSON.parse(JSON.stringify(await rows()))).toMatchObject([{ customer_id: 4 }]);
});

it('leaves an identifier that several customers share to the oldest', async () => {
  await source.runMigrations();
  const steps = migrations.length - migrations.indexOf(UniqueMultipassIdentifier1763750000002);
  for (let step = 0; step < steps; step += 1) await source.undoLastMigration();
  const now = '2026-01-01 00:00:00.000';
  for (const id of [1, 2]) {
    await source.query(
      `INSERT INTO realm (id, code, policy, created_at, updated_at) VALUES (${id}, 'r${id}', '{}', '${now}', '${now}')`,
    );
  }
  const people = [[1, 1, `'crm-1'`], [2, 1, `'crm-1'`], [3, 1, 'NULL'], [4, 1, 'NULL'], [5, 2, `'crm-1'`]]; // prettier-ignore
  for (const [id, realm, identifier] of people) {
    await source.query(
      `INSERT INTO customer (id, number, realm_id, store_id, email, email_key, email_confirmed, password_version, state,
         accepts_marketing, tags, attributes, failed_sign_ins, multipass_identifier, created_at, updated_at)
       VALUES (${id}, ${id}, ${realm}, 1, '${id}@b.co', '${id}@b.co', 1, 1, 'enabled', 0, '[]', '{}', 0, ${identifier}, '${now}', '${now}')`,
    );
  }

  await source.runMigrations();
  const rows: { id: number }[] = await source.query(
    `SELECT id FROM customer WHERE multipass_identifier = 'crm-1' ORDER BY id`,
  );

  expect(rows.map(({ id }) => id)).toEqual([1, 5]);
});
