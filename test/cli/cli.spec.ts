import { join } from 'node:path';
import { until } from '../support/until.js';
import { BuiltCommand, jsonOf, type Env, type Server } from './command.js';
import { MailServer } from './mail-server.js';
import { PRODUCTION, SETUP } from './production.js';
import { slowRequest } from './slow-request.js';

jest.setTimeout(120_000);

const TOKEN = 'a-real-admin-token';

const command = new BuiltCommand();
const mails = new MailServer();

beforeAll(() => command.build());

afterAll(async () => {
  await command.clear();
  await mails.stop();
});

describe('keyturn migrate', () => {
  it('goes up, tells where it is, goes down, and says when there is nothing to do', async () => {
    const env = { DATABASE_URL_FILE: command.aFileWith(`${await command.aDatabase()}\n`) };

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
});

describe('keyturn start', () => {
  const json = (body: unknown, headers: Env = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

  it('wants a key, migrations and a store in production; then it serves, and ends without dropping a request (SEC-64, SEC-83)', async () => {
    const env = {
      ...PRODUCTION,
      MAIL_URL: await mails.start(),
      DATABASE_URL: await command.aDatabase(),
      KEYS_DIR: join(command.aFolder(), 'keys'),
      ADMIN_TOKEN: TOKEN,
    };
    const SETUP_FILE = command.aFileWith(JSON.stringify(SETUP));

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

  it('refuses in production what was filled in development (SEC-83)', async () => {
    const DATABASE_URL = await command.aDatabase();
    const env = { ...PRODUCTION, DATABASE_URL, KEYS_DIR: join(command.aFolder(), 'keys'), ADMIN_TOKEN: TOKEN };
    await (await command.start({ PORT: '0', DATABASE_URL })).stop();
    await command.run('keys generate', env);

    const [withSetup, without] = [
      await command.run('start', { ...env, SETUP_FILE: command.aFileWith(JSON.stringify(SETUP)) }),
      await command.run('start', env),
    ];

    expect([withSetup.code, without.code]).toEqual([1, 1]);
    for (const { stderr } of [withSetup, without]) expect(stderr).toMatch(/credentials of the demo setup/);
  });

  it('ends in time although a load balancer wants to keep the connection of the last request', async () => {
    const server = await command.start({ PORT: '0', DATABASE_URL: await command.aDatabase() });

    const ended = await endedWhileBusy(server, 'demo-admin-token', true);

    expect(ended).toEqual({ newRequest: 'refused', oldRequest: 201, code: 0, inTime: true });
  });
});
