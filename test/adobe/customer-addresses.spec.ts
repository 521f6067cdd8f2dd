import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf } from './wire.js';

const ADDRESS_FIELDS = `city company country_code country_id custom_attributes{attribute_code value}
  custom_attributesV2{code} customer_id default_billing default_shipping extension_attributes{attribute_code value}
  fax firstname id lastname middlename postcode prefix region{region region_code region_id} region_id street suffix
  telephone uid vat_id`;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** What a customer reads of itself. */
async function read(customer: TestCustomer, fields: string): Promise<Answer> {
  return clientOf(app)(`{customer{${fields}}}`, {}, bearer(await app.signedIn(customer)));
}

async function addressesOf(customer: TestCustomer, fields: string): Promise<Record<string, unknown>[]> {
  const { body } = await read(customer, `addresses{${fields}}`);
  return body.data.customer.addresses as Record<string, unknown>[];
}

it('shows every field of an address', async () => {
  const ann = await app.aCustomer({
    addresses: [
      {
        firstName: 'Anna',
        middleName: 'M.',
        lastName: 'Leigh',
        namePrefix: 'Ms',
        nameSuffix: 'Jr',
        company: 'Lee & Co',
        lines: ['500 Main St', 'Floor 2'],
        city: 'Austin',
        region: 'Texas',
        regionCode: 'TX',
        countryCode: 'US',
        postcode: '78701',
        phone: '+1 (512) 555-0100',
        fax: '512 555 0101',
        vatNumber: 'US-1',
        defaultBilling: true,
      },
    ],
  });

  const { body } = await read(ann, `default_billing default_shipping addresses{${ADDRESS_FIELDS}}`);

  const [address] = body.data.customer.addresses;
  expect(address).toEqual({
    city: 'Austin',
    company: 'Lee & Co',
    country_code: 'US',
    country_id: 'US',
    custom_attributes: null,
    custom_attributesV2: [],
    customer_id: null,
    default_billing: true,
    default_shipping: false,
    extension_attributes: null,
    fax: '512 555 0101',
    firstname: 'Anna',
    id: expect.any(Number),
    lastname: 'Leigh',
    middlename: 'M.',
    postcode: '78701',
    prefix: 'Ms',
    region: { region: 'Texas', region_code: 'TX', region_id: 57 },
    region_id: 57,
    street: ['500 Main St', 'Floor 2'],
    suffix: 'Jr',
    telephone: '+1 (512) 555-0100',
    uid: Buffer.from(String(address.id)).toString('base64'),
    vat_id: 'US-1',
  });
  expect(body.data.customer).toMatchObject({ default_billing: String(address.id), default_shipping: null });
});

it('shows null, empty lists and false where an address says nothing', async () => {
  const ann = await app.aCustomer({ addresses: [{}] });

  const [address] = await addressesOf(ann, ADDRESS_FIELDS);

  const { id, uid, street, custom_attributesV2, default_billing, default_shipping, region, ...rest } = address ?? {};
  expect([typeof id, typeof uid]).toEqual(['number', 'string']);
  expect({ street, custom_attributesV2, default_billing, default_shipping }).toEqual({
    street: [],
    custom_attributesV2: [],
    default_billing: false,
    default_shipping: false,
  });
  expect(region).toEqual({ region: null, region_code: null, region_id: null });
  expect(new Set(Object.values(rest))).toEqual(new Set([null]));
});

it('tells the default billing and the default shipping address apart', async () => {
  const ann = await app.aCustomer({
    addresses: [{ city: 'A' }, { city: 'B', defaultBilling: true }, { city: 'C', defaultShipping: true }],
  });

  const { body } = await read(
    ann,
    'default_billing default_shipping addresses{id city default_billing default_shipping}',
  );

  const { addresses, default_billing, default_shipping } = body.data.customer;
  expect(addresses).toMatchObject([
    { city: 'A', default_billing: false, default_shipping: false },
    { city: 'B', default_billing: true, default_shipping: false },
    { city: 'C', default_billing: false, default_shipping: true },
  ]);
  expect([default_billing, default_shipping]).toEqual([String(addresses[1].id), String(addresses[2].id)]);
});

it("numbers the regions as the vendor's installer does", async () => {
  const expected = [
    ['US', 'AL', 1],
    ['US', 'AK', 2],
    ['US', 'AZ', 4],
    ['US', 'CA', 12],
    ['US', 'DC', 16],
    ['US', 'NY', 43],
    ['US', 'PA', 51],
    ['US', 'TX', 57],
    ['US', 'WY', 65],
    ['CA', 'AB', 66],
    ['CA', 'ON', 74],
    ['CA', 'YT', 78],
    ['GB', 'KEN', null],
    ['US', 'XX', null],
    ['DE', 'AL', null],
  ] as const;
  const ann = await app.aCustomer({
    addresses: expected.map(([countryCode, regionCode]) => ({ countryCode, regionCode })),
  });

  const addresses = await addressesOf(ann, 'country_code region_id region{region_code region_id}');

  expect(addresses).toEqual(
    expected.map(([country_code, region_code, region_id]) => ({
      country_code,
      region_id,
      region: { region_code, region_id },
    })),
  );
});

it("shows a country that the vendor's list does not know as text only", async () => {
  const ann = await app.aCustomer({ addresses: [{ countryCode: 'XK' }] });

  expect(await addressesOf(ann, 'country_code country_id')).toEqual([{ country_code: null, country_id: 'XK' }]);
});

it('shows nobody the addresses of another customer (SEC-65)', async () => {
  await app.aCustomer({ addresses: [{ city: 'Elsewhere' }] });
  const bob = await app.aCustomer({ addresses: [{ city: 'Here' }] });

  expect(await addressesOf(bob, 'city')).toEqual([{ city: 'Here' }]);
});

it.each([
  ['', { current_page: 1, page_size: 5, total_pages: 2 }, ['1', '2', '3', '4', '5']],
  ['(currentPage:2)', { current_page: 2, page_size: 5, total_pages: 2 }, ['6', '7']],
  ['(pageSize:3,currentPage:3)', { current_page: 3, page_size: 3, total_pages: 3 }, ['7']],
  ['(pageSize:300)', { current_page: 1, page_size: 300, total_pages: 1 }, ['1', '2', '3', '4', '5', '6', '7']],
  ['(currentPage:9)', { current_page: 9, page_size: 5, total_pages: 2 }, []],
  ['(currentPage:null,pageSize:null)', { current_page: 1, page_size: 5, total_pages: 2 }, ['1', '2', '3', '4', '5']],
])('pages through the addresses: addressesV2%s', async (paging, page_info, cities) => {
  const ann = await app.aCustomer({ addresses: ['1', '2', '3', '4', '5', '6', '7'].map((city) => ({ city })) });

  const { body } = await read(
    ann,
    `addressesV2${paging}{total_count page_info{current_page page_size total_pages} items{city}}`,
  );

  expect(body.data.customer.addressesV2).toEqual({
    total_count: 7,
    page_info,
    items: cities.map((city) => ({ city })),
  });
});

it('has no page where there is no address', async () => {
  const { body } = await read(await app.aCustomer(), 'addressesV2{total_count page_info{total_pages} items{id}}');

  expect(body.data.customer.addressesV2).toEqual({ total_count: 0, page_info: { total_pages: 0 }, items: [] });
});

it.each([
  ['currentPage:0', 'currentPage value must be greater than 0.'],
  ['currentPage:-1', 'currentPage value must be greater than 0.'],
  ['pageSize:0', 'pageSize value must be greater than 0.'],
  ['pageSize:-5', 'pageSize value must be greater than 0.'],
])('refuses addressesV2(%s) and tells the rest', async (paging, message) => {
  const ann = await app.aCustomer();

  const { body } = await read(ann, `email addressesV2(${paging}){total_count}`);

  expect(body.data.customer).toEqual({ email: ann.email, addressesV2: null });
  expect(body.errors).toMatchObject([
    { message, path: ['customer', 'addressesV2'], extensions: { category: 'graphql-input' } },
  ]);
});
