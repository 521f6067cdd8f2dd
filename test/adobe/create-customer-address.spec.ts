import { TestApp } from '../support/test-app.js';
import { aShopper, AUSTIN, bookOf, GRAZ } from './address-book.js';
import { refusal } from './wire.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

it('keeps a new address, its region found by code, and marks it where that is asked for', async () => {
  const ask = await aShopper(app);

  const { body } = await ask('create', { input: { ...AUSTIN, default_billing: true, company: ' Lee & Co ' } });

  const address = {
    id: expect.any(Number),
    uid: expect.any(String),
    firstname: 'Ann',
    lastname: 'Lee',
    company: 'Lee & Co',
    street: ['500 Main St'],
    city: 'Austin',
    postcode: '78701',
    country_code: 'US',
    telephone: '512 555 0100',
    default_billing: true,
    default_shipping: false,
    region: { region: 'Texas', region_code: 'TX', region_id: 57 },
  };
  expect(body).toEqual({ data: { createCustomerAddress: address } });
  expect(await bookOf(app, ask.token)).toEqual([address]);
});

it.each([
  ['an id', { region_id: 57 }, { region: 'Texas', region_code: 'TX', region_id: 57 }],
  ['an id and its code', { region_id: 57, region_code: 'tx' }, { region: 'Texas', region_code: 'TX', region_id: 57 }],
  ['a name', { region: 'california' }, { region: 'California', region_code: 'CA', region_id: 12 }],
  ['a code in place of the name', { region: 'NY' }, { region: 'New York', region_code: 'NY', region_id: 43 }],
])('finds a region by %s', async (_what, region, found) => {
  const ask = await aShopper(app);

  const { body } = await ask('create', { input: { ...AUSTIN, region } });

  expect(body.data.createCustomerAddress.region).toEqual(found);
});

it('takes any region where a country has none of its own, and none at all', async () => {
  const ask = await aShopper(app);

  const free = await ask('create', { input: GRAZ });
  const none = await ask('create', { input: { ...GRAZ, region: null } });

  expect(free.body.data.createCustomerAddress.region).toEqual({
    region: 'Steiermark',
    region_code: 'ST',
    region_id: null,
  });
  expect(none.body.data.createCustomerAddress.region).toEqual({ region: null, region_code: null, region_id: null });
});

it('lets country_code win over country_id', async () => {
  const ask = await aShopper(app);

  const { body } = await ask('create', { input: { ...GRAZ, country_id: 'US' } });

  expect(body.data.createCustomerAddress.country_code).toBe('AT');
});

it.each<[string, object, string]>([
  ['nothing', {}, '"input" value should be specified'],
  ['no first name', { ...AUSTIN, firstname: null }, 'Required parameters are missing: firstname'],
  [
    'most of it missing',
    { country_code: 'US' },
    'Required parameters are missing: postcode, firstname, lastname, street, city, telephone',
  ],
  ['no country', { ...AUSTIN, country_code: null }, 'Required parameters are missing: country_id'],
  ['blank lines for a street', { ...AUSTIN, street: ['', ' '] }, 'Required parameters are missing: street'],
  ['three lines', { ...AUSTIN, street: ['a', 'b', 'c'] }, '"Street Address" cannot contain more than 2 lines.'],
  ['no region', { ...AUSTIN, region: null }, 'A region_id is required for the specified country code'],
  [
    'an unknown region',
    { ...AUSTIN, region: { region: 'Atlantis' } },
    'A region_id is required for the specified country code',
  ],
  [
    "another country's region",
    { ...AUSTIN, region: { region_id: 66 } },
    'The region_id does not match the selected country or region',
  ],
  [
    'a region that is not its code',
    { ...AUSTIN, region: { region_id: 57, region_code: 'CA' } },
    'The region_id does not match the selected country or region',
  ],
  [
    'a region id for a country that has none',
    { ...GRAZ, region: { region_id: 57 } },
    'The region_id does not match the selected country or region',
  ],
  ['a long city', { ...AUSTIN, city: 'x'.repeat(256) }, 'The value of "city" is too long.'],
  ['a long fax', { ...AUSTIN, fax: '1'.repeat(65) }, 'The value of "fax" is too long.'],
  [
    'a control character',
    { ...AUSTIN, city: 'Aus\u0000tin' },
    'The value of "city" contains characters that are not allowed.',
  ],
])('refuses a new address with %s and keeps nothing', async (_what, input, message) => {
  const ask = await aShopper(app);

  const { body } = await ask('create', { input });

  expect(body).toEqual(refusal('createCustomerAddress', message));
  expect(await bookOf(app, ask.token)).toEqual([]);
});

it('needs no postcode where the country has none', async () => {
  const ask = await aShopper(app);

  const { body } = await ask('create', { input: { ...GRAZ, country_code: 'IE', postcode: null } });

  expect(body.data.createCustomerAddress.postcode).toBeNull();
});

it('wants a region_id where the store is strict', async () => {
  await app.setUp({ policy: { limits: 'off' }, adobe: { strictRegion: true } });
  const ask = await aShopper(app);

  const [byCode, byId] = [
    await ask('create', { input: AUSTIN }),
    await ask('create', { input: { ...AUSTIN, region: { region_id: 57 } } }),
  ];
  await app.setUp({ policy: { limits: 'off' } });

  expect(byCode.body).toEqual(
    refusal('createCustomerAddress', 'A region_id is required for the specified country code'),
  );
  expect(byId.body.data.createCustomerAddress.region.region_code).toBe('TX');
});

it.each(['id', 'customer_id', 'extension_attributes', 'uid'])(
  'does not know the member %s of an address (SEC-2)',
  async (member) => {
    const ask = await aShopper(app);

    const { body } = await ask('create', { input: { ...AUSTIN, [member]: 1 } });

    expect(body.errors[0].message).toMatch(new RegExp(`Field "${member}" is not defined by type`));
  },
);
