import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MetricsService } from '../../src/metrics/metrics.service.js';
import { Argon2Hasher, PasswordHasher } from '#lib/password-hash';
import { MailWorker } from '../../src/mail/index.js';
import { WebhookScene } from '../commerce-layer/webhook-receiver.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { numbersIn } from './numbers.js';

const TOKEN = 'a-token-for-the-metrics';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn({ METRICS_TOKEN: TOKEN });
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const read = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }): Promise<Answer> =>
  app.request({ url: '/metrics', headers });

/** By how much each number has grown while something was done. */
async function grown(deed: () => Promise<unknown>): Promise<(name: string) => number> {
  const before = numbersIn((await read()).text);
  await deed();
  const after = numbersIn((await read()).text);
  return (name) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
}

const signIn = (email: string, password: string): Promise<Answer> => app.adobe(SIGN_IN, { e: email, p: password });

it.each([
  ['nothing', {}],
  ['another token', { authorization: 'Bearer another-token-of-length' }],
  ['the token of an administrator', { authorization: 'Bearer demo-admin-token' }],
])('tells nothing to who sends %s', async (_, headers) => {
  const { status, headers: answered, text } = await read(headers);

  expect([status, answered['www-authenticate']]).toEqual([401, 'Bearer']);
  expect(text).not.toContain('keyturn_');
});

it.each(['token', 'access_token', 'authorization', 'METRICS_TOKEN'])(
  'takes no token in the address, where logs would keep it: ?%s=',
  async (name) => {
    const { status, text } = await app.request({ url: `/metrics?${name}=${encodeURIComponent(TOKEN)}` });

    expect([status, text.includes('keyturn_')]).toEqual([401, false]);
  },
);

it.each([`bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, `Bearer ${TOKEN} `.repeat(2), `Basic ${TOKEN}`, TOKEN])(
  'tells nothing for what only looks like the token: %j',
  async (authorization) => {
    expect((await read({ authorization })).status).toBe(401);
  },
);

it('answers in the text format of Prometheus', async () => {
  const { status, headers, text } = await read();

  expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="[^"]*"(?:,\w+="[^"]*")*\})? -?[\d.e+-]+)$/);
  }
});

it('is described completely in docs/reliability.md', () => {
  const documentation = readFileSync(join(__dirname, '../../docs/reliability.md'), 'utf8');
  const described = [...documentation.matchAll(/^\| `((?:keyturn|process|nodejs)_\w+)(?:\{[^`]*\})?` \|/gm)];

  expect(described.map(([, name]) => name).sort()).toEqual([...app.get(MetricsService).names].sort());
});

it('counts requests by dialect, operation and outcome, in words of our own', async () => {
  const ann = await app.aCustomer();
  const hostile = 'mutation Evil"name{generateCustomerToken(email:"a@b.example",password:"12345678"){token}}';

  const by = await grown(async () => {
    await signIn(ann.email, ann.password);
    await signIn(ann.email, 'a wrong password');
    await app.adobe(hostile);
    await app.request({ url: '/no/such/path"{}' });
    await app.request({ url: `/admin/v1/customers/${ann.number}` });
  });

  const count = (labels: string): number => by(`keyturn_requests_total{${labels}}`);
  expect(count('dialect="adobe",operation="generateCustomerToken",outcome="ok"')).toBe(1);
  expect(count('dialect="adobe",operation="generateCustomerToken",outcome="refused"')).toBe(1);
  expect(count('dialect="adobe",operation="none",outcome="ok"')).toBe(1);
  expect(count('dialect="other",operation="unknown",outcome="refused"')).toBe(1);
  expect(count('dialect="admin",operation="GET /admin/v1/customers/:number",outcome="refused"')).toBe(1);
  expect(by('keyturn_request_duration_seconds_count{dialect="adobe"}')).toBe(3);
  expect((await read()).text).not.toMatch(/Evil|no\/such|example/);
});

it('counts what attacks leave behind: failures, locks, suppressed mails and limits (SEC-86)', async () => {
  const ann = await app.aCustomer();
  const ask = (): Promise<Answer> =>
    app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  await app.setUp({ policy: { lockout: { attempts: 3 }, limits: { resetSpacing: { max: 1, seconds: 100 } } } });

  const by = await grown(async () => {
    await signIn(ann.email, ann.password);
    for (let time = 0; time < 4; time += 1) await signIn(ann.email, 'a wrong password');
    await ask();
    await ask();
  });
  await app.setUp({});

  expect(by('keyturn_sign_ins_total{result="ok"}')).toBe(1);
  expect(by('keyturn_sign_ins_total{result="failed"}')).toBe(2);
  expect(by('keyturn_sign_ins_total{result="locked"}')).toBe(2);
  expect(by('keyturn_lockouts_total')).toBe(2);
  expect(by('keyturn_resets_total{step="requested"}')).toBe(1);
  expect(by('keyturn_resets_total{step="suppressed"}')).toBe(1);
  expect(by('keyturn_mail_suppressed_total{kind="reset"}')).toBe(1);
  expect(by('keyturn_throttled_total{limit="resetSpacing"}')).toBe(1);
});

it('tells how many mails wait and for how long, and counts those that went out', async () => {
  const ann = await app.aCustomer();
  await app.get(MailWorker).idle();
  await app.get(MailWorker).beforeApplicationShutdown();

  const queued = await grown(() => app.admin('POST', `/customers/${ann.number}/password-reset`));
  app.clock.advance(90);
  const age = numbersIn((await read()).text).get('keyturn_mail_oldest_seconds');
  const sent = await grown(async () => {
    app.get(MailWorker).onApplicationBootstrap();
    await app.get(MailWorker).idle();
  });

  expect([queued('keyturn_mail_queued'), age]).toEqual([1, 90]);
  expect([sent('keyturn_mail_queued'), sent('keyturn_mail_sent_total')]).toEqual([-1, 1]);
});

it('tells how many calls of webhooks wait and for how long while their receiver is down, and counts them', async () => {
  const scene = await WebhookScene.of(app);
  const { webhooks, receiver } = scene;
  await webhooks.add('customers.create');
  receiver.answers(503);
  const numbers = async (): Promise<unknown[]> => {
    const at = numbersIn((await read()).text);
    return ['queued', 'oldest_seconds'].map((name) => at.get(`keyturn_webhook_${name}`));
  };

  const down = await grown(async () => {
    for (const name of ['a', 'b', 'c']) await scene.post('customers', { email: `${name}@webhook.example` });
    await webhooks.settled();
  });
  app.clock.advance(5);
  const waiting = await numbers();
  receiver.answers(200);
  const mended = await grown(async () => {
    app.clock.advance(60);
    await webhooks.settled();
  });
  const after = await numbers();
  await receiver.stop();
  await app.setUp({});

  const calls = (by: typeof down): number[] =>
    ['ok', 'failed'].map((result) => by(`keyturn_webhook_calls_total{result="${result}"}`));
  expect(calls(down)).toEqual([0, 3]);
  expect(waiting).toEqual([3, 5]);
  expect(calls(mended)).toEqual([3, 0]);
  expect(after).toEqual([0, 0]);
});

it('shows a queue of hashes, and who was refused because it was full', async () => {
  const ann = await app.aCustomer();
  jest.spyOn(Argon2Hasher.prototype, 'isFull', 'get').mockReturnValue(true);
  jest.spyOn(app.get(PasswordHasher), 'load', 'get').mockReturnValue({ running: 2, waiting: 100 });

  const by = await grown(() => signIn(ann.email, ann.password));
  const numbers = numbersIn((await read()).text);

  expect([numbers.get('keyturn_hash_queue_running'), numbers.get('keyturn_hash_queue_waiting')]).toEqual([2, 100]);
  expect(by('keyturn_hash_refused_total')).toBe(1);
  const labels = 'dialect="adobe",operation="generateCustomerToken",outcome="unavailable"';
  expect(by(`keyturn_requests_total{${labels}}`)).toBe(1);
});

it('names the request in every line that it has caused, and no other', async () => {
  const ann = await app.aCustomer();
  app.logged.length = 0;

  const answers = await Promise.all([signIn(ann.email, ann.password), signIn(ann.email, 'a wrong password')]);
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  await app.get(MailWorker).idle();

  const lines = app.logged.map((line): Record<string, unknown> => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter(({ requestId }) => typeof requestId !== 'string')).toEqual([]);
  for (const { headers } of answers) {
    const own = lines.filter(({ requestId }) => requestId === headers['x-request-id']);
    expect(own.map(({ event, msg }) => event ?? msg).length).toBe(2);
  }
});
