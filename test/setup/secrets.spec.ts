import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SealedBox } from '#lib/sealed-box';
import { demoSetup, Store, StoreDirectory } from '../../src/store/index.js';
import { TestApp } from '../support/test-app.js';
import { applySetup } from './apply-setup.js';
import { allRows } from './tables.js';

/** What the demo setup names beside its secrets. */
const NAMES = ['demo-admin', 'demo-integration', 'demo-sales-channel', 'demo-cg-access'];
const SECRETS = [...(JSON.stringify(demoSetup).match(/demo-[\w-]+/g) ?? []), 'roni_cost3@example.com'].filter(
  (text) => !NAMES.includes(text),
);

const UPSTREAM_TOKEN = 'an-upstream-token-0123';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await applySetup(app, withShopify({ upstream: { url: 'https://shop.example', token: UPSTREAM_TOKEN } }));
});

afterAll(() => app.stop());

it('keeps no secret in clear in any table: not of the setup, nor what follows from it (SEC-21, SEC-25, SEC-48, SEC-84)', async () => {
  const ann = await app.aCustomer({ password: 'a secret of ann' });
  const token = await app.signedIn(ann);
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  const { secret } = await app.lastMail(ann.email);
  const keys = String(process.env['KEYS_DIR']);
  const files = [join(dirname(keys), 'secret.key'), ...readdirSync(keys).map((file) => join(keys, file))];
  const contents = files.map(
    (file) => readFileSync(file, 'latin1').trim().split('\n')[1] ?? readFileSync(file, 'latin1'),
  );

  const dump = Object.values(await allRows(app))
    .flat()
    .join('\n');
  const found = [...SECRETS, UPSTREAM_TOKEN, ann.password, token, secret, ...contents].filter((one) =>
    [one, Buffer.from(one).toString('base64'), Buffer.from(one).toString('hex')].some((form) => dump.includes(form)),
  );

  expect(SECRETS).toHaveLength(10);
  expect(dump).toContain(ann.email);
  expect(contents.length).toBeGreaterThanOrEqual(2); // SECRET_KEY and the signing keys, which test files of one run share
  expect(found).toEqual([]);
});

/** The demo setup with more in its Shopify block. */
function withShopify(more: object): object {
  const [realm] = demoSetup.realms;
  const [store] = realm?.stores ?? [];
  return { ...demoSetup, realms: [{ ...realm, stores: [{ ...store, shopify: { ...store?.shopify, ...more } }] }] };
}

it('reads sealed secrets again, and not under another SECRET_KEY (SEC-84)', async () => {
  const stores = app.get(StoreDirectory);
  const upstream = { url: 'https://shop.example', private: false, timeoutMs: 10_000, token: UPSTREAM_TOKEN };

  const before = [stores.multipassSecretOf(stores.defaultStore), stores.upstreamOf(stores.defaultStore)];
  await app.database.transaction((tx) =>
    tx.update(
      Store,
      { code: 'default' },
      { sealedMultipassSecret: new SealedBox(randomBytes(32), 'multipass').seal('another') },
    ),
  );
  app.logged.length = 0;
  await stores.reload();
  await stores.reload();
  const told = app.logged.filter((line) => line.includes('cannot read the multipassSecret of store default'));

  expect(before).toEqual(['demo-multipass-secret-0123456789abcdef', upstream]);
  expect([stores.multipassSecretOf(stores.defaultStore), stores.upstreamOf(stores.defaultStore)]).toEqual([
    null,
    upstream,
  ]);
  expect(told).toHaveLength(1);
});

it('follows the setup: a changed secret replaces the former one, one that is missing is forgotten', async () => {
  const stores = app.get(StoreDirectory);
  const state = (): (string | null)[] => [
    stores.multipassSecretOf(stores.defaultStore),
    stores.upstreamOf(stores.defaultStore)?.token ?? null,
  ];
  const changed = { multipassSecret: 'another-multipass-secret', upstream: { url: 'https://b.example', token: 'token-b-123' } }; // prettier-ignore

  await applySetup(app, withShopify(changed));
  const rows = await allRows(app);
  app.clock.advance(60);
  await applySetup(app, withShopify(changed));
  const then = state();
  const again = await allRows(app);
  await applySetup(app, withShopify({ multipassSecret: undefined, upstream: undefined }));

  expect(then).toEqual(['another-multipass-secret', 'token-b-123']);
  expect(again).toEqual(rows);
  expect(state()).toEqual([null, null]);
});

it('keeps each digest in 32 bytes, which cannot be missing and stand for nothing by default (SEC-25)', async () => {
  const columns = await digestColumns();

  expect(columns.map(({ table }) => table).sort()).toEqual([
    ...['access_token', 'api_client', 'idempotency_key', 'idempotency_key', 'multipass_use', 'one_time_secret'],
    ...['password_reset', 'rate_counter'],
  ]);
  // an administrator signs in with a password, and has no digest
  expect(columns.filter(({ isNullable }) => isNullable).map(({ table }) => table)).toEqual(['api_client']);
  expect(new Set(columns.map(({ type }) => type))).toEqual(new Set([isMariadb ? 'binary(32)' : 'BLOB']));
  expect(columns.filter(({ byDefault }) => byDefault !== null && byDefault !== 'NULL')).toEqual([]);
});

const isMariadb = process.env['DB'] === 'mariadb';

interface Column {
  readonly table: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly byDefault: unknown;
}

async function digestColumns(): Promise<Column[]> {
  const sql = isMariadb
    ? `SELECT table_name AS owner, column_type AS type, is_nullable = 'NO' AS filled, column_default AS byDefault
       FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name LIKE '%digest'`
    : `SELECT m.name AS owner, c.type AS type, c."notnull" AS filled, c.dflt_value AS byDefault
       FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%digest'`;
  const rows = await app.database.select(sql, []);
  return rows.map(({ owner, type, filled, byDefault }) => ({
    ...{ table: String(owner), type: String(type), isNullable: Number(filled) === 0, byDefault },
  }));
}
