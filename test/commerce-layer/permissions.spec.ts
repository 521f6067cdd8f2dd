import { KeyRing } from '../../src/token/index.js';
import jwt from 'jsonwebtoken';
import { JSON_API } from '../../libs/json-api/src/index.js';
import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient, otherStore } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let channel: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  channel = await cl.channel();
});

afterAll(() => app.stop());

const RESETS = '/api/customer_password_resets';
const NEW = 'a brand new password';

const invalidToken = {
  errors: [
    {
      title: 'Invalid token',
      detail: 'The access token you provided is invalid.',
      code: 'INVALID_TOKEN',
      status: '401',
    },
  ],
};
const denied = {
  errors: [
    {
      title: 'Access denied',
      detail: 'You are not authorized to perform this action on the requested resource.',
      code: 'UNAUTHORIZED',
      status: '401',
    },
  ],
};

async function aReset(token = integration): Promise<{ id: string; secret: string; email: string }> {
  const { email } = await app.aCustomer();
  const { body } = await cl.create(token, { customer_email: email });
  return { id: body.data.id, secret: body.data.attributes.reset_password_token, email };
}

it('lets no sales channel create or read, owned or not, whether or not the record exists (SEC-33, SEC-50)', async () => {
  const { id, email } = await aReset();
  const owned = await cl.customer(await app.aCustomer());

  for (const token of [channel, owned]) {
    const answers = [
      await cl.create(token, { customer_email: email }),
      await cl.retrieve(token, id),
      await cl.retrieve(token, 'ZZZZZZZZZZ'),
      await cl.retrieve(token, '0000000001'),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([401, denied]);
  }
});

it('lets a sales channel change nothing but the password', async () => {
  const { id, secret } = await aReset();
  const owned = await cl.customer(await app.aCustomer());
  const pair = { customer_password: NEW, _reset_password_token: secret };

  for (const token of [channel, owned]) {
    for (const attributes of [{ reference: 'x' }, { metadata: {} }, {}, { ...pair, reference: 'x' }]) {
      const { status, body } = await cl.update(token, id, attributes);
      expect([attributes, status, body]).toEqual([attributes, 401, denied]);
    }
  }
  expect((await cl.update(owned, id, pair)).status).toBe(200);
});

it('answers a missing, malformed, unknown, expired or revoked token alike (SEC-49, SEC-55)', async () => {
  const { id } = await aReset();
  const get = (headers: Record<string, string>): ReturnType<TestApp['request']> =>
    app.request({ url: `${RESETS}/${id}`, headers: { accept: JSON_API, ...headers } });

  const missing = await get({});
  const bad = [
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    'Basic eDp5',
    `Bearer ${integration}x`,
    `Bearer ${'x'.repeat(9000)}`,
  ];

  expect([missing.status, missing.body]).toEqual([401, invalidToken]);
  expect(missing.headers['www-authenticate']).toBe('Bearer');
  expect(missing.headers['content-type']).toBe(JSON_API);
  for (const authorization of bad) {
    const { status, body, headers } = await get({ authorization });
    expect([authorization, status, body]).toEqual([authorization, 401, invalidToken]);
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  }
});

it("refuses another dialect's token, and its own is refused there (SEC-50)", async () => {
  const ann = await app.aCustomer();
  const adobe = await app.signedIn(ann);
  const owned = await cl.customer(ann);

  expect((await cl.retrieve(adobe, 'ZZZZZZZZZZ')).body).toEqual(invalidToken);
  expect((await cl.retrieve('demo-adobe-integration-token', 'ZZZZZZZZZZ')).body).toEqual(invalidToken);
  expect((await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${owned}` })).status).toBe(401);
  expect((await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${integration}` })).status).toBe(401);
});

it("refuses a token whose audience is another store's, though signature and row are ours (SEC-49, SEC-50)", async () => {
  const { privateKey, kid } = app.get(KeyRing).signing;
  const claims = JSON.parse(Buffer.from(integration.split('.')[1] ?? '', 'base64').toString()) as object;
  const signed = (changes: object): string =>
    jwt.sign(JSON.stringify({ ...claims, ...changes }), privateKey, {
      algorithm: 'RS512',
      header: { alg: 'RS512', typ: 'JWT', kid },
    });

  const { id } = await aReset();

  expect((await cl.retrieve(signed({}), id)).status).toBe(200);
  expect((await cl.retrieve(signed({ aud: 'commerce-layer:other' }), id)).body).toEqual(invalidToken);
  expect((await cl.retrieve(signed({ typ: 'refresh' }), id)).body).toEqual(invalidToken);
});

it("finds no other organization's record, and mails only where the organization wants it (SEC-65)", async () => {
  const other = await cl.token({
    ...{ grant_type: 'client_credentials', client_id: 'other-integration' },
    client_secret: 'other-integration-secret',
  });
  const { id, secret, email } = await aReset(other);
  const own = await aReset();

  const read = await cl.retrieve(integration, id);
  const spent = await cl.update(channel, id, { customer_password: NEW, _reset_password_token: secret });

  expect([read.status, read.body.errors[0].code]).toEqual([404, 'RECORD_NOT_FOUND']);
  expect([spent.status, spent.body.errors[0].code]).toEqual([404, 'RECORD_NOT_FOUND']);
  expect((await cl.retrieve(other, id)).status).toBe(200);
  expect((await app.lastMail(email)).secret).toBe(secret);
  expect(await app.mailsTo(own.email)).toEqual([]);
});

it('wants the organization of the token where the host names one', async () => {
  const { id } = await aReset();
  const at = async (host: string): Promise<number> => {
    const headers = { host, accept: JSON_API, authorization: `Bearer ${integration}` };
    return (await app.request({ url: `${RESETS}/${id}`, headers })).status;
  };

  expect(await at('demo.id.example')).toBe(200);
  expect(await at('unknown.id.example')).toBe(200);
  expect(await at('other.id.example')).toBe(401);
});

it('builds no link from the host that was asked (SEC-37)', async () => {
  const { id } = await aReset();
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', authorization: `Bearer ${integration}` };

  const { text } = await app.request({ url: `${RESETS}/${id}`, headers });

  expect(text).not.toContain('evil');
});

it('lets a token die at once when the customer ends all sessions elsewhere (SEC-49)', async () => {
  const ann = await app.aCustomer();
  const { id } = await aReset();
  const owned = await cl.customer(ann);
  const adobe = await app.signedIn(ann);
  const before = await cl.retrieve(owned, id);

  await app.adobe('mutation{revokeCustomerToken{result}}', {}, { authorization: `Bearer ${adobe}` });

  expect(before.body).toEqual(denied);
  expect((await cl.retrieve(owned, id)).body).toEqual(invalidToken);
});

it('lets a token die at once when the password is reset through another dialect (SEC-52)', async () => {
  const ann = await app.aCustomer();
  const owned = await cl.customer(ann);
  const { id } = await aReset();
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  const { secret } = await app.lastMail(ann.email);

  await app.adobe(
    'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}',
    { e: ann.email, t: secret, p: NEW },
  );

  expect((await cl.retrieve(owned, id)).body).toEqual(invalidToken);
});

it('shows a reset of another dialect, but not its token (SEC-33)', async () => {
  const ann = await app.aCustomer();
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  const { secret } = await app.lastMail(ann.email);
  const rows = await app.database.select(
    `SELECT r.number FROM password_reset r JOIN customer c ON c.id = r.customer_id WHERE c.number = ?`,
    [ann.number],
  );
  const { toShortId } = await import('../../src/common/public-id.js');

  const { status, text, body } = await cl.retrieve(integration, toShortId(Number(rows[0]?.['number'])));

  expect([status, body.data.attributes.customer_email]).toEqual([200, ann.email]);
  expect(body.data.attributes.reset_password_token).toBeNull();
  expect(text).not.toContain(secret);
});

it('expires tokens when they say so', async () => {
  const { id } = await aReset();
  app.clock.advance(2 * 3600 - 1);
  const last = await cl.retrieve(integration, id);
  app.clock.advance(1);

  expect(last.status).toBe(200);
  expect((await cl.retrieve(integration, id)).body).toEqual(invalidToken);
});
