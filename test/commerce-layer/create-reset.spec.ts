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
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const aReset = (email: string): Promise<Reset> => cl.aReset(integration, email);

it("takes the documentation's request and answers its document, member by member", async () => {
  await app.aCustomer({ email: 'john@example.com' });

  const { status, headers, body } = await app.request({
    method: 'POST',
    url: '/api/customer_password_resets',
    headers: {
      accept: 'application/vnd.api+json',
      authorization: `Bearer ${integration}`,
      'content-type': 'application/vnd.api+json',
    },
    body: '{\n"data": {\n"type": "customer_password_resets",\n"attributes": {\n"customer_email": "john@example.com"\n}\n}\n}',
  });

  expect(status).toBe(201);
  expect(headers['content-type']).toBe('application/vnd.api+json');
  expect(headers['cache-control']).toBe('no-store');
  const { id } = body.data;
  const self = `http://localhost:3000/api/customer_password_resets/${id}`;
  expect(id).toMatch(/^[0-9A-Za-z]{10}$/);
  expect(body).toEqual({
    data: {
      id,
      type: 'customer_password_resets',
      links: { self },
      attributes: {
        customer_email: 'john@example.com',
        reset_password_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
        reset_password_at: null,
        created_at: app.clock.now().toISOString(),
        updated_at: expect.stringMatching(TIME),
        reference: null,
        reference_origin: null,
        metadata: {},
      },
      relationships: {
        customer: { links: { self: `${self}/relationships/customer`, related: `${self}/customer` } },
        events: { links: { self: `${self}/relationships/events`, related: `${self}/events` } },
      },
      meta: {
        mode: 'test',
        organization_id: expect.stringMatching(/^[0-9A-Za-z]{10}$/),
        trace_id: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    },
  });
  const data: { attributes: object } = body.data;
  expect([Object.keys(data), Object.keys(data.attributes)]).toEqual([
    ['id', 'type', 'links', 'attributes', 'relationships', 'meta'],
    [
      ...['customer_email', 'reset_password_token', 'reset_password_at', 'created_at', 'updated_at'],
      ...['reference', 'reference_origin', 'metadata'],
    ],
  ]);
});

it('keeps what the integrator notes beside it, and finds the customer whatever the case of the address', async () => {
  const ann = await app.aCustomer();
  const notes = { reference: 'r-1', reference_origin: 'erp', metadata: { foo: 'bar', é: [1, { deep: '¿~>' }] } };

  const { status, body } = await cl.create(integration, { customer_email: ` ${ann.email.toUpperCase()} `, ...notes });

  expect(status).toBe(201);
  expect(body.data.attributes).toMatchObject({ customer_email: ann.email, ...notes });
  expect((await cl.retrieve(integration, body.data.id)).body.data.attributes).toEqual(body.data.attributes);
});

it('gives each request a trace id of its own', async () => {
  const ann = await app.aCustomer();

  const one = await cl.create(integration, { customer_email: ann.email });
  const other = await cl.retrieve(integration, one.body.data.id);

  expect(other.body.data.meta.organization_id).toBe(one.body.data.meta.organization_id);
  expect(other.body.data.meta.trace_id).not.toBe(one.body.data.meta.trace_id);
});

it('says that the customer must exist, for an unknown address', async () => {
  const { status, body } = await cl.create(integration, { customer_email: 'nobody@example.com' });

  expect(status).toBe(422);
  expect(body).toEqual({
    errors: [
      {
        title: 'must exist',
        detail: 'customer - must exist',
        code: 'VALIDATION_ERROR',
        source: { pointer: '/data/relationships/customer' },
        status: '422',
        meta: { error: 'blank' },
      },
    ],
  });
});

it.each([[{}], [{ customer_email: '' }], [{ customer_email: '  ' }], [{ customer_email: null }]])(
  'wants an address: %j',
  async (attributes) => {
    const { status, body } = await cl.create(integration, attributes);

    expect([status, body]).toEqual([422, fault('customer_email', "can't be blank", { error: 'blank' })]);
  },
);

it.each([['no-address'], ['a@b.example, c@d.example'], ['"a b"@example.com'], ['víctim@example.com']])(
  'refuses %s as an address (SEC-12)',
  async (value) => {
    const { status, body } = await cl.create(integration, { customer_email: value });

    expect([status, body]).toEqual([422, fault('customer_email', 'is invalid', { error: 'invalid', value })]);
  },
);

it.each([[['a@b.example']], [{ a: 1 }], [7], [true], [0]])('never coerces %j to an address (SEC-1)', async (value) => {
  const { status, body } = await cl.create(integration, { customer_email: value });

  expect([status, body]).toEqual([422, fault('customer_email', 'is invalid', { error: 'invalid' })]);
});

it('reports every rule that is broken', async () => {
  const { status, body } = await cl.create(integration, { reference: 7, metadata: ['a'] });

  expect(status).toBe(422);
  expect(body.errors).toMatchObject([
    { detail: "customer_email - can't be blank" },
    { detail: 'reference - is invalid' },
    { detail: 'metadata - is invalid' },
  ]);
});

it('bounds the notes in size and depth (SEC-3)', async () => {
  const ann = await app.aCustomer();
  const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
  const tried = async (attributes: object): Promise<unknown> => {
    const { status, body } = await cl.create(integration, { customer_email: ann.email, ...attributes });
    return status === 201 ? 201 : body.errors[0].detail;
  };

  expect(await tried({ metadata: nested(10) })).toBe(201);
  expect(await tried({ metadata: nested(11) })).toBe('metadata - is invalid');
  expect(await tried({ metadata: { a: 'x'.repeat(16 * 1024) } })).toContain('metadata - is too large');
  expect(await tried({ reference: 'x'.repeat(256) })).toBe('reference - is too long (maximum is 255 characters)');
  expect(await tried({ reference: 'a\u0000b' })).toBe('reference - is invalid');
  expect(await tried({ metadata: { a: 'lone \ud800' } })).toBe('metadata - is invalid');
});

it('is always made for a machine, keeps two alive, and uses up none of the mails of the address', async () => {
  const ann = await app.aCustomer();

  const resets: Reset[] = [];
  for (let i = 0; i < 8; i += 1) resets.push(await aReset(ann.email));
  const shown = await Promise.all(resets.map(({ id }) => cl.retrieve(integration, id)));
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email }, {}, '192.0.2.77');

  expect(shown.map(({ body }) => body.data.attributes.reset_password_token !== null)).toEqual([
    ...[false, false, false, false, false, false, true, true],
  ]);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('works for a guest as the first password', async () => {
  const guest = await app.aCustomer({ password: null });
  const { id, secret } = await aReset(guest.email);

  expect((await cl.update(channel, id, { customer_password: NEW, _reset_password_token: secret })).status).toBe(200);
  expect(await cl.customer({ email: guest.email, password: NEW })).toContain('.');
});
