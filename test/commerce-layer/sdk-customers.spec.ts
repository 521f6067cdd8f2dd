import { Housekeeping } from '../../src/common/housekeeping.js';
import { PASSWORD, TestApp } from '../support/test-app.js';
import { each, refusalOf, sdkFor, type Sdk } from './sdk.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let wire: CommerceLayerClient;
let cl: Sdk;

beforeAll(async () => {
  app = await TestApp.start();
  wire = new CommerceLayerClient(app);
  cl = sdkFor(app, await wire.integration());
});

afterAll(() => app.stop());

let made = 0;
const address = (): string => `sdk-${(made += 1)}@example.com`;

it('makes a customer, with group, tags, notes and a password that signs in', async () => {
  const group = await cl.customer_groups.create({ name: 'Wholesale', code: 'ws' });
  const tag = await cl.tags.create({ name: 'vip' });
  const email = address();

  const customer = await cl.customers.create(
    {
      email,
      password: 'a long password',
      shopper_reference: 'shopper-1',
      profile_id: 'profile-1',
      tax_exemption_code: 'tax-1',
      reference: 'erp-1',
      reference_origin: 'erp',
      metadata: { first_name: 'Jo', last_name: 'March', size: { shoe: 38 } },
      customer_group: cl.customer_groups.relationship(group.id),
      tags: [cl.tags.relationship(tag.id)],
    },
    { include: ['customer_group', 'tags', 'orders'] },
  );

  expect(customer).toMatchObject({
    ...{ type: 'customers', email, status: 'prospect', has_password: true, total_orders_count: 0 },
    ...{ shopper_reference: 'shopper-1', profile_id: 'profile-1', tax_exemption_code: 'tax-1', jwt_custom_claim: null },
    ...{ anonymization_info: null, anonymization_status: null, reference: 'erp-1', reference_origin: 'erp' },
    metadata: { first_name: 'Jo', last_name: 'March', size: { shoe: 38 } },
    customer_group: { id: group.id, name: 'Wholesale', code: 'ws' },
    tags: [{ id: tag.id, name: 'vip' }],
    orders: [],
  });
  expect(customer).not.toHaveProperty('password');
  expect(await wire.customer({ email, password: 'a long password' })).toContain('.');
  const { body } = await app.admin('GET', `/customers?email=${email}`);
  expect(body.items[0]).toMatchObject({ firstName: 'Jo', lastName: 'March', tags: ['vip'], state: 'enabled' });
});

it('generates what a customer must have, always the same', async () => {
  const { id } = await cl.customers.create({ email: address() });

  const [one, other] = [await cl.customers.retrieve(id), await cl.customers.retrieve(id)];

  expect(one).toMatchObject({ has_password: false, metadata: {} });
  expect(one.shopper_reference).toMatch(/^.{3,128}$/);
  expect([one.shopper_reference, one.profile_id]).toEqual([other.shopper_reference, other.profile_id]);
});

it('changes a customer, whole or not at all, and replaces the metadata', async () => {
  const email = address();
  const next = address();
  const { id } = await cl.customers.create({ email, password: PASSWORD, metadata: { a: 1, first_name: 'Jo' } });

  const changed = await cl.customers.update({ id, email: next, password: 'quite another one', metadata: { b: 2 } });
  const wrong = await refusalOf(cl.customers.update({ id, email: 'none', password: 'short', reference: 'lost' }));

  expect(changed).toMatchObject({ email: next, metadata: { b: 2 }, has_password: true });
  expect(wrong.status).toBe(422);
  expect(wrong.errors.map(({ detail }) => detail)).toEqual([
    'email - is invalid',
    'password - is too short (minimum is 8 characters)',
  ]);
  expect(await cl.customers.retrieve(id)).toMatchObject({ email: next, reference: null });
  expect(await wire.customer({ email: next, password: 'quite another one' })).toContain('.');
  expect((await app.mailsTo(next)).map(({ subject }) => subject)).toHaveLength(1);
});

it('keeps names in step with the other APIs, both ways', async () => {
  const ann = await app.aCustomer();
  const [found] = await cl.customers.list({ filters: { email_eq: ann.email.toUpperCase() } });

  await cl.customers.update({ id: found?.id ?? '', metadata: { first_name: 'Anna', last_name: 7 } });
  const { body } = await app.admin('GET', `/customers/${ann.number}`);

  expect(found?.metadata).toEqual({ first_name: 'Ann', last_name: 'Lee' });
  expect(body).toMatchObject({ firstName: 'Anna', lastName: null });
  expect((await cl.customers.retrieve(found?.id ?? '')).metadata).toEqual({ first_name: 'Anna', last_name: 7 });
});

it('sets and clears the group and the tags, by relationship and by name', async () => {
  const group = await cl.customer_groups.create({ name: 'Friends' });
  const [one, two] = [await cl.tags.create({ name: 'one' }), await cl.tags.create({ name: 'two' })];
  const { id } = await cl.customers.create({ email: address(), customer_group: group });
  const shown = async (): Promise<unknown> => {
    const { customer_group, tags } = await cl.customers.retrieve(id, { include: ['customer_group', 'tags'] });
    return [customer_group?.name ?? null, each(tags ?? [], 'name')];
  };

  await cl.customers.update({ id, tags: [one, two] });
  expect(await shown()).toEqual(['Friends', ['one', 'two']]);
  expect(each(await cl.customers.tags(id, { sort: { name: 'desc' } }), 'name')).toEqual(['two', 'one']);
  expect(each(await cl.customer_groups.customers(group.id), 'id')).toEqual([id]);
  expect(each(await cl.customers.list({ filters: { tags_name_eq: 'two' } }), 'id')).toEqual([id]);

  await cl.customers._remove_tags(id, 'one, nobody-knows');
  await cl.customers.update({ id, customer_group: cl.customer_groups.relationship(null) });
  expect(await shown()).toEqual([null, ['two']]);

  await cl.customers._add_tags(id, 'one,unheard-of,,one');
  expect(await shown()).toEqual([null, ['one', 'two']]);
  await cl.customers.update({ id, tags: [cl.tags.relationship(null)] });
  expect(await shown()).toEqual([null, []]);
});

it('lists what lies outside as nothing, so that account pages go on', async () => {
  const { id } = await cl.customers.create({ email: address() });

  expect(await cl.customers.orders(id)).toHaveLength(0);
  expect(await cl.customers.returns(id)).toHaveLength(0);
  expect(await cl.customers.sku_lists(id)).toHaveLength(0);
  expect(await cl.customers.customer_payment_sources(id)).toHaveLength(0);
  expect(await cl.customers.order_subscriptions(id)).toHaveLength(0);
  expect(await cl.customers.attachments(id)).toHaveLength(0);
  expect(await cl.customers.event_stores(id)).toHaveLength(0);
  expect(await cl.customers.jwt_markets(id)).toHaveLength(0);
  expect(await cl.customers.jwt_customer(id)).toBeFalsy();
});

it('deletes a customer with all that hangs on it', async () => {
  const email = address();
  const { id } = await cl.customers.create({ email, password: PASSWORD });
  const reset = await cl.customer_password_resets.create({ customer_email: email });

  await cl.customers.delete(id);

  expect((await refusalOf(cl.customers.retrieve(id))).status).toBe(404);
  expect((await refusalOf(cl.customer_password_resets.retrieve(reset.id))).status).toBe(404);
  expect(await cl.customers.create({ email })).toMatchObject({ email });
});

it('waits a day before a person is forgotten, in which the request can be taken back (SEC-80)', async () => {
  const email = address();
  const { id } = await cl.customers.create({ email, password: PASSWORD, metadata: { first_name: 'Jo' } });
  const status = async (): Promise<unknown> => (await cl.customers.retrieve(id)).anonymization_status;
  const sweep = (): Promise<void> => app.get(Housekeeping).run();

  const asked = await cl.customers._request_anonymization(id);
  await sweep();
  expect(asked).toMatchObject({
    anonymization_status: 'requested',
    anonymization_info: {
      status: 'requested',
      requested_at: expect.any(String),
      requester: { id: expect.any(String) },
    },
  });
  expect(await status()).toBe('requested');

  await cl.customers._cancel_anonymization(id);
  app.clock.advance(25 * 3600);
  cl = sdkFor(app, await wire.integration());
  await sweep();
  expect(await status()).toBe('cancelled');
  expect(await wire.customer({ email, password: PASSWORD })).toContain('.');

  await cl.customers._request_anonymization(id);
  app.clock.advance(25 * 3600);
  cl = sdkFor(app, await wire.integration());
  await sweep();
  const forgotten = await cl.customers.retrieve(id);
  expect(forgotten).toMatchObject({ anonymization_status: 'completed', has_password: false, metadata: {} });
  expect(JSON.stringify(forgotten)).not.toContain(email);
  expect(await cl.customers.create({ email })).toMatchObject({ email });
  await cl.customers._cancel_anonymization(id);
  expect(await status()).toBe('completed');
});
