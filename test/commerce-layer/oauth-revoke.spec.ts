import { TestApp, type Answer } from '../support/test-app.js';
import {
  basic,
  CHANNEL,
  claimsOf,
  CommerceLayerClient,
  INTEGRATION,
  otherStore,
  passwordGrant,
  refused,
} from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const PUBLIC = { client_id: 'demo-sales-channel' };
const MACHINE = { client_id: INTEGRATION.client_id, client_secret: INTEGRATION.client_secret };
const OTHER = { client_id: 'other-channel', client_secret: 'other-channel-secret' };

const revoke = (body: unknown, headers: Record<string, string> = {}, from = cl.newNetwork()): Promise<Answer> =>
  app.request({ method: 'POST', url: '/oauth/revoke', body, headers, from });
const refresh = (token: string): Promise<Answer> =>
  cl.oauth({ ...CHANNEL, grant_type: 'refresh_token', refresh_token: token });
const codeFor = async (access: string): Promise<unknown> =>
  (await cl.retrieve(access, 'xYZkjABcde')).body.errors[0].code;
const aSignIn = async (): Promise<{ access_token: string; refresh_token: string }> => {
  const { email } = await app.aCustomer();
  return (await cl.oauth(passwordGrant(email))).body as { access_token: string; refresh_token: string };
};
const mayNot = [403, refused(403, 'unauthorized_client', 'FORBIDDEN', 'You are not authorized to revoke this token')];

it("ends a customer's access token and its refresh token at once, without a secret", async () => {
  const { access_token: token, refresh_token: again } = await aSignIn();

  const { status, body, headers } = await revoke({ ...PUBLIC, token });

  expect([status, body, headers['cache-control']]).toEqual([200, {}, 'no-store']);
  expect(headers['content-type']).toMatch(/^application\/json/);
  expect(await codeFor(token)).toBe('INVALID_TOKEN');
  expect((await refresh(again)).status).toBe(400);
});

it('ends the access token with the refresh token, and those of the refreshes between', async () => {
  const first = await aSignIn();
  const { body: second } = await refresh(first.refresh_token);

  const { status } = await revoke({ ...PUBLIC, token: second.refresh_token });

  expect(status).toBe(200);
  expect([await codeFor(first.access_token), await codeFor(second.access_token)]).toEqual([
    'INVALID_TOKEN',
    'INVALID_TOKEN',
  ]);
});

it('ends the refresh token of an access token that has expired', async () => {
  const { access_token: token, refresh_token: again } = await aSignIn();
  app.clock.advance(5 * 3600);

  expect((await revoke({ ...PUBLIC, token })).status).toBe(200);
  expect((await refresh(again)).status).toBe(400);
});

it('leaves the other sessions of the customer alone', async () => {
  const { email } = await app.aCustomer();
  const [one, other] = [await cl.oauth(passwordGrant(email)), await cl.oauth(passwordGrant(email))];

  await revoke({ ...PUBLIC, token: one.body.access_token });

  expect(await codeFor(other.body.access_token)).toBe('UNAUTHORIZED');
});

it("ends an application's own token with its secret, from a form and HTTP Basic too", async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answers: number[] = [];
  for (const send of [
    (token: string) => revoke({ ...MACHINE, token }),
    (token: string) => revoke(new URLSearchParams({ ...MACHINE, token }).toString(), form),
    (token: string) => revoke({ token }, basic(MACHINE.client_id, MACHINE.client_secret)),
  ]) {
    const token = await cl.integration();
    answers.push((await send(token)).status);
    expect(await codeFor(token)).toBe('INVALID_TOKEN');
  }
  const guest = await cl.token({ ...OTHER, grant_type: 'client_credentials' });
  answers.push((await revoke({ ...OTHER, token: guest })).status);

  expect(answers).toEqual([200, 200, 200, 200]);
  expect(await codeFor(guest)).toBe('INVALID_TOKEN');
});

it('refuses an application that says twice who it is, and ends nothing (SEC-55)', async () => {
  const token = await cl.integration();
  const credentials = basic(MACHINE.client_id, MACHINE.client_secret);

  const answers = [await revoke({ ...MACHINE, token }, credentials), await revoke({ ...OTHER, token }, credentials)];

  for (const { status, body } of answers) expect([status, body]).toEqual([400, refused(400, 'invalid_request')]);
  expect(await codeFor(token)).toBe('RECORD_NOT_FOUND');
});

it('is done as often as one likes, and for tokens that never were (SEC-54)', async () => {
  const { access_token: token } = await aSignIn();
  const [header, payload] = token.split('.');

  for (const one of [token, token, 'x', 'a.b.c', `${header}.${payload}.AAAA`, 'x'.repeat(8192)]) {
    const { status, body } = await revoke({ ...PUBLIC, token: one });
    expect([status, body]).toEqual([200, {}]);
  }
});

it('does not believe what a token says without our signature (SEC-49)', async () => {
  const { access_token: token } = await aSignIn();
  const [header = '', payload = '', signature = ''] = token.split('.');
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');

  for (const forged of [
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
  ]) {
    await revoke({ ...PUBLIC, token: forged });
  }

  expect(claimsOf(token)).toHaveProperty('jti');
  expect(await codeFor(token)).toBe('UNAUTHORIZED');
});

it('has one refusal for an application that is not known, or whose token it is not (SEC-54)', async () => {
  const { access_token: owned, refresh_token: again } = await aSignIn();
  const guest = await cl.channel();
  const machine = await cl.integration();

  const answers = [
    await revoke({ token: owned }),
    await revoke({ client_id: 'unknown', token: owned }),
    await revoke({ ...PUBLIC, client_secret: 'wrong', token: owned }),
    await revoke({ ...MACHINE, client_secret: 'wrong', token: machine }),
    await revoke({ client_id: MACHINE.client_id, token: machine }),
    await revoke({ ...PUBLIC, token: guest }),
    await revoke({ ...PUBLIC, token: machine }),
    await revoke({ ...MACHINE, token: owned }),
    await revoke({ ...OTHER, token: owned }),
    await revoke({ ...OTHER, token: again }),
  ];

  for (const { status, body } of answers) expect([status, body]).toEqual(mayNot);
  expect([await codeFor(owned), await codeFor(guest)]).toEqual(['UNAUTHORIZED', 'UNAUTHORIZED']);
  expect((await cl.retrieve(machine, 'xYZkjABcde')).status).toBe(404);
  expect((await refresh(again)).status).toBe(200);
});

it('refuses what is no token, or comes twice (SEC-1, SEC-3, SEC-5)', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  for (const token of [undefined, '', 7, true, null, ['x'], { a: 1 }, 'x'.repeat(8193)]) {
    const { status, body } = await revoke({ ...PUBLIC, token });
    expect([status, body]).toEqual([400, refused(400, 'invalid_request')]);
  }
  const twice = await revoke('client_id=demo-sales-channel&token=a&token=b', form);
  const plain = await revoke('token=a', { 'content-type': 'text/plain' });
  const query = await app.request({ method: 'POST', url: '/oauth/revoke?client_id=demo-sales-channel&token=a' });

  expect([twice.status, plain.status]).toEqual([400, 415]);
  expect(query.status).toBeGreaterThanOrEqual(400); // no secret is read from a URL (SEC-11)
});

it('counts with the token requests of a network', async () => {
  const from = cl.newNetwork();
  for (let i = 0; i < 30; i += 1) await cl.oauth({}, {}, from);

  const { status, body } = await revoke({ ...PUBLIC, token: 'x' }, {}, from);

  expect([status, body]).toEqual([429, refused(429, 'too_many_requests', 'TOO_MANY_REQUESTS')]);
});

it("answers on every host name, but no application at another organization's (contract 1)", async () => {
  const { access_token: token } = await aSignIn();
  const statuses = async (host: string): Promise<number[]> => [
    (await cl.oauth(CHANNEL, { host })).status,
    (await revoke({ ...PUBLIC, token: 'x' }, { host })).status,
    (await app.request({ url: '/.well-known/jwks.json', headers: { host } })).status,
  ];

  expect(await statuses('auth.id.example:8443')).toEqual([200, 200, 200]);
  expect(await statuses('demo.id.example')).toEqual([200, 200, 200]);
  expect(await statuses('OTHER.id.example')).toEqual([401, 403, 200]);
  expect((await revoke({ ...PUBLIC, token }, { host: 'other.id.example' })).status).toBe(403);
  expect(await codeFor(token)).toBe('UNAUTHORIZED');
});

it('sets no cookie (SEC-56)', async () => {
  const answers = [await cl.oauth(CHANNEL), await revoke({ ...PUBLIC, token: 'x' }), await cl.oauth({})];

  for (const { headers } of answers) expect(headers).not.toHaveProperty('set-cookie');
});
