import 'reflect-metadata';
import { Duplex } from 'node:stream';
import libsql from 'libsql';
import * as mysql2 from 'mysql2';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { HangWatch } from './src/common/hang-watch.js';
import { SnakeCase } from './src/common/naming-strategy.js';
import { resumable } from './src/common/resumable-migration.js';
import { tame, type SqliteConnection } from './src/common/sqlite-driver.js';
import { databaseKind, databaseUrl, isMultiPrimary } from './src/config/index.js';
import { Customer, CustomerAddress, MultipassUse } from './src/customer/index.js';
import { CustomerGroup } from './src/customer-group/index.js';
import { Event } from './src/event/index.js';
import { RateCounter } from './src/lockout/index.js';
import { MailMessage } from './src/mail/index.js';
import { migrations } from './src/migrations/index.js';
import { IdempotencyKey } from './src/idempotency/index.js';
import { OneTimeSecret } from './src/one-time-secret/index.js';
import { PasswordReset } from './src/password-reset/index.js';
import { ApiClient, Realm, Store } from './src/store/index.js';
import { CustomerSubscription } from './src/subscription/index.js';
import { Tag } from './src/tag/index.js';
import { AccessToken } from './src/token/index.js';
import { Webhook, WebhookDelivery } from './src/webhook/index.js';

const CONNECTIONS = 10;
/** Of each connection; more than the product has. mysql2 makes room for all of them at once. */
const PREPARED_STATEMENTS = 256;

/** What the server and a session must be like for the code's guarantees to hold. */
const SESSION = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** On a Galera node, reads first wait for what other nodes have committed: a session that was ended there must not go on here. */
const SEE_OTHER_NODES = 'SET SESSION wsrep_sync_wait = 1';
const UNKNOWN_VARIABLE = 1193;

const shared = {
  entities: [
    AccessToken,
    ApiClient,
    Customer,
    CustomerAddress,
    CustomerGroup,
    CustomerSubscription,
    Event,
    MailMessage,
    MultipassUse,
    IdempotencyKey,
    OneTimeSecret,
    PasswordReset,
    RateCounter,
    Realm,
    Store,
    Tag,
    Webhook,
    WebhookDelivery,
  ],
  migrations: databaseKind === 'sqlite' ? [...migrations] : migrations.map(resumable),
  migrationsTransactionMode: 'each' as const,
  namingStrategy: new SnakeCase(),
  synchronize: false,
};

/** mysql2 with a pool whose connections are set up before their first use, and that is watched. */
const preparedMysql = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions): mysql2.Pool {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection: mysql2.PoolConnection) => {
      for (const statement of SESSION) connection.query(statement);
      if (isMultiPrimary) seeOtherNodes(connection);
    });
    new HangWatch(pool, options);
    return pool;
  },
};

/**
 * Servers without Galera have no such variable. A connection that cannot be set up for another reason must not be used;
 * its stream is broken, because `destroy` would leave what waits in it without an answer.
 */
function seeOtherNodes(connection: mysql2.PoolConnection): void {
  connection.query(SEE_OTHER_NODES, (error) => {
    if (!error || error.errno === UNKNOWN_VARIABLE) return;
    if ('stream' in connection && connection.stream instanceof Duplex) connection.stream.destroy(error);
  });
}

function sqliteOptions(file: string): DataSourceOptions {
  return {
    ...shared,
    type: 'better-sqlite3',
    driver: libsql,
    database: file,
    timeout: 100, // the driver is synchronous: a longer wait would stop the event loop
    prepareDatabase: (database: SqliteConnection) => {
      tame(database);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
    },
  };
}

function mysqlOptions(url: string, type: 'mysql' | 'mariadb'): DataSourceOptions {
  return {
    ...shared,
    type,
    driver: preparedMysql,
    url,
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize: CONNECTIONS,
    extra: { queueLimit: 1000, enableKeepAlive: true, maxPreparedStatements: PREPARED_STATEMENTS },
  };
}

/** Options for a database; `logger` is given by tests that count statements. */
export function dataSourceOptions(url: string, type: 'mysql' | 'mariadb', logger?: Logger): DataSourceOptions {
  const options = databaseKind === 'sqlite' ? sqliteOptions(url.replace(/^sqlite:/, '')) : mysqlOptions(url, type);
  return { ...options, ...(logger ? { logger } : {}) };
}

function typeOfUrl(url: string): 'mysql' | 'mariadb' {
  return url.startsWith('mariadb:') ? 'mariadb' : 'mysql';
}

/** Opens the database as what its server says it is: TypeORM must know MariaDB from MySQL. */
export async function openDataSource(logger?: Logger): Promise<DataSource> {
  const assumed = typeOfUrl(databaseUrl);
  const source = await new DataSource(dataSourceOptions(databaseUrl, assumed, logger)).initialize();
  if (databaseKind === 'sqlite') return source;
  const [row] = await source.query<[{ version: string }]>('SELECT VERSION() AS version');
  const actual = /mariadb/i.test(row.version) ? 'mariadb' : 'mysql';
  if (actual === assumed) return source;
  await source.destroy();
  return new DataSource(dataSourceOptions(databaseUrl, actual, logger)).initialize();
}

/** For the TypeORM command line; the application opens its own by `openDataSource`. */
export default new DataSource(dataSourceOptions(databaseUrl, typeOfUrl(databaseUrl)));
