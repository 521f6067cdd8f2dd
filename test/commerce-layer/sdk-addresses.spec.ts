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

const HOME = {
  first_name: 'John',
  last_name: 'Smith',
  line_1: '2883 Geraldine Lane Apt.23',
  city: 'New York',
  zip_code: '10013',
  state_code: 'NY',
  country_code: 'US',
  phone: '(212) 646-338-1228',
};

async function aShopper(): Promise<{ id: string; email: string; shop: Sdk }> {
  const { email } = await app.aCustomer();
  const [{ id } = { id: '' }] = await cl.customers.list({ filters: { email_eq: email } });
  return { id, email, shop: sdkFor(app, await wire.customer({ email, password: PASSWORD })) };
}

it('keeps an address with everything that is said of it, and computes the rest', async () => {
  const address = await cl.addresses.create({
    ...HOME,
    ...{ line_2: 'Back door', email: 'john@example.com', notes: 'Ring twice.\nOr call.', billing_info: 'VAT ID 12' },
    ...{ lat: 40.6, lng: -73.9, reference: 'a-1', reference_origin: 'erp', metadata: { foo: 'bar' } },
  });

  expect(address).toMatchObject({
    ...HOME,
    ...{ type: 'addresses', business: false, company: null, full_name: 'John Smith', line_2: 'Back door' },
    full_address: '2883 Geraldine Lane Apt.23 Back door, 10013 New York NY (US) (212) 646-338-1228',
    name: 'John Smith, 2883 Geraldine Lane Apt.23 Back door, 10013 New York NY (US) (212) 646-338-1228',
    ...{ email: 'john@example.com', notes: 'Ring twice.\nOr call.', billing_info: 'VAT ID 12', lat: 40.6, lng: -73.9 },
    ...{ is_localized: false, is_geocoded: false, provider_name: null, map_url: null, static_map_url: null },
    ...{ reference: 'a-1', reference_origin: 'erp', metadata: { foo: 'bar' } },
  });
  const changed = await cl.addresses.update({ id: address.id, line_2: null, notes: null, lat: null, city: 'Albany' });
  expect(changed).toMatchObject({
    line_1: HOME.line_1,
    line_2: null,
    notes: null,
    lat: null,
    lng: -73.9,
    city: 'Albany',
  });
  expect(await cl.addresses.geocoder(address.id)).toBeFalsy();
});

it('takes a business by its company, and a place without postal codes', async () => {
  const { first_name: _first, last_name: _last, zip_code: _zip, ...rest } = HOME;

  const address = await cl.addresses.create({
    ...rest,
    business: true,
    company: 'ACME',
    country_code: 'HK',
    state_code: '-',
  });

  expect(address).toMatchObject({
    business: true,
    full_name: 'ACME',
    country_code: 'HK',
    state_code: '-',
    zip_code: null,
  });
});

it('says all that is missing or wrong at once', async () => {
  const wrong = await refusalOf(
    cl.addresses.create({ line_1: '', city: 'x', state_code: 'y', country_code: 'ZZ', phone: 'z', email: 'none' }),
  );

  expect(wrong.errors.map(({ detail }) => detail)).toEqual([
    ...[
      "first_name - can't be blank",
      "last_name - can't be blank",
      "line_1 - can't be blank",
      "zip_code - can't be blank",
    ],
    ...['country_code - is invalid', 'email - is invalid'],
  ]);
  const { id } = await cl.addresses.create(HOME);
  const cleared = await refusalOf(cl.addresses.update({ id, city: null }));
  expect(cleared.errors[0]?.source).toEqual({ pointer: '/data/attributes/city' });
});

it('is found by its attributes, and tagged', async () => {
  const tag = await cl.tags.create({ name: 'warehouse' });
  const { id } = await cl.addresses.create({
    ...HOME,
    city: 'Findville',
    notes: 'blue door',
    business: true,
    company: 'B',
    tags: [tag],
  });
  const find = async (filters: Record<string, string | boolean | undefined>): Promise<string[]> =>
    each(await cl.addresses.list({ filters: JSON.parse(JSON.stringify(filters)) as Record<string, string> }), 'id');

  for (const filters of [
    { city_eq: 'Findville' },
    { notes_cont: 'BLUE' },
    { line_1_start: '2883', city_eq: 'Findville' },
    { business_true: true, city_cont: 'findv' },
    { tags_name_in: 'other,warehouse' },
    { state_code_eq: 'NY', city_matches: 'F%ville' },
  ]) {
    expect([filters, await find(filters)]).toEqual([filters, [id]]);
  }
  expect(await find({ city_eq: 'findville' })).toEqual([]);
  expect(each(await cl.addresses.tags(id), 'name')).toEqual(['warehouse']);
  await cl.addresses._remove_tags(id, 'warehouse');
  expect(await cl.addresses.tags(id)).toHaveLength(0);
});

it("takes addresses into a customer's book and out of it again", async () => {
  const { id: customerId, email } = await aShopper();
  const address = await cl.addresses.create(HOME);

  const entry = await cl.customer_addresses.create(
    { customer_email: email, customer: cl.customers.relationship(customerId), address, reference: 'e-1' },
    { include: ['customer', 'address'] },
  );
  expect(entry).toMatchObject({
    ...{ customer_email: email, name: address.name, reference: 'e-1' },
    ...{ customer: { id: customerId, email }, address: { id: address.id } },
  });
  const account = await cl.customers.retrieve(customerId, { include: ['customer_addresses.address'] });
  expect(account.customer_addresses).toMatchObject([{ id: entry.id, address: { id: address.id, city: HOME.city } }]);
  expect(each(await cl.customers.customer_addresses(customerId, { include: ['address'] }), 'id')).toEqual([entry.id]);
  expect((await app.admin('GET', `/customers?email=${email}`)).body.items[0].addresses).toHaveLength(1);

  const twice = { customer_email: email, customer: cl.customers.relationship(customerId), address };
  expect((await refusalOf(cl.customer_addresses.create(twice))).errors[0]).toMatchObject({
    ...{ code: 'VALIDATION_ERROR', detail: 'address - has already been taken' },
  });

  const other = await cl.addresses.create({ ...HOME, city: 'Boston' });
  const moved = await cl.customer_addresses.update({ id: entry.id, address: other, metadata: { a: 1 } });
  expect(moved).toMatchObject({ id: entry.id, reference: 'e-1', metadata: { a: 1 }, created_at: entry.created_at });
  expect(await cl.customer_addresses.address(entry.id)).toMatchObject({ id: other.id, city: 'Boston' });
  expect(
    each(await cl.customer_addresses.list({ filters: { address_city_eq: 'Boston', customer_email_eq: email } }), 'id'),
  ).toEqual([entry.id]);

  await cl.customer_addresses.delete(entry.id);
  expect((await refusalOf(cl.customer_addresses.retrieve(entry.id))).status).toBe(404);
  expect(await cl.addresses.retrieve(other.id)).toMatchObject({ city: 'Boston' });
});

it('shows addresses of the other APIs as entries of the book', async () => {
  const { email } = await app.aCustomer({
    addresses: [{ lines: ['1 Main St', 'Floor 2', 'Door 3'], city: 'Paris', countryCode: 'FR' }],
  });

  const [entry] = await cl.customer_addresses.list({ filters: { customer_email_eq: email }, include: ['address'] });

  expect(entry?.address).toMatchObject({ line_1: '1 Main St', line_2: 'Floor 2, Door 3', city: 'Paris', phone: null });
});

it('leaves no mark on an address that is gone from the book', async () => {
  const home = { lines: ['1 Main St'], city: 'Paris', countryCode: 'FR', defaultShipping: true, defaultBilling: true };
  const { email } = await app.aCustomer({ addresses: [home] });
  const marks = async (): Promise<number> =>
    Number(
      (
        await app.database.select(
          'SELECT COUNT(default_shipping_id) + COUNT(default_billing_id) AS marks FROM customer',
          [],
        )
      )[0]?.['marks'],
    );
  const before = await marks();

  const [entry] = await cl.customer_addresses.list({ filters: { customer_email_eq: email } });
  await cl.customer_addresses.delete(entry?.id ?? '');

  expect([before, await marks()]).toEqual([2, 0]);
});

it('lets shoppers keep their own book, and nobody else', async () => {
  const [ann, bob] = [await aShopper(), await aShopper()];
  const address = await ann.shop.addresses.create(HOME);
  const entry = await ann.shop.customer_addresses.create({
    ...{ customer_email: ann.email, customer: ann.shop.customers.relationship(ann.id), address },
  });

  expect(each(await ann.shop.customer_addresses.list(), 'id')).toEqual([entry.id]);
  expect(each(await ann.shop.customers.customer_addresses(ann.id), 'id')).toEqual([entry.id]);
  expect(await ann.shop.addresses.update({ id: address.id, city: 'Mine' })).toMatchObject({ city: 'Mine' });
  expect(await bob.shop.customer_addresses.list()).toHaveLength(0);
  for (const other of [bob.shop, guest]) {
    for (const call of [
      () => other.addresses.retrieve(address.id),
      () => other.addresses.update({ id: address.id, city: 'Yours' }),
      () => other.addresses.delete(address.id),
      () => other.customer_addresses.retrieve(entry.id),
      () => other.customer_addresses.retrieve('ZZZZZZZZZZ'),
      () => other.customer_addresses.update({ id: entry.id, reference: 'x' }),
      () => other.customer_addresses.delete(entry.id),
      () => other.customers.customer_addresses(ann.id),
      () =>
        other.customer_addresses.create({
          customer_email: ann.email,
          customer: other.customers.relationship(ann.id),
          address,
        }),
    ]) {
      const { status, errors } = await refusalOf(call());
      expect([status, errors[0]?.code]).toEqual([401, 'UNAUTHORIZED']);
    }
  }
  expect(await ann.shop.addresses.retrieve(address.id)).toMatchObject({ city: 'Mine' });
});

it('lets guests back to an address of nobody for a day, by its id', async () => {
  const { id } = await guest.addresses.create(HOME);
  expect(await guest.addresses.update({ id, city: 'Albany' })).toMatchObject({ city: 'Albany' });
  expect((await refusalOf(guest.addresses.list())).status).toBe(401);

  app.clock.advance(24 * 3600 + 1);
  guest = sdkFor(app, await wire.channel());
  cl = sdkFor(app, await wire.integration());
  expect((await refusalOf(guest.addresses.retrieve(id))).status).toBe(401);
  expect((await refusalOf(guest.addresses.retrieve('ZZZZZZZZZZ'))).status).toBe(401);
  expect(await cl.addresses.retrieve(id)).toMatchObject({ city: 'Albany' });
  await cl.addresses.delete(id);
  expect((await refusalOf(cl.addresses.retrieve(id))).status).toBe(404);
});
