import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, ConfigError, loadConfig, settingNames, withDevelopmentSecrets } from './index.js';

const KEY = 'a-secret-key-of-more-than-32-bytes-0123456789';
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://accounts.shop.example',
  MAIL_URL: 'smtp://mail.shop.example:25',
  SECRET_KEY: KEY,
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-config-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

function fileWith(content: string): string {
  const file = join(mkdtempSync(join(folder, 'file-')), 'content');
  writeFileSync(file, content);
  return file;
}

describe('an empty environment', () => {
  it('gives the documented defaults', () => {
    expect(loadConfig({})).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      issuerUrl: 'http://localhost:3000',
      databaseUrl: 'sqlite:./data/keyturn.db',
      isMultiPrimary: false,
      replicaUrls: [],
      redisUrl: null,
      mailUrl: 'mailbox:',
      secretKey: null,
      keysDir: './data/keys',
      trustedProxies: [],
      hash: { memoryKib: 19456, timeCost: 2, parallelism: 1, concurrency: availableParallelism() },
      threadPoolSize: 4,
      setupFile: null,
      shutdownDelay: 0,
      metricsToken: null,
      logLevel: 'info',
    });
  });

  it('is what empty values mean', () => {
    const empty = Object.fromEntries(settingNames.flatMap((name) => [[name, ''], [`${name}_FILE`, '']])); // prettier-ignore

    expect(JSON.stringify(loadConfig(empty))).toBe(JSON.stringify(loadConfig({})));
  });

  it('lets load balancers notice the end of an instance in production alone', () => {
    expect([PRODUCTION, {}].map((env) => loadConfig(env).shutdownDelay)).toEqual([5, 0]);
    expect(faultsOf({ SHUTDOWN_DELAY_SECONDS: '301' })).toEqual([
      'SHUTDOWN_DELAY_SECONDS must be a whole number from 0 to 300, but is "301"',
    ]);
  });
});

describe('a good environment', () => {
  it('is read as it is written, URLs without their trailing slash', () => {
    const config = loadConfig({
      PORT: '8080',
      PUBLIC_URL: 'https://shop.example/accounts/',
      ISSUER_URL: 'https://auth.shop.example/',
      DATABASE_URL: 'mariadb://keyturn:secret@db.example:3307/keyturn',
      DATABASE_MULTI_PRIMARY: 'true',
      DATABASE_REPLICA_URLS: 'mariadb://keyturn:s%2Ct@one.example/keyturn, mysql://two.example:3308/keyturn',
      MAIL_URL: 'smtps://user:p%40ss@mail.example',
      REDIS_URL_FILE: fileWith('rediss://user:p%40ss@cache.example:6380/2\n'),
      TRUSTED_PROXIES: '10.1.2.3/8, ::1',
      LOG_FORMAT: 'pretty',
    });

    expect(config).toMatchObject({
      port: 8080,
      publicUrl: 'https://shop.example/accounts',
      issuerUrl: 'https://auth.shop.example',
      databaseUrl: 'mariadb://keyturn:secret@db.example:3307/keyturn',
      isMultiPrimary: true,
      replicaUrls: ['mariadb://keyturn:s%2Ct@one.example/keyturn', 'mysql://two.example:3308/keyturn'],
      mailUrl: 'smtps://user:p%40ss@mail.example',
      redisUrl: 'rediss://user:p%40ss@cache.example:6380/2',
      trustedProxies: ['10.0.0.0/8', '::1'],
      logFormat: 'pretty',
    });
  });

  it('lets PUBLIC_URL follow the port, and ISSUER_URL follow PUBLIC_URL', () => {
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ PUBLIC_URL: 'https://a.example' }).issuerUrl).toBe('https://a.example');
  });

  it('gives a Config that cannot be changed', () => {
    const config = loadConfig({});

    expect(config).toBeInstanceOf(Config);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(withDevelopmentSecrets(loadConfig({ SECRET_KEY: KEY })))).toBe(true);
  });

  it('is read by the listed names only, each with its _FILE twin', () => {
    const asked = new Set<string>();
    const env = new Proxy<NodeJS.ProcessEnv>(PRODUCTION, {
      get: (target, name: string) => (asked.add(name), target[name]),
    });

    loadConfig(env);

    expect([...asked].sort()).toEqual(settingNames.flatMap((name) => [name, `${name}_FILE`]).sort());
  });
});

describe('faults', () => {
  it('are all told at once, in one message', () => {
    const env = {
      NODE_ENV: 'staging',
      PORT: '80a',
      PUBLIC_URL: 'shop.example',
      DATABASE_URL: 'postgres://db/keyturn',
      MAIL_URL: 'sendmail:',
      TRUSTED_PROXIES: '10.0.0.0/0',
      HASH_MEMORY_KIB: '1',
      LOG_LEVEL: 'loud',
      KEYTURN_HOST: '0.0.0.0',
    };

    const faults = faultsOf(env);

    expect(faults).toHaveLength(Object.keys(env).length);
    for (const name of Object.keys(env)) expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
    expect(() => loadConfig(env)).toThrow(`The configuration has ${faults.length} faults:\n- ${faults.join('\n- ')}`);
  });

  it.each(['-1', '65536', '1e3', ' 80', '80.0', '0x50', '99999999999999999999'])('refuse PORT %j', (port) => {
    expect(faultsOf({ PORT: port })).toEqual([expect.stringMatching(/^PORT must be a whole number from 0 to 65535/)]);
  });

  it('name the right setting where a name was given a prefix', () => {
    expect(faultsOf({ KEYTURN_SECRET_KEY: KEY })).toEqual([
      'KEYTURN_SECRET_KEY is not a setting; names have no prefix: SECRET_KEY',
    ]);
  });

  it.each([
    'smtp://',
    'smtp:mail.example',
    'smtp://mail.example:port',
    'smtp://user:p%ss@mail.example',
    'mailbox:x',
    'http://mail.example',
  ])('refuse the MAIL_URL %s', (mailUrl) => {
    expect(faultsOf({ MAIL_URL: mailUrl })).toEqual([expect.stringMatching(/^MAIL_URL must be/)]);
  });

  it.each([
    'redis',
    'redis://',
    'http://cache.example',
    'redis://c.example/x',
    'redis://c.example?db=1',
    'rediss://u:p%@c.example',
  ])('refuse the REDIS_URL %s', (redisUrl) => {
    expect(faultsOf({ REDIS_URL: redisUrl })).toEqual([expect.stringMatching(/^REDIS_URL must be/)]);
  });

  it('refuse a SECRET_KEY of fewer than 32 bytes, and count bytes (SEC-83)', () => {
    expect(faultsOf({ SECRET_KEY: 'x'.repeat(31) })).toEqual(['SECRET_KEY must have at least 32 bytes']);
    expect(faultsOf({ SECRET_KEY: 'é'.repeat(16) })).toEqual([]);
  });

  it('never show a secret, wherever it stands (SEC-11, SEC-83)', () => {
    const secret = 'hunter2hunter2';
    const unreadable = join(folder, secret);
    const envs: NodeJS.ProcessEnv[] = [
      { SECRET_KEY: secret },
      { SECRET_KEY_FILE: unreadable },
      { SECRET_KEY_FILE: fileWith(secret) },
      { SECRET_KEY: secret, SECRET_KEY_FILE: fileWith(secret) },
      { KEYTURN_SECRET_KEY: secret },
      { DATABASE_URL: `mariadb://root:${secret}@db.example` },
      { MAIL_URL: `smtp://user:${secret}%@mail.example` },
      { PUBLIC_URL: `https://user:${secret}@shop.example` },
      { PUBLIC_URL: `https://:${secret}@shop.example` },
      { ISSUER_URL: `https://${secret}@shop.example` },
      { PUBLIC_URL: `https://shop.example/?key=${secret}` },
      { ...PRODUCTION, SECRET_KEY: `demo-${secret}` },
    ];

    const messages = envs.map((env) => faultsOf(env).join('\n'));

    expect(messages.filter((message) => message === '')).toEqual([]);
    expect(messages.filter((message) => message.includes(secret))).toEqual([]);
  });
});

describe('a _FILE twin', () => {
  it('gives the content of the file without its last line break', () => {
    const config = loadConfig({
      SECRET_KEY_FILE: fileWith(`${KEY}\n`),
      DATABASE_URL_FILE: fileWith('mysql://root@db.example/keyturn\r\n'),
      PORT_FILE: fileWith('8080'),
    });

    expect(config).toMatchObject({ databaseUrl: 'mysql://root@db.example/keyturn', port: 8080 });
    expect(config.secretKey?.toString()).toBe(KEY);
  });

  it('is a fault beside the setting itself', () => {
    expect(faultsOf({ SECRET_KEY: KEY, SECRET_KEY_FILE: fileWith(KEY) })).toEqual([
      'SECRET_KEY and SECRET_KEY_FILE are both set; keep one',
    ]);
  });

  it('is a fault where it cannot be read', () => {
    const envs = { SECRET_KEY_FILE: join(folder, 'absent'), KEYS_DIR_FILE: folder };

    expect(faultsOf(envs)).toEqual([
      'SECRET_KEY_FILE names a file that cannot be read (ENOENT)',
      'KEYS_DIR_FILE names a file that cannot be read (EISDIR)',
    ]);
  });

  it('serves the secrets of the setup file too', () => {
    const { secretNamed } = loadConfig({ ONE: 'first', TWO_FILE: fileWith('second\n') });

    expect([secretNamed('ONE'), secretNamed('TWO'), secretNamed('THREE')]).toEqual(['first', 'second', undefined]);
  });

  it('serves DATABASE_URL, from which the column types follow before all else', () => {
    const before = { ...process.env };
    delete process.env['DATABASE_URL'];
    process.env['DATABASE_URL_FILE'] = fileWith('mysql://root@db.example/keyturn\n');

    jest.isolateModules(() => {
      const { databaseKind, databaseUrl } = jest.requireActual<typeof import('./database-url.js')>('./database-url.js');
      expect([databaseKind, databaseUrl]).toEqual(['mysql', 'mysql://root@db.example/keyturn']);
    });
    process.env = before;
  });
});

describe('production', () => {
  it('starts with https, SMTP and a long key (SEC-83)', () => {
    expect(faultsOf(PRODUCTION)).toEqual([]);
  });

  it('refuses everything that is only fit for a trial, at once (SEC-10, SEC-83)', () => {
    const faults = faultsOf({ NODE_ENV: 'production', HASH_MEMORY_KIB: '64', HASH_TIME_COST: '1' });

    expect(faults).toEqual([
      'SECRET_KEY (or SECRET_KEY_FILE) is required in production',
      'MAIL_URL must name an SMTP server in production; the mailbox shows every mail to everyone',
      'PUBLIC_URL is required in production',
      'HASH_MEMORY_KIB must be at least 19456 in production',
      'HASH_TIME_COST must be at least 2 in production',
    ]);
  });

  it('refuses a key that is short or made for demonstration (SEC-83)', () => {
    expect(faultsOf({ ...PRODUCTION, SECRET_KEY: 'short' })).toEqual(['SECRET_KEY must have at least 32 bytes']);
    expect(faultsOf({ ...PRODUCTION, SECRET_KEY: `demo-${KEY}` })).toEqual(['SECRET_KEY is a demo secret']);
  });

  it('refuses links by http, unless they lead to this very machine (SEC-10)', () => {
    const faultsFor = (url: string): readonly string[] => faultsOf({ ...PRODUCTION, PUBLIC_URL: url });

    expect(faultsFor('http://shop.example')).toEqual([
      'PUBLIC_URL must be https in production, but is http://shop.example',
      'ISSUER_URL must be https in production, but is http://shop.example',
    ]);
    expect(['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000'].flatMap(faultsFor)).toEqual([]);
    expect(faultsFor('http://localhost.shop.example')).toHaveLength(2);
  });
});

it('has every setting in the table of docs/configuration.md, and no other', () => {
  const documentation = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');

  const documented = [...documentation.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);

  expect(documented.sort()).toEqual([...settingNames].sort());
});
