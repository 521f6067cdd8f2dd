import { TestApp, type Answer } from '../support/test-app.js';
import { CHANNEL, claimsOf, CommerceLayerClient, INTEGRATION, otherStore, passwordGrant, refused } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

const DAY = 24 * 3600;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

interface Pair {
  readonly access: string;
  readonly refresh: string;
}

const pairOf = ({ body, text }: Answer): Pair => {
  if (typeof body.refresh_token !== 'string') throw new Error(`no refresh token: ${text}`);
  return { access: body.access_token, refresh: body.refresh_token };
};
const signIn = async (email: string, more: object = {}): Promise<Pair> =>
  pairOf(await cl.oauth(passwordGrant(email, more)));
const refresh = (token: string, more: object = {}): Promise<Answer> =>
  cl.oauth({ ...CHANNEL, grant_type: 'refresh_token', refresh_token: token, ...more });
const invalidGrant = [400, refused(400, 'invalid_grant')];
/** An owned token that is alive is denied by the permission, not by the token. */
const isAlive = async (access: string): Promise<boolean> => {
  const { body } = await cl.retrieve(access, 'xYZkjABcde');
  return body.errors[0].code === 'UNAUTHORIZED';
};

it('trades a refresh token for new tokens of the same customer and scope', async () => {
  const { email } = await app.aCustomer();
  const first = await cl.oauth(passwordGrant(email, { scope: 'market:id:a market:id:b' }));
  app.clock.advance(5 * 3600);

  const { status, body, headers } = await refresh(pairOf(first).refresh);

  expect(status).toBe(200);
  expect(body).toEqual({
    ...{ access_token: expect.any(String), token_type: 'bearer', expires_in: 14400, scope: 'market:id:a market:id:b' },
    ...{ created_at: Math.floor(app.clock.now().getTime() / 1000), refresh_token: expect.any(String) },
    ...{ owner_id: first.body.owner_id, owner_type: 'customer' },
  });
  expect(headers['cache-control']).toBe('no-store');
  expect(claimsOf(body.access_token)).toMatchObject({ owner: { id: first.body.owner_id } });
  expect(body.refresh_token).not.toBe(first.body.refresh_token);
  expect(await isAlive(body.access_token)).toBe(true);
});

it('looks like a JWT that names its issuer, and says what it is', async () => {
  const { email } = await app.aCustomer();

  const claims = claimsOf((await signIn(email)).refresh);

  expect(claims).toMatchObject({ iss: claims['iss'], typ: 'refresh', aud: 'commerce-layer-refresh:default' });
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(14 * DAY);
});

it('never passes as an access token, nor the reverse (SEC-49)', async () => {
  const { email } = await app.aCustomer();
  const pair = await signIn(email);

  const asAccess = await cl.retrieve(pair.refresh, 'xYZkjABcde');
  const asRefresh = await refresh(pair.access);

  expect([asAccess.status, asAccess.body.errors[0].code]).toEqual([401, 'INVALID_TOKEN']);
  expect([asRefresh.status, asRefresh.body]).toEqual(invalidGrant);
  expect((await refresh(pair.refresh)).status).toBe(200);
});

it('lives for fourteen days, each one of its own', async () => {
  const { email } = await app.aCustomer();
  const first = await signIn(email);
  app.clock.advance(14 * DAY - 1);
  const second = pairOf(await refresh(first.refresh));
  app.clock.advance(14 * DAY);

  const { status, body } = await refresh(second.refresh);

  expect([status, body]).toEqual(invalidGrant);
});

it('ends every token of a sign-in when a refresh token comes again (SEC-53)', async () => {
  const { email } = await app.aCustomer();
  const other = await signIn(email);
  const first = await signIn(email);
  const second = pairOf(await refresh(first.refresh));
  app.clock.advance(11);

  const again = await refresh(first.refresh);

  expect([again.status, again.body]).toEqual(invalidGrant);
  expect([(await refresh(second.refresh)).status, await isAlive(second.access), await isAlive(first.access)]).toEqual([
    400,
    false,
    false,
  ]);
  expect((await refresh(other.refresh)).status).toBe(200);
});

it('gives parallel refreshes one winner, whose tokens live (SEC-53)', async () => {
  const { email } = await app.aCustomer();
  const { refresh: token } = await signIn(email);

  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));

  const won = answers.filter(({ status }) => status === 200);
  const lost = answers.filter(({ status }) => status !== 200);
  expect([won.length, lost.length]).toEqual([1, 7]);
  for (const { status, body } of lost) expect([status, body]).toEqual(invalidGrant);
  expect(await isAlive(won[0]?.body.access_token)).toBe(true);
  expect((await refresh(won[0]?.body.refresh_token)).status).toBe(200);
});

it('leaves nothing alive when a replay and a refresh meet (SEC-53)', async () => {
  const { email } = await app.aCustomer();
  const first = await signIn(email);
  const second = pairOf(await refresh(first.refresh));
  app.clock.advance(11);

  const answers = await Promise.all([refresh(second.refresh), refresh(first.refresh), refresh(first.refresh)]);

  for (const { body } of answers.filter(({ status }) => status === 200)) {
    expect([await isAlive(body.access_token), (await refresh(body.refresh_token)).status]).toEqual([false, 400]);
  }
  expect(await isAlive(second.access)).toBe(false);
});

it('leaves nothing alive when staff lock an account out while it refreshes (SEC-51)', async () => {
  const { email, number } = await app.aCustomer();
  const { refresh: token } = await signIn(email);

  const [answer] = await Promise.all([refresh(token), app.admin('POST', `/customers/${number}/disable`)]);

  if (answer.status === 200) expect((await refresh(answer.body.refresh_token)).status).toBe(400);
  expect((await refresh(token)).status).toBe(400);
});

it('dies with all that ends sessions (SEC-51, SEC-52)', async () => {
  const ends: ((customer: Awaited<ReturnType<TestApp['aCustomer']>>) => Promise<unknown>)[] = [
    ({ number }) => app.admin('POST', `/customers/${number}/disable`),
    ({ number }) => app.admin('POST', `/customers/${number}/revoke-tokens`),
    ({ number }) =>
      app.request({
        method: 'DELETE',
        url: `/admin/v1/customers/${number}`,
        headers: { authorization: 'Bearer demo-admin-token' },
      }),
    async ({ email }) => {
      const integration = await cl.integration();
      const { id, secret } = await cl.aReset(integration, email);
      await cl.update(integration, id, { customer_password: 'another fine word', _reset_password_token: secret });
    },
    async (customer) => {
      const authorization = `Bearer ${await app.signedIn(customer)}`;
      await app.adobe('mutation{revokeCustomerToken{result}}', {}, { authorization });
    },
  ];
  for (const end of ends) {
    const customer = await app.aCustomer();
    const { refresh: token } = await signIn(customer.email);

    await end(customer);

    const { status, body } = await refresh(token);
    expect([status, body]).toEqual(invalidGrant);
  }
});

it('gives one answer for every token that is not good, and keeps those of others (SEC-48, SEC-50)', async () => {
  const { email } = await app.aCustomer();
  const { refresh: token } = await signIn(email);
  const [header, payload, signature] = token.split('.');

  const answers = [
    await refresh('x'),
    await refresh(`${header}.${payload}.`),
    await refresh(`${header}.${payload}.${signature}=`),
    await refresh(token.toLowerCase()),
    await refresh(` ${token}`),
    await refresh('x'.repeat(8192)),
    await refresh(token, { client_id: 'other-channel' }),
  ];

  for (const { status, body } of answers) expect([status, body]).toEqual(invalidGrant);
  expect((await refresh(token)).status).toBe(200);
});

it('refuses what is no refresh token, and integrations (SEC-1, SEC-3)', async () => {
  const { email } = await app.aCustomer();
  const { refresh: token } = await signIn(email);
  const grant = { ...CHANNEL, grant_type: 'refresh_token' };

  for (const refresh_token of [undefined, '', 7, null, [token], { token }, 'x'.repeat(8193)]) {
    const { status, body } = await cl.oauth({ ...grant, refresh_token });
    expect([status, body]).toEqual([400, refused(400, 'invalid_request')]);
  }
  const machine = await cl.oauth({ ...INTEGRATION, grant_type: 'refresh_token', refresh_token: token });
  expect([machine.status, machine.body]).toEqual([403, refused(403, 'unauthorized_client', 'FORBIDDEN')]);
  expect((await cl.oauth(INTEGRATION)).body).not.toHaveProperty('refresh_token');
  expect((await cl.oauth(CHANNEL)).body).not.toHaveProperty('refresh_token');
});

it('narrows the scope but never widens it, and a refusal costs nothing', async () => {
  const { email } = await app.aCustomer();
  const { refresh: token } = await signIn(email, { scope: 'market:id:a store:id:b' });

  const wider = await refresh(token, { scope: 'market:id:c' });
  const broken = await refresh(token, { scope: 'everything' });
  const narrower = await refresh(token, { scope: 'store:id:b' });

  for (const { status, body } of [wider, broken]) expect([status, body]).toEqual([400, refused(400, 'invalid_scope')]);
  expect([narrower.status, narrower.body.scope]).toEqual([200, 'store:id:b']);
});
