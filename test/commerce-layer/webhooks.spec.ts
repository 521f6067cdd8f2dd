import { StoreDirectory } from '../../src/store/index.js';
import { mayCarrySecrets } from '../../src/webhook/index.js';
import { TestApp } from '../support/test-app.js';
import { each, refusalOf, sdkFor, type Sdk } from './sdk.js';
import { isSigned, WebhookReceiver, Webhooks } from './webhook-receiver.js';
import { CHANNEL, CommerceLayerClient, fault, otherStore } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let sdk: Sdk;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  sdk = sdkFor(app, integration);
});

afterAll(() => app.stop());

const URL_OK = 'https://erp.example/hook';
/** One that does not come about here, so that nobody is called. */
const TOPIC = 'customers.anonymization_failed';
const create = (attributes: object) =>
  cl.call('POST', 'webhooks', integration, { type: 'webhooks', attributes, relationships: {} });
const update = (id: string, attributes: object) =>
  cl.call('PATCH', `webhooks/${id}`, integration, { type: 'webhooks', attributes, relationships: {}, id });

describe("the vendor's client", () => {
  it('makes, reads, changes, lists and deletes webhooks', async () => {
    const topic = TOPIC;
    const made = await sdk.webhooks.create({ topic, callback_url: URL_OK, include_resources: ['customer_group'] });
    const read = await sdk.webhooks.retrieve(made.id);
    const named = await sdk.webhooks.update({ id: made.id, name: 'ERP', reference: 'r', metadata: { a: 1 } });
    const found = await sdk.webhooks.list({
      filters: { name_eq: 'ERP', topic_start: 'customers' },
      sort: ['-created_at'],
    });
    await sdk.webhooks.delete(made.id);

    expect(made).toMatchObject({
      ...{ type: 'webhooks', name: `Webhook ${made.id}`, topic, callback_url: URL_OK },
      ...{
        include_resources: ['customer_group'],
        disabled_at: null,
        circuit_state: 'closed',
        circuit_failure_count: 0,
      },
      ...{
        reference: null,
        reference_origin: null,
        metadata: {},
        shared_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(read).toMatchObject({ id: made.id, shared_secret: made.shared_secret });
    expect(named).toMatchObject({ name: 'ERP', reference: 'r', metadata: { a: 1 }, topic, callback_url: URL_OK });
    expect(each(found, 'id')).toEqual([made.id]);
    expect((await refusalOf(sdk.webhooks.retrieve(made.id))).status).toBe(404);
  });

  it('disables, enables, resets and gives another secret by its triggers', async () => {
    const { id, shared_secret: secret } = await sdk.webhooks.create({
      topic: TOPIC,
      callback_url: URL_OK,
    });

    const disabled = await sdk.webhooks._disable(id);
    app.clock.advance(1);
    const again = await sdk.webhooks._disable(id);
    const enabled = await sdk.webhooks._enable(id);
    const reset = await sdk.webhooks._reset_circuit(id);
    const { body } = await update(id, { _regenerate_shared_secret: true }); // the client has left it out

    expect(disabled.disabled_at).not.toBeNull();
    expect(again.disabled_at).toBe(disabled.disabled_at);
    expect([enabled.disabled_at, reset.circuit_state, reset.shared_secret]).toEqual([null, 'closed', secret]);
    expect(body.data.attributes.shared_secret).not.toBe(secret);
  });

  it('reads events and the calls that told of them, and fires an event again', async () => {
    await app.setUp({ stores: [otherStore], commerceLayer: { webhookPrivateTargets: true } });
    const receiver = await WebhookReceiver.start();
    const webhooks = new Webhooks(app, cl, receiver, () => integration);
    const webhook = await webhooks.add('customers.create');
    receiver.answers(201);
    const customer = await sdk.customers.create({ email: 'sdk@example.com' });
    await webhooks.settled();

    const [event] = await sdk.customers.events(customer.id);
    const shown = await sdk.events.retrieve(event?.id ?? '', { include: ['webhooks'] });
    const ofEvent = await sdk.events.last_event_callbacks(shown.id);
    const ofWebhook = await sdk.webhooks.retrieve(webhook.id, { include: ['last_event_callbacks'] });
    await sdk.events._trigger(shown.id);
    await webhooks.settled();
    await receiver.stop();
    await app.setUp({ stores: [otherStore] });
    const calls = await sdk.event_callbacks.list({ filters: { webhook_id_eq: webhook.id }, include: ['webhook'] });

    expect(shown).toMatchObject({ name: 'customers.create', webhooks: [{ id: webhook.id }] });
    expect(each(ofEvent, 'response_code')).toEqual(['201']);
    expect(ofWebhook.last_event_callbacks).toHaveLength(1);
    expect(each(calls, 'callback_url')).toEqual(Array(2).fill(receiver.url + webhook.path));
    expect(calls[0]).toMatchObject({
      ...{ response_code: '201', response_message: 'Created', webhook: { id: webhook.id } },
      payload: { data: { id: customer.id, attributes: { email: 'sdk@example.com' } } },
    });
    expect(receiver.at(webhook.path).map((call) => isSigned(call, webhook.secret))).toEqual([true, true]);
  });
});

describe('a webhook is refused, and nothing is made,', () => {
  it.each([
    ['without a topic', { callback_url: URL_OK }, ['topic', "can't be blank", 'blank']],
    ['with an empty topic', { callback_url: URL_OK, topic: ' ' }, ['topic', "can't be blank", 'blank']],
    ['without a URL', { topic: TOPIC }, ['callback_url', "can't be blank", 'blank']],
    ...['orders.place', 'customers', 'Customers.create', '__proto__', 'customers.create '].map(
      (topic) => [`with the topic ${topic}`, { topic, callback_url: URL_OK }, ['topic', 'is not included in the list', 'invalid']] as const,
    ),
    ...[
      ['erp.example/hook', 'ftp://erp.example/hook', 'javascript:alert(1)', 'https://', 'https://user:pw@erp.example/'],
      ['https://erp.example/#x', 'https://erp.example/a b', 'https://erp.example\\@127.0.0.1/', 'file:///etc/passwd'],
    ]
      .flat()
      .map((url) => [`with the URL ${url}`, { topic: TOPIC, callback_url: url }, ['callback_url', 'is invalid', 'invalid']] as const),
    ...[
      ['http://127.0.0.1:8080/', 'http://localhost/', 'https://x.localhost/', 'http://[::1]/', 'http://2130706433/'],
      ['http://0x7f.1/', 'http://[::ffff:10.0.0.1]/', 'http://169.254.169.254/latest', 'https://192.168.0.1/', 'http://0/'],
    ]
      .flat()
      .map((url) => [`with the URL ${url}`, { topic: TOPIC, callback_url: url }, ['callback_url', 'must be a public address', 'invalid']] as const),
    ...[['orders.x'], [''], ['events,tags'], ['tags', 7], 'tags', { a: 1 }, ['event_stores'], ['__proto__'], Array(51).fill('tags')].map(
      (includes) => [
        `with the includes ${JSON.stringify(includes).slice(0, 40)}`,
        { topic: TOPIC, callback_url: URL_OK, include_resources: includes },
        ['include_resources', 'is invalid', 'invalid'],
      ] as const,
    ),
    ['that is on and off', { topic: TOPIC, callback_url: URL_OK, _enable: true, _disable: true }, ['_enable', 'is invalid', 'invalid']],
  ] as const)('%s', async (_what, attributes, [name, message, error]) => {
    const before = (await cl.call('GET', 'webhooks', integration)).body.meta.record_count;

    const { status, body } = await create(attributes);

    expect([status, body]).toEqual([422, fault(name, message, { error })]);
    expect((await cl.call('GET', 'webhooks', integration)).body.meta.record_count).toBe(before);
  }); // prettier-ignore

  it.each([
    [{ shared_secret: 'x' }],
    [{ circuit_state: 'closed' }],
    [{ circuit_failure_count: 0 }],
    [{ disabled_at: null }],
    [{ _reset_circuit: true }],
    [{ store_id: 1 }],
  ])('with a member that it may not have: %j', async (more) => {
    const { status, body } = await create({ topic: TOPIC, callback_url: URL_OK, ...more });

    expect([status, body.errors[0].code]).toEqual([400, 'PARAM_NOT_ALLOWED']);
  });

  it('with a URL or name that is too long', async () => {
    const long = await create({ topic: TOPIC, callback_url: `https://erp.example/${'x'.repeat(1024)}` });
    const named = await create({ topic: TOPIC, callback_url: URL_OK, name: 'x'.repeat(256) });

    expect([long.status, named.status]).toEqual([422, 422]);
  });
});

it('judges changes by what the webhook would be, and changes nothing that it refuses', async () => {
  const { body } = await create({ topic: TOPIC, callback_url: URL_OK, include_resources: ['tags'] });
  const { id } = body.data;

  const refused = [
    await update(id, { topic: 'customer_subscriptions.create' }), // has no tags
    await update(id, { callback_url: 'http://10.0.0.1/' }),
    await update(id, { topic: null }),
    await update(id, { callback_url: '' }),
  ];
  const changed = await update(id, { topic: 'customer_subscriptions.create', include_resources: null, name: null });

  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  expect(changed.body.data.attributes).toMatchObject({
    ...{ name: `Webhook ${id}`, topic: 'customer_subscriptions.create', callback_url: URL_OK, include_resources: [] },
  });
});

it('sends the token of a reset to https alone (SEC-33), but in development to a receiver of the own machine', async () => {
  const topic = 'customer_password_resets.create';
  const plain = await create({ topic, callback_url: 'http://erp.example/hook' });
  const secure = await create({ topic, callback_url: URL_OK });
  const other = await create({ topic: 'customer_password_resets.destroy', callback_url: 'http://erp.example/hook' });
  const turned = await update(other.body.data.id, { topic });

  const message = 'must be an https address, because a token is sent to it';
  expect([plain.status, plain.body]).toEqual([422, fault('callback_url', message, { error: 'invalid' })]);
  expect([secure.status, other.status, turned.status]).toEqual([201, 201, 422]);
  const { settings } = app.get(StoreDirectory).defaultStore;
  if (!settings.commerceLayer) throw new Error('the demo store speaks this dialect');
  const lenient = { settings: { commerceLayer: { ...settings.commerceLayer, webhookPrivateTargets: true } } };
  expect(mayCarrySecrets('http://127.0.0.1/', lenient, { environment: 'development' })).toBe(true);
  expect(mayCarrySecrets('http://127.0.0.1/', lenient, { environment: 'production' })).toBe(false);
  expect(mayCarrySecrets(URL_OK, { settings }, { environment: 'production' })).toBe(true);
});

it('is for integrations alone, and for those of the own organization (SEC-65)', async () => {
  const { body } = await create({ topic: TOPIC, callback_url: URL_OK });
  const ann = await app.aCustomer();
  const strangers = [
    await cl.channel(),
    await cl.token({ ...CHANNEL, grant_type: 'password', username: ann.email, password: ann.password }),
  ];
  const other = await cl.token({
    ...{ grant_type: 'client_credentials', client_id: 'other-integration', client_secret: 'other-integration-secret' },
  });
  const data = { type: 'webhooks', attributes: { topic: TOPIC, callback_url: URL_OK }, relationships: {} };
  const path = `webhooks/${body.data.id}`;

  for (const token of strangers) {
    for (const url of [path, 'webhooks', 'webhooks/0000000001', 'event_callbacks', `${path}/last_event_callbacks`]) {
      expect((await cl.call('GET', url, token)).status).toBe(401);
    }
    expect((await cl.call('POST', 'webhooks', token, data)).status).toBe(401);
    expect((await cl.call('PATCH', path, token, { ...data, id: body.data.id })).status).toBe(401);
    expect((await cl.call('DELETE', path, token)).status).toBe(401);
  }
  for (const method of ['GET', 'DELETE'] as const) expect((await cl.call(method, path, other)).status).toBe(404);
  expect((await cl.call('GET', 'webhooks', other)).body.meta.record_count).toBe(0);
});

it('leaves a line in the audit trail for each change, without the secret (SEC-85)', async () => {
  app.logged.length = 0;
  const { body } = await create({ topic: TOPIC, callback_url: URL_OK });
  await update(body.data.id, { _disable: true });
  await cl.call('DELETE', `webhooks/${body.data.id}`, integration);

  const log = app.logged.join('');
  for (const event of ['webhook_created', 'webhook_changed', 'webhook_deleted']) expect(log).toContain(event);
  expect(log).not.toContain(body.data.attributes.shared_secret);
});

it('lets calls be read, and neither made, changed nor deleted', async () => {
  const data = { type: 'event_callbacks', attributes: {}, relationships: {} };
  const id = '0000000001';

  expect((await cl.call('POST', 'event_callbacks', integration, data)).status).toBe(405);
  expect((await cl.call('PATCH', `event_callbacks/${id}`, integration, { ...data, id })).status).toBe(405);
  expect((await cl.call('DELETE', `event_callbacks/${id}`, integration)).status).toBe(405);
  expect((await cl.call('GET', `event_callbacks/${id}`, integration)).status).toBe(404);
});

it('shows a secret in no list of filters and orders (SEC-66)', async () => {
  for (const query of ['filter[q][shared_secret_start]=a', 'sort=shared_secret', 'filter[q][callback_url_eq]=x']) {
    expect((await cl.call('GET', `webhooks?${query}`, integration)).status).toBe(400);
  }
});

it.each(['x', '../customers', '0000000000', "' OR 1=1"])('finds nothing by the id %j', async (id) => {
  for (const type of ['events', 'event_callbacks', 'webhooks']) {
    expect((await cl.call('GET', `${type}/${encodeURIComponent(id)}`, integration)).status).toBe(404);
  }
});
