import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltCommand, until, type Env, type Outcome, type Server } from './command.js';
import { MailServer } from './mail-server.js';
import { slowRequest } from './slow-request.js';

jest.setTimeout(120_000);

const PRODUCTION = {
  NODE_ENV: 'production',
  PORT: '0',
  PUBLIC_URL: 'https://accounts.shop.example',
  MAIL_URL: 'smtp://127.0.0.1:2525',
  SECRET_KEY: 'a-secret-key-of-more-than-32-bytes-0123456789',
  HASH_CONCURRENCY: '3',
};
const STORE = {
  code: 'default',
  name: 'Shop',
  mailFrom: 'Shop <hello@shop.example>',
  storefrontUrl: 'https://shop.example',
  adobe: {},
};
const SETUP = { realms: [{ code: 'default', stores: [STORE] }], adminTokens: [{ env: 'ADMIN_TOKEN' }] };
const TOKEN = 'a-real-admin-token';

const command = new BuiltCommand();
const mails = new MailServer();

beforeAll(() => command.build());

afterAll(async () => {
  await command.clear();
  await mails.stop();
});

function fileWith(content: string): string {
  const file = join(command.aFolder(), 'content');
  writeFileSync(file, content);
  return file;
}

/** The one document that `--json` prints, on whichever stream. */
const jsonOf = ({ stdout, stderr }: Outcome): unknown => JSON.parse(stdout + stderr) as unknown;

describe('keyturn', () => {
  it('explains itself and its commands', async () => {
    const [all, migrate] = await Promise.all([command.run('--help'), command.run('migrate --help')]);

    expect([all.code, migrate.code]).toEqual([0, 0]);
    for (const name of ['start', 'migrate', 'setup', 'keys']) expect(all.stdout).toContain(`\n  ${name} `);
    for (const name of ['up', 'down', 'status']) expect(migrate.stdout).toContain(`\n  ${name} [options] `);
  });

  it('explains itself as well when it is called wrongly, and exits 1', async () => {
    const outcomes = await Promise.all([command.run('restart'), command.run('setup check')]);

    expect(outcomes).toEqual(
      Array(2).fill({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: [\s\S]*\n\nUsage: keyturn/) }),
    );
  });

  it('takes a wrong setting for a failure, and touches nothing (SEC-83)', async () => {
    const folder = command.aFolder();

    const outcome = await command.run('migrate up --json', { PORT: 'x' }, folder);

    expect(outcome.code).toBe(1);
    expect(jsonOf(outcome)).toEqual({
      error: expect.stringMatching(/^The configuration has a fault:\n- PORT must be/),
      faults: [expect.stringMatching(/^PORT must be/)],
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('keyturn migrate', () => {
  it('goes up, tells where it is, goes down, and says when there is nothing to do', async () => {
    const env = { DATABASE_URL_FILE: fileWith(`${await command.aDatabase()}\n`) };

    const early = await command.run('migrate down', env);
    const { missing: all } = jsonOf(await command.run('migrate status --json', env)) as { missing: string[] };
    const up = await command.run('migrate up', env);
    const down = await command.run('migrate down --json', env);
    const status = await command.run('migrate status --json', env);
    const words = await command.run('migrate status', env);

    expect(early).toEqual({ code: 0, stdout: 'nothing to do\n', stderr: '' });
    expect(all).toContainEqual(expect.stringMatching(/^CreateCustomer\d{13}$/));
    expect(up).toEqual({ code: 0, stdout: all.map((name) => `ran ${name}\n`).join(''), stderr: '' });
    expect(jsonOf(down)).toEqual({ undone: all.slice(-1) });
    expect(jsonOf(status)).toEqual({ ran: all.slice(0, -1), missing: all.slice(-1) });
    expect(words.stdout).toBe(`missing: ${String(all.at(-1))}\n`);
  });

  it('exits 1 when the database does not answer', async () => {
    const outcome = await command.run('migrate status --json', { DATABASE_URL: 'mysql://root@127.0.0.1:1/nowhere' });

    expect([outcome.code, jsonOf(outcome)]).toEqual([1, { error: expect.stringMatching(/ECONNREFUSED/) }]);
  });
});

describe('keyturn keys', () => {
  it('makes keys and lists them, oldest first', async () => {
    const env = { ...PRODUCTION, KEYS_DIR: join(command.aFolder(), 'keys') };

    const first = jsonOf(await command.run('keys generate --json', env));
    await until(() => new Date().getMilliseconds() > 900); // names tell seconds apart
    const rotated = await command.run('keys rotate', env);
    const listed = jsonOf(await command.run('keys list --json', env)) as { keys: { file: string; kid: string }[] };

    expect(first).toEqual({ kid: expect.stringMatching(/^[\w-]{43}$/), file: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{8}\.pem$/) }); // prettier-ignore
    expect(listed.keys).toHaveLength(2);
    expect(listed.keys[0]).toEqual(first);
    expect(rotated.stdout).toBe(`made ${listed.keys[1]?.file} (kid ${listed.keys[1]?.kid}); it signs after 10 minutes, a lone key at once\n`); // prettier-ignore
    expect(readdirSync(env.KEYS_DIR)).toEqual(listed.keys.map(({ file }) => file));
  });
});

describe('keyturn setup', () => {
  it('finds a good file good', async () => {
    const yaml = 'realms:\n  - code: a\n    stores:\n      - { code: b, name: B, mailFrom: b@b.example }\n';

    const outcome = await command.run(`setup check ${fileWith(yaml)}`, PRODUCTION);

    expect(outcome).toEqual({ code: 0, stdout: 'the setup is good\na/b\n', stderr: '' });
  });

  it('tells every fault of a bad one, shows no secret, and exits 1 (SEC-83)', async () => {
    const bad = { ...SETUP, adminTokens: ['short7'], realms: [{ code: 'A', stores: [{ ...STORE, x: 1 }] }] };
    const demo = { ...SETUP, adminTokens: ['demo-hunter2'] };

    const [form, unsafe, absent] = await Promise.all([
      command.run(`setup check ${fileWith(JSON.stringify(bad))} --json`),
      command.run(`setup check ${fileWith(JSON.stringify(demo))}`, PRODUCTION),
      command.run('setup check no-such-file'),
    ]);

    const faults = [
      'realms.0.code: must be lower-case letters, digits, - and _',
      'realms.0.stores.0: Unrecognized key: "x"',
      'adminTokens.0: Too small: expected string to have >=8 characters',
    ];
    expect(jsonOf(form)).toEqual({ error: `The setup has 3 faults:\n- ${faults.join('\n- ')}`, faults });
    expect(unsafe.stderr).toBe(
      'The setup has a fault:\n- adminTokens.0: a secret that begins with demo- is refused in production\n',
    );
    expect([form.code, unsafe.code, absent.code]).toEqual([1, 1, 1]);
    expect(absent.stderr).toContain('no-such-file');
  });
});

describe('keyturn start', () => {
  const json = (body: unknown, headers: Env = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

  it('is refused in production with all faults in one message, before anything is made (SEC-83)', async () => {
    const folder = command.aFolder();
    const env = { NODE_ENV: 'production', PUBLIC_URL: 'http://shop.example', HASH_MEMORY_KIB: '64', KEYTURN_PORT: '1' };

    const { code, stdout, stderr } = await command.run('start', env, folder);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n- ')).toEqual([
      'The configuration has 6 faults:',
      'KEYTURN_PORT is not a setting; names have no prefix: PORT',
      'SECRET_KEY (or SECRET_KEY_FILE) is required in production',
      'MAIL_URL must name an SMTP server in production; the mailbox shows every mail to everyone',
      'PUBLIC_URL must be https in production, but is http://shop.example',
      'ISSUER_URL must be https in production, but is http://shop.example',
      'HASH_MEMORY_KIB must be at least 19456 in production',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('wants a key, migrations and a store in production; then it serves, and ends without dropping a request (SEC-64, SEC-83)', async () => {
    const env = {
      ...PRODUCTION,
      MAIL_URL: await mails.start(),
      DATABASE_URL: await command.aDatabase(),
      KEYS_DIR: join(command.aFolder(), 'keys'),
      ADMIN_TOKEN: TOKEN,
    };
    const SETUP_FILE = fileWith(JSON.stringify(SETUP));

    const noKey = await command.run('start', { ...env, SETUP_FILE });
    await command.run('keys generate', env);
    const noTables = await command.run(`setup apply ${SETUP_FILE}`, env);
    await command.run('migrate up', env);
    const noStore = await command.run('start', env);
    const applied = await command.run(`setup apply ${SETUP_FILE}`, env);
    const server = await command.start({ ...env, SETUP_FILE });
    const served = await used(server);
    const ended = await endedWhileBusy(server, TOKEN, false);

    expect([noKey.code, noTables.code, noStore.code]).toEqual([1, 1, 1]);
    expect(noKey.stderr).toContain('KEYS_DIR holds no key: run "keyturn keys generate"');
    expect(noTables.stderr).toContain('the database is not up to date: run "keyturn migrate up"');
    expect(noStore.stderr).toContain('the database has no store yet: name a SETUP_FILE');
    expect(applied).toEqual({ code: 0, stdout: 'applied\n', stderr: '' });
    expect(served).toEqual({ ready: 200, mailbox: 404, mailboxJson: 404, introspection: 'refused', mail: 'arrived' });
    expect(ended).toEqual({ newRequest: 'refused', oldRequest: 201, code: 0, inTime: true });
    const log = server.log();
    expect(log.filter((entry) => 'text' in entry || Number(entry['level']) >= 40)).toEqual([]); // the thread pool fits, too
    expect(JSON.stringify(log)).not.toMatch(new RegExp(`${TOKEN}|${PRODUCTION.SECRET_KEY}|a long password`));
  });

  /** What a production server answers, and whether a mail goes out. */
  async function used({ url }: Server): Promise<object> {
    const status = async (path: string): Promise<number> => (await fetch(url + path)).status;
    const introspection = await (await fetch(`${url}/graphql`, json({ query: '{__schema{queryType{name}}}' }))).text();
    const ann = { email: 'ann@example.com', state: 'enabled' };
    await fetch(`${url}/admin/v1/customers`, json(ann, { authorization: `Bearer ${TOKEN}` }));
    await fetch(`${url}/graphql`, json({ query: `mutation{requestPasswordResetEmail(email:"${ann.email}")}` }));
    await until(() => mails.texts.length > 0);
    const hasLink = /^https:\/\/shop\.example\/customer\/account\/createPassword\/\?token=\w{32}\r?$/m.test(
      mails.texts[0] ?? '',
    );
    return {
      ready: await status('/health/ready'),
      mailbox: await status('/dev/mailbox'),
      mailboxJson: await status('/dev/mailbox.json'),
      introspection: introspection.includes('introspection has been disabled') ? 'refused' : introspection,
      mail: hasLink ? 'arrived' : mails.texts,
    };
  }

  /** What happens to requests, old and new, when the server is told to end. */
  async function endedWhileBusy(server: Server, token: string, keepAlive: boolean): Promise<object> {
    const person = { email: 'slow@example.com', password: 'a long password', state: 'enabled' };
    const slow = await slowRequest({ url: `${server.url}/admin/v1/customers`, token, keepAlive }, person);
    const stopping = server.stop('SIGTERM');
    const isRefused = (): Promise<boolean> => fetch(`${server.url}/health/live`).then(({ ok }) => !ok, () => true); // prettier-ignore
    await until(isRefused);
    const newRequest = (await isRefused()) ? 'refused' : 'answered';
    const oldRequest = await slow.finish();
    const patience = setTimeout(() => slow.close(), 5000);
    const { code, ms } = await stopping;
    clearTimeout(patience);
    return { newRequest, oldRequest, code, inTime: ms < 5000 };
  }

  it('needs nothing on a fresh machine, and says how to try it', async () => {
    const folder = command.aFolder();

    const server = await command.start({ PORT: '0' }, folder);
    const mailbox = await fetch(`${server.url}/dev/mailbox.json`);
    const { code } = await server.stop('SIGINT');

    const said = server.log().map(({ msg }) => String(msg));
    expect([mailbox.status, await mailbox.json(), code]).toEqual([200, [], 0]);
    expect(readdirSync(join(folder, 'data'))).toEqual(expect.arrayContaining(['keys', 'keyturn.db', 'secret.key']));
    expect(said).toContain('demo customer: roni_cost@example.com with password roni_cost3@example.com');
    expect(said.filter((line) => line.includes('UV_THREADPOOL_SIZE'))).toEqual([]);
  });

  it('ends in time although a load balancer wants to keep the connection of the last request', async () => {
    const server = await command.start({ PORT: '0', DATABASE_URL: await command.aDatabase() });

    const ended = await endedWhileBusy(server, 'demo-admin-token', true);

    expect(ended).toEqual({ newRequest: 'refused', oldRequest: 201, code: 0, inTime: true });
  });
});
