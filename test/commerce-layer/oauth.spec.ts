import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { PASSWORD, TestApp } from '../support/test-app.js';
import { basic, CHANNEL, claimsOf, CommerceLayerClient, INTEGRATION, otherStore, passwordGrant } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.startOwn({ ISSUER_URL: 'https://auth.id.example' });
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const ID = expect.stringMatching(/^[0-9A-Za-z]{10}$/);
const JWT = expect.stringMatching(/^[\w-]+\.[A-Za-z0-9]+\.[\w-]+$/);
const now = (): number => Math.floor(app.clock.now().getTime() / 1000);

describe('success', () => {
  it('serves an integration for two hours', async () => {
    const { status, headers, body } = await cl.oauth(INTEGRATION);

    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ access_token: JWT, token_type: 'bearer', expires_in: 7200 },
      ...{ scope: 'market:all', created_at: now() },
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('serves a sales channel for four hours, without a secret', async () => {
    const { status, body } = await cl.oauth({ ...CHANNEL, scope: 'market:code:eu store:id:xYZ stock_location:12' });

    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ access_token: JWT, token_type: 'bearer', expires_in: 14400 },
      ...{ scope: 'market:code:eu store:id:xYZ stock_location:12', created_at: now() },
    });
  });

  it('serves a customer of a sales channel, and names the owner', async () => {
    const { email } = await app.aCustomer();

    const { status, body } = await cl.oauth(passwordGrant(email.toUpperCase()));

    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ access_token: JWT, token_type: 'bearer', expires_in: 14400, scope: 'market:all', created_at: now() },
      ...{ refresh_token: JWT, owner_id: ID, owner_type: 'customer' },
    });
  });

  it('reads forms and HTTP Basic as well', async () => {
    const { email } = await app.aCustomer();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const text = (parameters: object): string =>
      new URLSearchParams(Object.entries(parameters) as [string, string][]).toString();

    const answers = [
      await cl.oauth(text(INTEGRATION), form),
      await cl.oauth(text(passwordGrant(email)), form),
      await cl.oauth('grant_type=client_credentials', {
        ...form,
        ...basic('demo-integration', 'demo%2Dintegration-secret'),
      }),
      await cl.oauth({ grant_type: 'client_credentials' }, basic('demo-sales-channel', '')),
      await cl.oauth({ ...CHANNEL, client_secret: '', other: { parameter: 1 } }),
    ];

    expect(answers.map(({ status, text: answer }) => (status === 200 ? 200 : answer))).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });

  it('takes the secret of a sales channel that has one, and does without', async () => {
    const channel = { grant_type: 'client_credentials', client_id: 'other-channel' };

    const without = await cl.oauth(channel);
    const secret = await cl.oauth({ ...channel, client_secret: 'other-channel-secret' });

    expect([without, secret].map(({ body }) => claimsOf(body.access_token))).toMatchObject([
      { application: { public: true, confidential: false } },
      { application: { public: true, confidential: true } },
    ]);
  });
});

describe('the token', () => {
  it('carries the claims that the clients look for', async () => {
    const { email } = await app.aCustomer();

    const { body } = await cl.oauth(passwordGrant(email, { scope: 'market:id:abc stock_location:id:def' }));
    const [header, payload] = [
      JSON.parse(atob(String(body.access_token).split('.')[0] ?? '')) as object,
      claimsOf(body.access_token),
    ];

    expect(header).toEqual({ alg: 'RS512', typ: 'JWT', kid: expect.any(String) });
    expect(payload).toEqual({
      organization: { id: ID, slug: 'demo', enterprise: true, region: expect.any(String) },
      application: {
        id: ID,
        client_id: 'demo-sales-channel',
        kind: 'sales_channel',
        public: true,
        confidential: false,
      },
      owner: { id: body.owner_id, type: 'Customer' },
      market: { id: ['abc'], stock_location_ids: ['def'], geocoder_id: null, allows_external_prices: false },
      scope: 'market:id:abc stock_location:id:def',
      test: true,
      rand: expect.any(Number),
      iss: 'https://auth.id.example',
      aud: 'commerce-layer:default',
      iat: now(),
      exp: now() + 14400,
      jti: expect.any(String),
    });
  });

  it('has no owner and no market where there is none', async () => {
    const { body } = await cl.oauth(INTEGRATION);
    const payload = claimsOf(body.access_token);

    expect(payload).toMatchObject({ application: { kind: 'integration', public: false, confidential: true } });
    expect(Object.keys(payload)).not.toEqual(expect.arrayContaining(['owner']));
    expect(payload).not.toHaveProperty('market');
  });

  it('is of the one organization that its application belongs to', async () => {
    const { body } = await cl.oauth({ grant_type: 'client_credentials', client_id: 'other-channel' });

    expect(claimsOf(body.access_token)).toMatchObject({
      aud: 'commerce-layer:other',
      organization: { slug: 'other' },
    });
  });

  it('has a payload of plain base64, whatever the scope holds', async () => {
    for (const value of ['???>>>~~~', '~', 'a?b>c~', '>>>>>>>>', 'x~?~?~?']) {
      const { status, body } = await cl.oauth({ ...CHANNEL, scope: `market:code:${value}` });

      expect([value, status]).toEqual([value, 200]);
      expect(String(body.access_token).split('.')[1]).not.toMatch(/[-_]/);
      expect(claimsOf(body.access_token)['scope']).toBe(`market:code:${value}`);
    }
  });

  it('is verified with the published key', async () => {
    const token = await cl.integration();
    const { status, headers, body } = await app.request({ url: '/.well-known/jwks.json' });

    const [header = '', payload, signature = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const keys: readonly JsonWebKey[] = body.keys;
    const jwk = keys.find((key) => key['kid'] === kid) ?? {};
    const key = createPublicKey({ key: jwk, format: 'jwk' });

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=300');
    expect(jwk).toEqual({ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid, use: 'sig', alg: 'RS512' });
    expect(verify('sha512', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it("leads to the organization's own host", async () => {
    const { email } = await app.aCustomer();

    const { body } = await cl.create(await cl.integration(), { customer_email: email });

    expect(body.data.links.self).toBe(`https://demo.id.example/api/customer_password_resets/${body.data.id}`);
  });
});

it('writes no secret to the log (SEC-21, SEC-85)', async () => {
  const { email } = await app.aCustomer();
  const { body } = await cl.oauth(passwordGrant(email));
  await cl.oauth(passwordGrant(email, { password: 'a-wrong-password-here' }));
  await cl.oauth(INTEGRATION);

  const log = app.logged.join('\n');

  for (const secret of [
    PASSWORD,
    'a-wrong-password-here',
    'demo-integration-secret',
    String(body.access_token).split('.')[2],
  ]) {
    expect(log).not.toContain(secret);
  }
});
