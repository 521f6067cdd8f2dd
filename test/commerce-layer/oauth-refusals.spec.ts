import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { basic, CHANNEL, CommerceLayerClient, INTEGRATION, passwordGrant, refused } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const unknownClient = refused(
  401,
  'invalid_client',
  'UNAUTHORIZED',
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
);

it('gives one answer for every client that is not known', async () => {
  const answers = [
    await cl.oauth({ ...INTEGRATION, client_secret: 'wrong' }),
    await cl.oauth({ ...INTEGRATION, client_secret: undefined }),
    await cl.oauth({ ...INTEGRATION, client_id: 'unknown' }),
    await cl.oauth({ ...INTEGRATION, client_id: 'demo-sales-channel' }),
    await cl.oauth({ ...CHANNEL, client_id: undefined }),
    await cl.oauth({ ...CHANNEL, client_id: 'Demo-Sales-Channel' }),
    await cl.oauth({ ...CHANNEL, client_id: 'demo-sales-channel ' }),
    await cl.oauth({ ...CHANNEL, client_secret: 'demo-sales-channel' }),
    await cl.oauth({ ...CHANNEL, client_secret: 'demo-storefront-token' }),
    await cl.oauth({
      grant_type: 'client_credentials',
      client_id: 'demo-cg-access',
      client_secret: 'demo-cg-secret',
    }),
    await cl.oauth({ ...CHANNEL, client_id: 'a\u0000b' }),
    await cl.oauth({ grant_type: 'client_credentials' }, { authorization: 'Basic ====' }),
    await cl.oauth({ grant_type: 'client_credentials' }, basic('%E0%A4%A', 'x')),
  ];

  for (const { status, body } of answers) expect([status, body]).toEqual([401, unknownClient]);
  expect(answers[0]?.headers['www-authenticate']).toMatch(/^Basic/);
});

it('gives one answer for whatever is wrong with name and password (SEC-75)', async () => {
  const ann = await app.aCustomer();
  const guest = await app.aCustomer({ password: null });
  const disabled = await app.aCustomer({ state: 'disabled' });
  const unconfirmed = await app.aCustomer({ emailConfirmed: false });
  const locked = await app.aCustomer();
  for (let i = 0; i < 10; i += 1) await cl.oauth(passwordGrant(locked.email, { password: 'wrong password' }));

  const answers = [
    await cl.oauth(passwordGrant(ann.email, { password: 'wrong password' })),
    await cl.oauth(passwordGrant('nobody@example.com')),
    await cl.oauth(passwordGrant('no-address')),
    await cl.oauth(passwordGrant(guest.email)),
    await cl.oauth(passwordGrant(disabled.email)),
    await cl.oauth(passwordGrant(unconfirmed.email)),
    await cl.oauth(passwordGrant(locked.email)),
  ];

  const [first] = answers;
  expect([first?.status, first?.body]).toEqual([400, refused(400, 'invalid_grant')]);
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
});

it.each([
  [{ client_id: 'demo-sales-channel' }, refused(400, 'invalid_request')],
  [{ ...CHANNEL, grant_type: '' }, refused(400, 'invalid_request')],
  [{ ...CHANNEL, grant_type: 'refresh_token', refresh_token: 'x' }, refused(400, 'invalid_grant')],
  [{ ...CHANNEL, grant_type: 'authorization_code', code: 'x' }, refused(400, 'unsupported_grant_type')],
  [
    { ...CHANNEL, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
    refused(401, 'invalid_client', 'UNAUTHORIZED'),
  ],
  [{ ...CHANNEL, grant_type: '__proto__' }, refused(400, 'unsupported_grant_type')],
  [{ ...CHANNEL, grant_type: 'password' }, refused(400, 'invalid_request')],
  [{ ...CHANNEL, grant_type: 'password', username: 'a@b.example', password: '' }, refused(400, 'invalid_request')],
  [
    { ...INTEGRATION, grant_type: 'password', username: 'a@b.example', password: PASSWORD },
    refused(403, 'unauthorized_client', 'FORBIDDEN'),
  ],
])("refuses %j is in the vendor's form", async (parameters, expected) => {
  const { status, body, headers } = await cl.oauth(parameters);

  expect(body).toEqual(expected);
  expect(status).toBe(body.errors[0].status);
  expect(headers['cache-control']).toBe('no-store');
});

it.each([
  ['everything'],
  ['market'],
  ['market:'],
  ['market:id:'],
  ['market:all '],
  [' market:all'],
  ['market:all  market:all'],
  ['shop:id:x'],
  ['store:12'],
  ['market:name:x'],
  ['market:id:a"b'],
  ['market:id:é'],
  ['market:id:a\nb'],
  [`market:id:${'x'.repeat(256)}`],
  [Array.from({ length: 200 }, () => 'market:id:x').join(' ')],
])('refuses a scope outside of the grammar: %j', async (scope) => {
  const { status, body } = await cl.oauth({ ...CHANNEL, scope });

  expect([status, body]).toEqual([400, refused(400, 'invalid_scope')]);
});

it('refuses parameters that are no text, or come twice, credentials too (SEC-1, SEC-55)', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answers: Answer[] = [];
  for (const value of [7, true, null, ['demo-sales-channel'], { a: 1 }]) {
    for (const name of ['grant_type', 'client_id', 'client_secret', 'scope', 'username', 'password']) {
      answers.push(await cl.oauth({ ...CHANNEL, [name]: value }));
    }
  }
  answers.push(
    await cl.oauth('grant_type=client_credentials&client_id=demo-sales-channel&client_id=demo-sales-channel', form),
  );
  answers.push(await cl.oauth(INTEGRATION, basic('demo-integration', 'demo-integration-secret')));
  answers.push(await cl.oauth(CHANNEL, basic('demo-integration', 'demo-integration-secret')));
  for (const body of [[], 'null', '7', '"text"']) {
    answers.push(await cl.oauth(body, { 'content-type': 'application/json' }));
  }

  for (const { status, body } of answers) expect([status, body]).toEqual([400, refused(400, 'invalid_request')]);
});

it('refuses a body that cannot be read, still in the form that clients look for', async () => {
  const malformed = await cl.oauth('{"grant_type":', { 'content-type': 'application/json' });
  const empty = await cl.oauth('', { 'content-type': 'application/json' });
  const plain = await cl.oauth('grant_type=password', { 'content-type': 'text/plain' });
  const large = await cl.oauth({ ...CHANNEL, other: 'x'.repeat(110_000) });
  const get = await app.request({ url: '/oauth/token' });

  expect([malformed.status, malformed.body]).toEqual([400, refused(400, 'invalid_request')]);
  expect([empty.status, empty.body]).toEqual([400, refused(400, 'invalid_request')]);
  expect([plain.status, plain.body.errors[0].status]).toEqual([415, 415]);
  expect([large.status, large.body.errors[0].status]).toEqual([413, 413]);
  expect([get.status, get.body.error]).toEqual([404, 'invalid_request']);
});

it('refuses the thirty-first request a minute from a network', async () => {
  const from = cl.newNetwork();
  const ask = (): Promise<Answer> => cl.oauth(CHANNEL, {}, from);

  for (let i = 0; i < 30; i += 1) expect((await ask()).status).toBe(200);
  const { status, body, headers } = await ask();
  app.clock.advance(60);

  expect([status, body]).toEqual([429, refused(429, 'too_many_requests', 'TOO_MANY_REQUESTS')]);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask()).status).toBe(200);
});
