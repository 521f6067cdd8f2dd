import { TestApp } from '../support/test-app.js';
import { isSigned, WebhookScene, type Received, type WebhookReceiver, type Webhooks } from './webhook-receiver.js';
import type { CommerceLayerClient } from './wire.js';

let app: TestApp;
let scene: WebhookScene;
let cl: CommerceLayerClient;
let receiver: WebhookReceiver;
let webhooks: Webhooks;

beforeAll(async () => {
  app = await TestApp.start();
  scene = await WebhookScene.of(app);
  ({ client: cl, receiver, webhooks } = scene);
});

afterAll(async () => {
  await receiver.stop();
  await app.stop();
});

interface Label {
  readonly type: string;
  readonly attributes: { readonly name: string };
}

/** Types and names of what a call tells along. */
const labelsIn = ({ body }: Received): string[][] =>
  Array.from(body.included as Iterable<Label>, ({ type, attributes }) => [type, attributes.name]);

it("posts the resource's document, with paths for links, and signs it with the shared secret", async () => {
  const webhook = await webhooks.add('customers.create');
  const { body: created } = await scene.post('customers', { email: 'ann@example.com', metadata: { size: 'ä' } });

  await webhooks.settled();

  const [call, ...others] = receiver.at(webhook.path);
  expect(others).toEqual([]);
  expect(call?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(call?.raw.length),
    'x-commercelayer-topic': 'customers.create',
  });
  expect(call && isSigned(call, webhook.secret)).toBe(true);
  expect(call && isSigned(call, 'another secret')).toBe(false);
  const { id, attributes, relationships, type, meta } = created.data;
  const self = `/api/customers/${id}`;
  expect(call?.body.data).toEqual({
    ...{ id, type, attributes, links: { self } },
    relationships: expect.objectContaining({
      tags: { links: { self: `${self}/relationships/tags`, related: `${self}/tags` } },
    }),
    meta,
  });
  expect(Object.keys(call?.body.data.relationships)).toEqual(Object.keys(relationships));
  expect(webhook.secret).toMatch(/^[0-9a-f]{32}$/);
});

it('tells related resources along, as the webhook asks for them', async () => {
  const { body: group } = await scene.post('customer_groups', { name: 'Gold' });
  const webhook = await webhooks.add('customers.create', { include_resources: ['customer_group', 'events'] });
  await scene.post('customers', { email: 'with-group@example.com' }, {
    customer_group: { data: { type: 'customer_groups', id: group.data.id } },
  }); // prettier-ignore

  await webhooks.settled();

  const [call] = receiver.at(webhook.path);
  const linkage = call?.body.data.relationships.customer_group.data;
  expect(linkage).toEqual({ type: 'customer_groups', id: group.data.id });
  expect(call && labelsIn(call)).toEqual([
    ['customer_groups', 'Gold'],
    ['events', 'customers.create'],
  ]);
});

it('always tells the tags of what was tagged', async () => {
  const customers = await webhooks.add('customers.tagged');
  const addresses = await webhooks.add('addresses.tagged');
  for (const name of ['vip', 'new', 'billing']) await scene.post('tags', { name });
  const { body } = await scene.post('customers', { email: 'tagged@example.com' });
  const address = { first_name: 'A', last_name: 'B', line_1: 'C', city: 'D', zip_code: '1', state_code: 'NY' };
  const made = await scene.post('addresses', { ...address, country_code: 'US', phone: '1' });

  await scene.patch('customers', body.data.id, { _add_tags: 'vip,new' });
  await webhooks.settled();
  await scene.patch('customers', body.data.id, { _remove_tags: 'vip' });
  await scene.patch('customers', body.data.id, { _add_tags: 'new' });
  await scene.patch('addresses', made.body.data.id, { _add_tags: 'billing' });
  await webhooks.settled();

  const calls = [...receiver.at(customers.path), ...receiver.at(addresses.path)];
  expect(calls.map((call) => [call.body.data.id, labelsIn(call)])).toEqual([
    [body.data.id, [['tags', 'vip'], ['tags', 'new']]], // prettier-ignore
    [made.body.data.id, [['tags', 'billing']]],
  ]);
});

it('tells of what is gone by its id, and that it has nothing any more', async () => {
  const webhook = await webhooks.add('customers.destroy', { include_resources: ['tags'] });
  const { body } = await scene.post('customers', { email: 'gone@example.com' });

  await cl.call('DELETE', `customers/${body.data.id}`, scene.token);
  await webhooks.settled();

  const [call] = receiver.at(webhook.path);
  const { id, type, links, attributes, relationships } = call?.body.data ?? {};
  expect([id, type, links]).toEqual([body.data.id, 'customers', { self: `/api/customers/${id}` }]);
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(['email', 'metadata', 'created_at']));
  expect(new Set([...Object.values(attributes), ...Object.values(relationships)])).toEqual(new Set([null]));
  expect(JSON.stringify(call?.body)).not.toContain('gone@example.com');
  expect(call && isSigned(call, webhook.secret)).toBe(true);
});

it('hands the token of a reset to its receiver, who opens the account with it; what is kept has no token (SEC-33)', async () => {
  const webhook = await webhooks.add('customer_password_resets.create', { include_resources: ['customer'] });
  const ann = await app.aCustomer();
  const { body } = await cl.create(scene.token, { customer_email: ann.email });
  await webhooks.settled();

  const [call] = receiver.at(webhook.path);
  const token: string = call?.body.data.attributes.reset_password_token;
  const spent = await cl.update(await cl.channel(), body.data.id, {
    customer_password: 'a brand new password',
    _reset_password_token: token,
  });

  expect(token).toBe(body.data.attributes.reset_password_token);
  expect(call?.body.included[0].attributes.email).toBe(ann.email);
  expect(spent.status).toBe(200);
  const [kept] = await webhooks.callbacks(webhook);
  expect(kept.payload.data).toMatchObject({ id: body.data.id, attributes: { reset_password_token: null } });
  expect(app.logged.join('')).not.toContain(token);
});

it('tells of resets made through other APIs, whose secrets it does not know (SEC-33)', async () => {
  const webhook = await webhooks.add('customer_password_resets.create');
  const ann = await app.aCustomer();

  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: 'nobody@example.com' });
  await webhooks.settled();

  const calls = receiver.at(webhook.path);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body.data.attributes).toMatchObject({ customer_email: ann.email, reset_password_token: null });
});

it('tells every webhook of the store that waits for it, and nobody of another store', async () => {
  const [one, two] = [await webhooks.add('customers.create'), await webhooks.add('customers.create')];
  const other = await webhooks.add('customers.destroy');
  const disabled = await webhooks.add('customers.create', { _disable: true });

  await scene.post('customers', { email: 'both@example.com' });
  await webhooks.settled();

  expect([one, two, other, disabled].map(({ path }) => receiver.at(path).length)).toEqual([1, 1, 0, 0]);
});

it('signs with the new secret once it was replaced', async () => {
  const webhook = await webhooks.add('customers.create');

  const { body } = await webhooks.change(webhook, { _regenerate_shared_secret: true });
  await scene.post('customers', { email: 'resigned@example.com' });
  await webhooks.settled();

  const { shared_secret: secret } = body.data.attributes;
  const [call] = receiver.at(webhook.path);
  expect(secret).not.toBe(webhook.secret);
  expect(call && [isSigned(call, secret), isSigned(call, webhook.secret)]).toEqual([true, false]);
});

it('tells an event once more when it is triggered, as the record is by then', async () => {
  const webhook = await webhooks.add('customers.create');
  const { body } = await scene.post('customers', { email: 'again@example.com' });
  await webhooks.settled();
  await scene.patch('customers', body.data.id, { metadata: { changed: true } });
  const events = await cl.call('GET', `customers/${body.data.id}/events`, scene.token);

  const { status } = await scene.patch('events', events.body.data[0].id, { _trigger: true });
  await webhooks.settled();

  expect(status).toBe(200);
  expect(receiver.at(webhook.path).map((call) => call.body.data.attributes.metadata)).toEqual([{}, { changed: true }]);
});

it('forgets what was told of a person who is deleted (SEC-80), and calls no more of it', async () => {
  const webhook = await webhooks.add('customers.create');
  const { body } = await scene.post('customers', { email: 'forgotten@example.com' });
  await webhooks.settled();
  const [before] = await webhooks.callbacks(webhook);

  await cl.call('DELETE', `customers/${body.data.id}`, scene.token);

  const [after] = await webhooks.callbacks(webhook);
  expect([before.payload.data.attributes.email, after.payload]).toEqual(['forgotten@example.com', null]);
});

it('keeps secrets and payloads sealed in the database (SEC-84)', async () => {
  const webhook = await webhooks.add('customers.create');
  await scene.post('customers', { email: 'sealed@example.com' });
  await webhooks.settled();

  const rows = await app.database.read(async (manager) => [
    await manager.query('SELECT * FROM webhook'),
    await manager.query('SELECT * FROM webhook_delivery'),
  ]);

  const dump = JSON.stringify(rows, (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value)); // prettier-ignore
  expect(dump).toContain(webhook.path);
  expect(dump).not.toContain(webhook.secret);
  expect(dump).not.toContain('sealed@example.com');
});
