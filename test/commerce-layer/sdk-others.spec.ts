import { PASSWORD, TestApp } from '../support/test-app.js';
import { each, refusalOf, sdkFor, type Sdk } from './sdk.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let wire: CommerceLayerClient;
let cl: Sdk;
let guest: Sdk;

beforeAll(async () => {
  app = await TestApp.start();
  wire = new CommerceLayerClient(app);
  cl = sdkFor(app, await wire.integration());
  guest = sdkFor(app, await wire.channel());
});

afterAll(() => app.stop());

it('keeps groups, whose codes are their own', async () => {
  const group = await cl.customer_groups.create({ name: 'Gold', code: 'gold', metadata: { tier: 1 } });
  const other = await cl.customer_groups.create({ name: 'Silver' });

  expect(group).toMatchObject({ type: 'customer_groups', name: 'Gold', code: 'gold', metadata: { tier: 1 } });
  const taken = await refusalOf(cl.customer_groups.update({ id: other.id, code: 'gold' }));
  expect(taken.errors[0]).toMatchObject({ code: 'VALIDATION_ERROR', detail: 'code - has already been taken' });
  expect((await refusalOf(cl.customer_groups.create({ name: ' ' }))).errors[0]?.detail).toBe("name - can't be blank");
  const renamed = await cl.customer_groups.update({ id: other.id, name: 'Silver plus', reference: 's' });
  expect(renamed).toMatchObject({ name: 'Silver plus', code: null, reference: 's' });
  expect(each(await cl.customer_groups.list({ filters: { code_or_name_eq: 'gold' } }), 'id')).toEqual([group.id]);
  expect(each(await cl.customer_groups.list({ filters: { metadata_jcont: '{"tier":1}' } }), 'id')).toEqual([group.id]);
  expect(await cl.customer_groups.markets(group.id)).toHaveLength(0);
  expect(await cl.customer_groups.attachments(group.id)).toHaveLength(0);
});

it('deletes a group that is empty, and no other', async () => {
  const group = await cl.customer_groups.create({ name: 'Full' });
  const { id } = await cl.customers.create({ email: 'member@example.com', customer_group: group });

  const { status, errors } = await refusalOf(cl.customer_groups.delete(group.id));
  expect([status, errors[0]]).toMatchObject([
    423,
    { code: 'LOCKED', detail: `Failed to destroy CustomerGroup with id=${group.id}` },
  ]);
  expect(await cl.customers.customer_group(id)).toMatchObject({ id: group.id });

  await cl.customers.update({ id, customer_group: cl.customer_groups.relationship(null) });
  await cl.customer_groups.delete(group.id);
  expect((await refusalOf(cl.customer_groups.retrieve(group.id))).status).toBe(404);
});

it('renames and deletes a tag everywhere it is carried', async () => {
  const tag = await cl.tags.create({ name: 'new_campaign' });
  const more = await cl.tags.create({ name: 'new' });
  const { id } = await cl.customers.create({ email: 'tagged@example.com', tags: [more, tag] });
  const names = async (): Promise<unknown> => each(await cl.customers.tags(id, { sort: { name: 'asc' } }), 'name');

  expect(await cl.tags.update({ id: tag.id, name: 'say "new"' })).toMatchObject({ name: 'say "new"' });
  expect(await names()).toEqual(['new', 'say "new"']);
  expect((await refusalOf(cl.tags.create({ name: 'new' }))).errors[0]?.detail).toBe('name - has already been taken');
  expect((await refusalOf(cl.tags.create({ name: 'a,b' }))).errors[0]?.detail).toBe('name - is invalid');

  await cl.tags.delete(more.id);
  expect(await names()).toEqual(['say "new"']);
  await cl.tags.delete(tag.id);
  expect(await names()).toEqual([]);
});

it('knows the tags that came in through other APIs', async () => {
  await app.aCustomer({ tags: ['loyal', 'loyal', 'ünique'] });

  expect(each(await cl.tags.list({ filters: { name_in: 'loyal,ünique' }, sort: { name: 'asc' } }), 'name')).toEqual([
    ...['loyal', 'ünique'],
  ]);
});

it('keeps subscriptions, one for each customer and reference', async () => {
  const ann = await app.aCustomer();
  const subscription = await cl.customer_subscriptions.create(
    { customer_email: ann.email, reference: 'newsletter', reference_origin: 'mail', metadata: { weekly: true } },
    { include: ['customer'] },
  );

  expect(subscription).toMatchObject({
    ...{
      type: 'customer_subscriptions',
      customer_email: ann.email,
      reference: 'newsletter',
      metadata: { weekly: true },
    },
    customer: { email: ann.email },
  });
  const again = { customer_email: ann.email.toUpperCase(), reference: 'newsletter' };
  expect((await refusalOf(cl.customer_subscriptions.create(again))).errors[0]).toMatchObject({
    detail: 'reference - has already been taken',
  });
  const wrong = await refusalOf(cl.customer_subscriptions.create({ customer_email: 'x', reference: '' }));
  expect(wrong.errors.map(({ detail }) => detail)).toEqual([
    'customer_email - is invalid',
    "reference - can't be blank",
  ]);
  const { id } = await cl.customer_subscriptions.update({ id: subscription.id, reference: 'weekly' });
  const filters = { customer_email_eq: ann.email, reference_eq: 'weekly' };
  expect(each(await cl.customer_subscriptions.list({ filters }), 'id')).toEqual([id]);
  await cl.customer_subscriptions.delete(id);
  expect((await refusalOf(cl.customer_subscriptions.retrieve(id))).status).toBe(404);
});

it('answers a guest alike for an address that is known and one that is not (SEC-77)', async () => {
  const ann = await app.aCustomer();

  const known = await guest.customer_subscriptions.create({ customer_email: ann.email, reference: 'news' });
  const unknown = await guest.customer_subscriptions.create({ customer_email: 'who@example.com', reference: 'news' });

  expect([known.customer_email, unknown.customer_email]).toEqual([ann.email, 'who@example.com']);
  expect(await guest.customer_subscriptions.retrieve(known.id)).toMatchObject({ reference: 'news' });
  expect((await refusalOf(guest.customer_subscriptions.list())).status).toBe(401);
  expect((await refusalOf(guest.customer_subscriptions.retrieve('ZZZZZZZZZZ'))).status).toBe(401);
});

it("shows a shopper the own subscriptions and nobody else's", async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const shop = sdkFor(app, await wire.customer({ email: ann.email, password: PASSWORD }));
  const own = await shop.customer_subscriptions.create({ customer_email: ann.email, reference: 'own' });
  const foreign = await cl.customer_subscriptions.create({ customer_email: bob.email, reference: 'foreign' });

  expect(each(await shop.customer_subscriptions.list(), 'id')).toEqual([own.id]);
  for (const call of [
    () => shop.customer_subscriptions.retrieve(foreign.id),
    () => shop.customer_subscriptions.delete(foreign.id),
    () => shop.customer_subscriptions.create({ customer_email: bob.email, reference: 'x' }),
    () => shop.customer_subscriptions.create({ customer_email: 'nobody@example.com', reference: 'x' }),
  ]) {
    expect((await refusalOf(call())).status).toBe(401);
  }
});

it('tells who and what a token belongs to', async () => {
  expect(await guest.organization.retrieve()).toMatchObject({
    ...{ type: 'organizations', name: 'Demo Store', slug: 'demo', support_email: 'hello@demo.example' },
    ...{ addresses_phone_required: true, metadata: {} },
  });
  expect(await cl.application.retrieve()).toMatchObject({
    ...{
      type: 'applications',
      name: 'demo-integration',
      kind: 'integration',
      public_access: false,
      redirect_uri: null,
    },
  });
  expect(await guest.application.retrieve()).toMatchObject({ kind: 'sales_channel', public_access: true });
});
