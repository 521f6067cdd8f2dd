import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.js';
import { BuiltCommand, jsonOf } from './command.js';
import { PRODUCTION, SETUP, STORE } from './production.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

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

    const outcome = await command.run(`setup check ${command.aFileWith(yaml)}`, PRODUCTION);

    expect(outcome).toEqual({ code: 0, stdout: 'the setup is good\na/b\n', stderr: '' });
  });

  it('tells every fault of a bad one, shows no secret, and exits 1 (SEC-83)', async () => {
    const bad = { ...SETUP, adminTokens: ['short7'], realms: [{ code: 'A', stores: [{ ...STORE, x: 1 }] }] };
    const demo = { ...SETUP, adminTokens: ['demo-hunter2-and-more'] };

    const [form, unsafe, absent] = await Promise.all([
      command.run(`setup check ${command.aFileWith(JSON.stringify(bad))} --json`),
      command.run(`setup check ${command.aFileWith(JSON.stringify(demo))}`, PRODUCTION),
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

  it('tells the faults of a setup before anything is made (SEC-83)', async () => {
    const folder = command.aFolder();

    const outcome = await command.run('start', { SETUP_FILE: command.aFileWith('realms: 5') }, folder);

    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The setup has a fault:\n- realms: /) });
    expect(readdirSync(folder)).toEqual([]);
  });

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
});
