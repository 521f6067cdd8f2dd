import { availableParallelism } from 'node:os';
import { parseCidrList } from '#lib/network-address';
import { DEFAULT_DATABASE_URL } from './database-url.js';
import { isBaseUrl, Settings } from './settings.js';

export type Environment = 'development' | 'test' | 'production';

/** All settings of the process, validated and frozen. Injected by this class. */
export class Config {
  readonly environment: Environment;
  readonly host: string;
  readonly port: number;
  /** Base of the hosted pages, without a trailing slash. */
  readonly publicUrl: string;
  /** `iss` of every JWT, without a trailing slash. */
  readonly issuerUrl: string;
  readonly databaseUrl: string;
  /** Whether other nodes of the database take writes at the same time, whose commits must be seen at once. */
  readonly isMultiPrimary: boolean;
  /** Copies of the database that may lag behind it. */
  readonly replicaUrls: readonly string[];
  /** Where counters of limits are shared; null: in the database. */
  readonly redisUrl: string | null;
  readonly mailUrl: string;
  /** Null in development until one has been generated; see `developmentSecrets`. */
  readonly secretKey: Buffer | null;
  readonly keysDir: string;
  readonly trustedProxies: readonly string[];
  readonly hash: {
    readonly memoryKib: number;
    readonly timeCost: number;
    readonly parallelism: number;
    readonly concurrency: number;
  };
  /** A file of passwords that are refused beside the common ones, one a line. */
  readonly blocklistPath: string | null;
  /** Where hashes of leaked passwords can be looked up: an https URL, a folder or a file; null: nowhere. */
  readonly breachRanges: string | null;
  readonly setupFile: string | null;
  /** Seconds from the signal to end until no connection is taken any more. */
  readonly shutdownDelay: number;
  /** Who may read the metrics from elsewhere than this machine; null: nobody. */
  readonly metricsToken: string | null;
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  /** Threads of libuv's pool; hashes take some of them. */
  readonly threadPoolSize: number;
  /** Looks up a secret that the setup file names as `{"env": "NAME"}`; its `_FILE` twin works too. */
  readonly secretNamed: (name: string) => string | undefined;
}

/** What was wrong with the environment: every fault at once, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n- ${faults.join('\n- ')}`,
    );
  }
}

const KNOWN = [
  'NODE_ENV', 'HOST', 'PORT', 'PUBLIC_URL', 'ISSUER_URL', 'DATABASE_URL', 'DATABASE_MULTI_PRIMARY', 'DATABASE_REPLICA_URLS', 'REDIS_URL', 'MAIL_URL',
  'SECRET_KEY', 'KEYS_DIR', 'TRUSTED_PROXIES',
  'HASH_MEMORY_KIB', 'HASH_TIME_COST', 'HASH_PARALLELISM', 'HASH_CONCURRENCY', 'UV_THREADPOOL_SIZE',
  'PASSWORD_BLOCKLIST_PATH', 'PASSWORD_BREACH_RANGES', 'SETUP_FILE', 'SHUTDOWN_DELAY_SECONDS', 'METRICS_TOKEN',
  'LOG_LEVEL', 'LOG_FORMAT',
] as const; // prettier-ignore

/** Names of all environment variables that are read; the documentation's table is compared with it. */
export const settingNames: readonly string[] = KNOWN;

/**
 * Reads the environment once.
 * @throws ConfigError with every fault found
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = new Settings(env);
  for (const name of Object.keys(env)) {
    if (name.startsWith('KEYTURN_')) settings.fault(`${name} is not a setting; names have no prefix: ${name.slice(8)}`);
  }
  const environment = settings.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development');
  const port = settings.integer('PORT', 3000, 0, 65535);
  const publicUrl = settings.url('PUBLIC_URL', `http://localhost:${port}`);
  const config: Config = {
    environment,
    host: settings.text('HOST', '127.0.0.1'),
    port,
    publicUrl,
    issuerUrl: settings.url('ISSUER_URL', publicUrl),
    databaseUrl: readDatabaseUrl(settings),
    isMultiPrimary: settings.oneOf('DATABASE_MULTI_PRIMARY', ['true', 'false'], 'false') === 'true',
    replicaUrls: readReplicas(settings),
    redisUrl: readRedisUrl(settings),
    mailUrl: readMailUrl(settings),
    secretKey: readSecretKey(settings),
    keysDir: settings.text('KEYS_DIR', './data/keys'),
    trustedProxies: readProxies(settings),
    hash: readHash(settings),
    blocklistPath: settings.optional('PASSWORD_BLOCKLIST_PATH'),
    breachRanges: readRanges(settings),
    setupFile: settings.optional('SETUP_FILE'),
    shutdownDelay: settings.integer('SHUTDOWN_DELAY_SECONDS', environment === 'production' ? 5 : 0, 0, 300),
    metricsToken: readMetricsToken(settings),
    logLevel: settings.oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
    logFormat: settings.oneOf('LOG_FORMAT', ['pretty', 'json'], process.stdout.isTTY ? 'pretty' : 'json'),
    threadPoolSize: settings.integer('UV_THREADPOOL_SIZE', 4, 1, 1024),
    secretNamed: (name) => settings.optional(name) ?? undefined,
  };
  if (environment === 'production') refuseUnsafe(settings, config);
  if (settings.faults.length > 0) throw new ConfigError(settings.faults);
  return withValues(config);
}

/** A frozen configuration of these values. */
export function withValues(values: Config, changes: Partial<Config> = {}): Config {
  return Object.freeze(Object.assign(new Config(), values, changes));
}

function readDatabaseUrl(settings: Settings): string {
  return settings.matching(
    'DATABASE_URL',
    DEFAULT_DATABASE_URL,
    (text) => /^sqlite:.+$/.test(text) || isDatabaseServer(text),
    'sqlite:<path>, mysql://user:password@host:port/database or mariadb://…',
  );
}

function readReplicas(settings: Settings): string[] {
  const fits = (text: string): boolean => text.split(',').every((url) => isDatabaseServer(url.trim()));
  const form = 'mysql://user:password@host:port/database or mariadb://…, separated by commas';
  const text = settings.matching('DATABASE_REPLICA_URLS', '', (given) => given === '' || fits(given), form);
  if (text === '') return [];
  if (!isDatabaseServer(settings.text('DATABASE_URL', DEFAULT_DATABASE_URL))) {
    settings.fault('DATABASE_REPLICA_URLS needs a DATABASE_URL of the form mysql://… or mariadb://…');
  }
  return text.split(',').map((url) => url.trim());
}

function readSecretKey(settings: Settings): Buffer | null {
  const text = settings.optional('SECRET_KEY');
  if (text === null) return null;
  if (Buffer.byteLength(text) < 32) settings.fault('SECRET_KEY must have at least 32 bytes');
  return Buffer.from(text);
}

function readMetricsToken(settings: Settings): string | null {
  const token = settings.optional('METRICS_TOKEN');
  if (token !== null && !/^[\x21-\x7e]{16,512}$/.test(token)) {
    settings.fault('METRICS_TOKEN must have 16 to 512 visible ASCII characters');
  }
  return token;
}

function readMailUrl(settings: Settings): string {
  const fits = (text: string): boolean => text === 'mailbox:' || isMailServer(text);
  return settings.matching('MAIL_URL', 'mailbox:', fits, 'mailbox:, smtp://host:port or smtps://user:password@host');
}

function readRedisUrl(settings: Settings): string | null {
  const form = 'redis://user:password@host:port/database or rediss://…';
  return settings.matching('REDIS_URL', '', (text) => text === '' || isRedisServer(text), form) || null;
}

function readProxies(settings: Settings): string[] {
  try {
    return parseCidrList(settings.text('TRUSTED_PROXIES', ''));
  } catch (error) {
    settings.fault(`TRUSTED_PROXIES: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Hashes travel to that server, if only their first digits; who answers decides which passwords are refused. */
function readRanges(settings: Settings): string | null {
  const place = settings.optional('PASSWORD_BREACH_RANGES');
  if (place === null || !/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return place;
  if (isBaseUrl(place) && isSecureUrl(place)) return place.replace(/\/$/, '');
  settings.fault('PASSWORD_BREACH_RANGES must be an https URL without user, query and fragment, a folder or a file');
  return null;
}

function readHash(settings: Settings): Config['hash'] {
  return {
    memoryKib: settings.integer('HASH_MEMORY_KIB', 19456, 64, 1048576),
    timeCost: settings.integer('HASH_TIME_COST', 2, 1, 20),
    parallelism: settings.integer('HASH_PARALLELISM', 1, 1, 16),
    concurrency: settings.integer('HASH_CONCURRENCY', availableParallelism(), 1, 1024),
  };
}

/** Production starts with nothing that is only fit for a trial (SEC-83). */
function refuseUnsafe(settings: Settings, config: Config): void {
  if (config.secretKey === null) settings.fault('SECRET_KEY (or SECRET_KEY_FILE) is required in production');
  if (config.secretKey?.toString().startsWith('demo-')) settings.fault('SECRET_KEY is a demo secret');
  if (config.metricsToken?.startsWith('demo-')) settings.fault('METRICS_TOKEN is a demo secret');
  if (config.mailUrl === 'mailbox:') {
    settings.fault('MAIL_URL must name an SMTP server in production; the mailbox shows every mail to everyone');
  }
  if (settings.optional('PUBLIC_URL') === null) settings.fault('PUBLIC_URL is required in production');
  for (const [name, url] of [
    ['PUBLIC_URL', config.publicUrl],
    ['ISSUER_URL', config.issuerUrl],
  ] as const) {
    if (!isSecureUrl(url)) settings.fault(`${name} must be https in production, but is ${url}`);
  }
  if (config.hash.memoryKib < 19456) settings.fault('HASH_MEMORY_KIB must be at least 19456 in production');
  if (config.hash.timeCost < 2) settings.fault('HASH_TIME_COST must be at least 2 in production');
}

function isDatabaseServer(url: string): boolean {
  return /^(mysql|mariadb):\/\/\S+\/[^/\s]+$/.test(url);
}

/** A URL that cannot be parsed would only fail later, and show its password in the log. */
function isMailServer(text: string): boolean {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== '' && !/%(?![0-9A-F]{2})/i.test(username + password);
}

/** Without a query, by which the client would take settings of its own. */
function isRedisServer(text: string): boolean {
  if (!/^rediss?:\/\/[^\s?#]+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname } = new URL(text);
  return hostname !== '' && !/%(?![0-9A-F]{2})/i.test(username + password) && /^\/?\d{0,5}$/.test(pathname);
}

/** https, or plain http on this very machine (SEC-10). */
export function isSecureUrl(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
