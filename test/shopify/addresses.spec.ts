import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { ADD_ADDRESS, DEFAULT_ADDRESS, DELETE_ADDRESS, shopify, tokenOf, UPDATE_ADDRESS } from './storefront.js';

const BOOK =
  'query B($token: String!) { customer(customerAccessToken: $token) { defaultAddress { id city } addresses(first: 250) { nodes { id city phone lastName } } } }';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

interface Owner {
  readonly ann: TestCustomer;
  readonly token: string;
}

async function anOwner(): Promise<Owner> {
  const ann = await app.aCustomer();
  return { ann, token: await tokenOf(app, ann) };
}

const add = (token: string, address: object): Promise<Answer> => shopify(app, ADD_ADDRESS, { token, address });

async function added(
  token: string,
  address: object,
): Promise<{ readonly id: string; readonly [member: string]: unknown }> {
  const { body, text } = await add(token, address);
  if (!body.data?.customerAddressCreate?.customerAddress) throw new Error(`no address: ${text}`);
  return body.data.customerAddressCreate.customerAddress;
}

const change = (token: string, id: string, address: object): Promise<Answer> =>
  shopify(app, UPDATE_ADDRESS, { token, id, address });

interface Book {
  readonly defaultAddress: { readonly id: string } | null;
  readonly ids: readonly string[];
}

async function bookOf(token: string): Promise<Book> {
  const { body } = await shopify(app, BOOK, { token });
  const { defaultAddress, addresses } = body.data.customer;
  const nodes: readonly { readonly id: string }[] = addresses.nodes;
  return { defaultAddress, ids: nodes.map(({ id }) => id) };
}

const OTTAWA = {
  address1: ' 1 Main St ',
  address2: 'Unit 2',
  city: 'Ottawa',
  company: 'Kiln & Co.',
  country: 'canada',
  province: 'on',
  zip: 'K1P 1J1',
  phone: '+1 (613) 555-0199',
};

it('keeps an address, named as its owner unless it says otherwise', async () => {
  const { token } = await anOwner();

  const address = await added(token, OTTAWA);

  expect(address).toEqual({
    id: expect.stringMatching(/^gid:\/\/shopify\/MailingAddress\/[1-9]\d{0,15}\?model_name=CustomerAddress$/),
    address1: '1 Main St',
    address2: 'Unit 2',
    city: 'Ottawa',
    company: 'Kiln & Co.',
    country: 'Canada',
    countryCode: 'CA',
    countryCodeV2: 'CA',
    firstName: 'Ann',
    lastName: 'Lee',
    name: 'Ann Lee',
    formattedArea: 'Ottawa ON, Canada',
    formatted: ['Kiln & Co.', '1 Main St', 'Unit 2', 'Ottawa ON K1P 1J1', 'Canada'],
    named: ['Ann Lee', '1 Main St', 'Unit 2', 'Ottawa ON K1P 1J1', 'Canada'],
    latitude: null,
    longitude: null,
    phone: '+1 (613) 555-0199',
    province: 'Ontario',
    provinceCode: 'ON',
    zip: 'K1P 1J1',
  });
});

it('takes an address without any data, and one with nothing but a country', async () => {
  const { token } = await anOwner();

  expect(await added(token, {})).toMatchObject({ country: null, name: 'Ann Lee', formattedArea: null, formatted: [] });
  expect(await added(token, { country: 'CA', firstName: ' ', lastName: 'Kiln' })).toMatchObject({
    formattedArea: 'Canada',
    name: 'Ann Kiln',
  });
});

it.each([
  [
    { country: 'JP', province: 'Tokyo' },
    { country: 'Japan', province: 'Tōkyō', provinceCode: 'JP-13' },
  ],
  [
    { country: 'jp', province: 'jp-13' },
    { country: 'Japan', province: 'Tōkyō', provinceCode: 'JP-13' },
  ],
  [
    { country: 'Germany', province: 'Bayern' },
    { country: 'Germany', province: null, provinceCode: null },
  ],
  [
    { country: 'SG', province: 'anything' },
    { country: 'Singapore', province: null, provinceCode: null },
  ],
  [
    { country: 'Italy', province: 'Roma' },
    { country: 'Italy', province: 'Roma', provinceCode: 'RM' },
  ],
  [
    { country: 'Malaysia', province: 'Kuala Lumpur' },
    { country: 'Malaysia', province: 'Kuala Lumpur', provinceCode: 'KUL', formattedArea: 'KUL, Malaysia' },
  ],
  [
    { country: 'MX', province: 'AGS' },
    { country: 'Mexico', province: 'Aguascalientes', provinceCode: 'AGS' },
  ],
  [
    { country: 'Moldova, Republic of', province: null },
    { country: 'Moldova', countryCodeV2: 'MD' },
  ],
  [{ province: 'Ontario' }, { country: null, province: null, provinceCode: null }],
])('understands %j', async (given, understood) => {
  const { token } = await anOwner();

  expect(await added(token, given)).toMatchObject(understood);
});

it('changes only what is in the input; null clears', async () => {
  const { token } = await anOwner();
  const { id } = await added(token, OTTAWA);

  const first = await change(token, id, { address2: null, company: ' ', city: 'Toronto' });
  const second = await change(token, id, { address1: null, province: 'Quebec', lastName: null });
  const third = await change(token, id, { country: 'US' });

  expect(first.body.data.customerAddressUpdate).toMatchObject({
    customerAddress: {
      id,
      address1: '1 Main St',
      address2: null,
      company: null,
      city: 'Toronto',
      province: 'Ontario',
      phone: '+1 (613) 555-0199',
    },
    customerUserErrors: [],
    userErrors: [],
  });
  expect(second.body.data.customerAddressUpdate.customerAddress).toMatchObject({
    address1: null,
    city: 'Toronto',
    country: 'Canada',
    provinceCode: 'QC',
    name: 'Ann',
  });
  expect(third.body.data.customerAddressUpdate.customerAddress).toMatchObject({
    country: 'United States',
    province: null,
  });
});

it('points to the first address, to the one that is chosen, and to the oldest one where the chosen one is gone', async () => {
  const { token } = await anOwner();
  expect((await bookOf(token)).defaultAddress).toBeNull();
  const [one, two, three] = [
    await added(token, { city: '1' }),
    await added(token, { city: '2' }),
    await added(token, { city: '3' }),
  ];
  expect((await bookOf(token)).defaultAddress?.id).toBe(one.id);

  const { body } = await shopify(app, DEFAULT_ADDRESS, { token, id: three.id });
  expect(body.data.customerDefaultAddressUpdate).toMatchObject({
    customer: { defaultAddress: { id: three.id } },
    customerUserErrors: [],
  });
  await shopify(app, DELETE_ADDRESS, { token, id: three.id });
  expect(await bookOf(token)).toMatchObject({ defaultAddress: { id: one.id }, ids: [one.id, two.id] });

  const four = await added(token, { city: '4' });
  expect(await bookOf(token)).toMatchObject({ defaultAddress: { id: four.id }, ids: [one.id, two.id, four.id] });
});

it('takes an id with any query part or none, escaped or in Base64, and tells a deleted one as it was given', async () => {
  const { token } = await anOwner();
  const forms = [
    (id: string): string => id,
    (id: string): string => id.replace(/\?.*/, ''),
    (id: string): string => `${id}&customer_access_token=${token}`,
    (id: string): string => encodeURIComponent(id),
    (id: string): string => Buffer.from(id).toString('base64'),
  ];

  for (const form of forms) {
    const id = form((await added(token, { city: 'Graz' })).id);
    expect((await change(token, id, { city: 'Linz' })).body.data.customerAddressUpdate.customerUserErrors).toEqual([]);
    const { body } = await shopify(app, DELETE_ADDRESS, { token, id });
    expect(body.data.customerAddressDelete).toEqual({
      deletedCustomerAddressId: id,
      customerUserErrors: [],
      userErrors: [],
    });
  }
  expect((await bookOf(token)).ids).toEqual([]);
});

it('refuses the same address twice, when it is new and when it becomes so', async () => {
  const { token } = await anOwner();
  const taken = [{ code: 'TAKEN', field: ['address'], message: 'Address already exists' }];
  await added(token, OTTAWA);
  const { id } = await added(token, { ...OTTAWA, zip: 'K1P 1J2' });

  const again = await add(token, { ...OTTAWA, city: ' Ottawa', country: 'CA', province: 'Ontario' });
  const changed = await change(token, id, { zip: 'K1P 1J1' });
  const same = await change(token, id, { zip: 'K1P 1J2' });

  expect(again.body.data.customerAddressCreate).toMatchObject({ customerAddress: null, customerUserErrors: taken });
  expect(changed.body.data.customerAddressUpdate).toMatchObject({ customerAddress: null, customerUserErrors: taken });
  expect(same.body.data.customerAddressUpdate.customerUserErrors).toEqual([]);
});
