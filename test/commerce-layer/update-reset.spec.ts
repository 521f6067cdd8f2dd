import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient, fault, type Reset } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let channel: string;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  channel = await cl.channel();
});

afterAll(() => app.stop());

const NEW = 'a brand new password';

const aReset = (email: string): Promise<Reset> => cl.aReset(integration, email);

const pair = (secret: unknown, password: unknown = NEW): object => ({
  customer_password: password,
  _reset_password_token: secret,
});

const wrongToken = fault('_reset_password_token', 'is invalid', { error: 'invalid' });

it('sets the password once, voids the rest, and ends the sessions of all dialects (SEC-29, SEC-52)', async () => {
  const ann = await app.aCustomer();
  const owned = await cl.customer(ann);
  const adobe = await app.signedIn(ann);
  const older = await aReset(ann.email);
  const { id, secret } = await aReset(ann.email);
  app.clock.advance(60);

  const { status, body } = await cl.update(integration, id, pair(secret));
  const again = await cl.update(integration, id, pair(secret));
  const first = await cl.update(integration, older.id, pair(older.secret));

  expect(status).toBe(200);
  expect(body.data.attributes).toMatchObject({
    reset_password_token: null,
    reset_password_at: app.clock.now().toISOString(),
    updated_at: app.clock.now().toISOString(),
  });
  expect([again.status, again.body]).toEqual([422, wrongToken]);
  expect([first.status, first.body]).toEqual([422, wrongToken]);
  expect((await cl.retrieve(owned, id)).body.errors[0].code).toBe('INVALID_TOKEN');
  expect((await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${adobe}` })).status).toBe(401);
  expect(await cl.customer({ email: ann.email, password: NEW })).toContain('.');
  expect(
    (
      await cl.oauth({
        grant_type: 'password',
        client_id: 'demo-sales-channel',
        username: ann.email,
        password: ann.password,
      })
    ).status,
  ).toBe(400);
});

it('is open to a sales channel with the token pair, which never sees the token (SEC-33)', async () => {
  const ann = await app.aCustomer();
  const { id, secret } = await aReset(ann.email);

  const { status, text, body } = await cl.update(channel, id, pair(secret));

  expect(status).toBe(200);
  expect(body.data.attributes.reset_password_token).toBeNull();
  expect(text).not.toContain(secret);
});

it('refuses a wrong token, one of another record, and values that are no text (SEC-1, SEC-31)', async () => {
  const ann = await app.aCustomer();
  const [one, other] = [await aReset(ann.email), await aReset((await app.aCustomer()).email)];

  for (const secret of ['x'.repeat(32), 'short', other.secret, 7, [one.secret], { a: 1 }, true]) {
    const { status, body } = await cl.update(integration, one.id, pair(secret));
    expect([secret, status, body]).toEqual([secret, 422, wrongToken]);
  }
});

it('refuses what is nearly its token, and takes the token then (SEC-25)', async () => {
  const { id, secret } = await aReset((await app.aCustomer()).email);
  const nearly = [
    secret.replace(/[a-z]/, (letter) => letter.toUpperCase()),
    secret.replace(/[A-Z]/, (letter) => letter.toLowerCase()),
    `${secret} `,
    `${secret.slice(0, -1)}%`,
  ].filter((other) => other !== secret);

  const refused = [];
  for (const other of nearly) refused.push((await cl.update(integration, id, pair(other))).body);

  expect(refused).toEqual(nearly.map(() => wrongToken));
  expect((await cl.update(integration, id, pair(secret))).status).toBe(200);
});

it('tells an expired token from a wrong one, after six hours', async () => {
  const ann = await app.aCustomer();
  const { id, secret } = await aReset(ann.email);

  app.clock.advance(6 * 3600 - 1);
  const before = await cl.retrieve(await cl.integration(), id);
  app.clock.advance(1);
  integration = await cl.integration();
  channel = await cl.channel();
  const after = await cl.retrieve(integration, id);
  const { status, body } = await cl.update(channel, id, pair(secret));

  expect(before.body.data.attributes.reset_password_token).toBe(secret);
  expect(after.body.data.attributes.reset_password_token).toBeNull();
  expect([status, body]).toEqual([422, fault('_reset_password_token', 'has expired', { error: 'expired' })]);
});

it('wants both of the pair, and spends nothing else (SEC-30)', async () => {
  const ann = await app.aCustomer();
  const { id, secret } = await aReset(ann.email);
  const blank = (name: string): object => fault(name, "can't be blank", { error: 'blank' });

  for (const attributes of [{ customer_password: NEW }, pair(''), pair(null)]) {
    expect((await cl.update(channel, id, attributes)).body).toEqual(blank('_reset_password_token'));
  }
  for (const attributes of [{ _reset_password_token: secret }, pair(secret, ''), pair(secret, null)]) {
    expect((await cl.update(channel, id, attributes)).body).toEqual(blank('customer_password'));
  }
  expect((await cl.update(channel, id, pair(secret, 7))).body.errors[0].detail).toBe('customer_password - is invalid');
  expect((await cl.update(channel, id, pair(secret))).status).toBe(200);
});

it('keeps the token when the password breaks the policy, and never echoes it (SEC-17, SEC-30)', async () => {
  const ann = await app.aCustomer();
  const { id, secret } = await aReset(ann.email);

  const short = await cl.update(channel, id, pair(secret, 'tiny#1'));
  const long = await cl.update(channel, id, pair(secret, 'x'.repeat(257)));
  const own = await cl.update(channel, id, pair(secret, ann.email));

  const tooShort = 'is too short (minimum is 8 characters)';
  expect(short.body).toEqual(fault('customer_password', tooShort, { error: 'too_short', count: 8 }));
  expect(short.text).not.toContain('tiny#1');
  expect(long.body.errors[0].meta).toEqual({ error: 'too_long', count: 256 });
  expect(own.body.errors[0].source).toEqual({ pointer: '/data/attributes/customer_password' });
  expect((await cl.update(channel, id, pair(secret))).status).toBe(200);
});

it('closes a record after five wrong tokens, even to the right one', async () => {
  const ann = await app.aCustomer();
  const [one, other] = [await aReset(ann.email), await aReset(ann.email)];

  for (let i = 0; i < 5; i += 1) await cl.update(channel, one.id, pair('x'.repeat(32)));
  const { status, body } = await cl.update(channel, one.id, pair(one.secret));

  expect([status, body]).toEqual([422, wrongToken]);
  expect((await cl.update(channel, other.id, pair(other.secret))).status).toBe(200);
});

it('changes the notes for an integration, metadata as a whole, and leaves out what was left out', async () => {
  const ann = await app.aCustomer();
  const { body } = await cl.create(integration, {
    customer_email: ann.email,
    reference: 'a',
    metadata: { a: 1, b: 2 },
  });
  app.clock.advance(60);

  const changed = await cl.update(integration, body.data.id, { reference_origin: 'erp', metadata: { c: 3 } });
  const cleared = await cl.update(integration, body.data.id, { reference: null, metadata: null });

  expect([changed.status, cleared.status]).toEqual([200, 200]);
  const { reset_password_token, created_at } = body.data.attributes;
  expect(changed.body.data.attributes).toMatchObject({
    ...{ reference: 'a', reference_origin: 'erp', metadata: { c: 3 }, reset_password_token, created_at },
    updated_at: app.clock.now().toISOString(),
  });
  expect(cleared.body.data.attributes).toMatchObject({ reference: null, reference_origin: 'erp', metadata: {} });
});

it('limits wrong tokens by network (SEC-30)', async () => {
  const ann = await app.aCustomer();
  const resets = [
    await aReset(ann.email),
    await aReset((await app.aCustomer()).email),
    await aReset((await app.aCustomer()).email),
  ];
  const from = cl.newNetwork();
  const spend = (id: string): ReturnType<TestApp['request']> =>
    app.request({
      ...{ method: 'PATCH', url: `/api/customer_password_resets/${id}`, from },
      headers: { authorization: `Bearer ${channel}`, 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: { type: 'customer_password_resets', id, attributes: pair('x'.repeat(32)) } }),
    });

  for (let i = 0; i < 10; i += 1) expect((await spend(resets[Math.floor(i / 4)]?.id ?? '')).status).toBe(422);
  const { status, headers, body } = await spend(resets[2]?.id ?? '');

  expect([status, body.errors[0].code, body.errors[0].status]).toEqual([429, 'TOO_MANY_REQUESTS', '429']);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});
