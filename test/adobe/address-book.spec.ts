import { TestApp, type Answer } from '../support/test-app.js';
import { bearer, clientOf, refusal, texts } from './wire.js';

const FIELDS = `id uid firstname lastname company street city postcode country_code telephone default_billing
  default_shipping region{region region_code region_id}`;
const operations = {
  create: `mutation($input:CustomerAddressInput!){createCustomerAddress(input:$input){${FIELDS}}}`,
  update: `mutation($id:Int!,$input:CustomerAddressInput){updateCustomerAddress(id:$id,input:$input){${FIELDS}}}`,
  updateV2: `mutation($uid:ID!,$input:CustomerAddressInput){updateCustomerAddressV2(uid:$uid,input:$input){${FIELDS}}}`,
  remove: 'mutation($id:Int!){deleteCustomerAddress(id:$id)}',
  removeV2: 'mutation($uid:ID!){deleteCustomerAddressV2(uid:$uid)}',
} as const;

const AUSTIN = {
  firstname: 'Ann',
  lastname: 'Lee',
  street: ['500 Main St', '', ''],
  city: 'Austin',
  postcode: '78701',
  country_code: 'US',
  region: { region_code: 'TX' },
  telephone: '512 555 0100',
};
const GRAZ = {
  ...AUSTIN,
  city: 'Graz',
  postcode: '8010',
  country_code: 'AT',
  region: { region: 'Steiermark', region_code: 'ST' },
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

type Ask = (operation: keyof typeof operations, variables: object) => Promise<Answer>;

async function aShopper(): Promise<Ask & { readonly token: string }> {
  const token = await app.signedIn(await app.aCustomer());
  const ask: Ask = (operation, variables) => clientOf(app)(operations[operation], variables, bearer(token));
  return Object.assign(ask, { token });
}

async function created(ask: Ask, given: object = {}): Promise<{ id: number; uid: string }> {
  const { body } = await ask('create', { input: { ...AUSTIN, ...given } });
  return body.data.createCustomerAddress as { id: number; uid: string };
}

async function bookOf(token: string): Promise<unknown[]> {
  const { body } = await clientOf(app)(
    `{customer{default_billing default_shipping addresses{${FIELDS}}}}`,
    {},
    bearer(token),
  );
  return body.data.customer.addresses as unknown[];
}

it('keeps a new address, its region found by code, and marks it where that is asked for', async () => {
  const ask = await aShopper();

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
  expect(await bookOf(ask.token)).toEqual([address]);
});

it.each([
  ['an id', { region_id: 57 }, { region: 'Texas', region_code: 'TX', region_id: 57 }],
  ['an id and its code', { region_id: 57, region_code: 'tx' }, { region: 'Texas', region_code: 'TX', region_id: 57 }],
  ['a name', { region: 'california' }, { region: 'California', region_code: 'CA', region_id: 12 }],
  ['a code in place of the name', { region: 'NY' }, { region: 'New York', region_code: 'NY', region_id: 43 }],
])('finds a region by %s', async (_what, region, found) => {
  const ask = await aShopper();

  const { body } = await ask('create', { input: { ...AUSTIN, region } });

  expect(body.data.createCustomerAddress.region).toEqual(found);
});

it('takes any region where a country has none of its own, and none at all', async () => {
  const ask = await aShopper();

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
  const ask = await aShopper();

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
  const ask = await aShopper();

  const { body } = await ask('create', { input });

  expect(body).toEqual(refusal('createCustomerAddress', message));
  expect(await bookOf(ask.token)).toEqual([]);
});

it('needs no postcode where the country has none', async () => {
  const ask = await aShopper();

  const { body } = await ask('create', { input: { ...GRAZ, country_code: 'IE', postcode: null } });

  expect(body.data.createCustomerAddress.postcode).toBeNull();
});

it('wants a region_id where the store is strict', async () => {
  await app.setUp({ policy: { limits: 'off' }, adobe: { strictRegion: true } });
  const ask = await aShopper();

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

describe.each([
  ['updateCustomerAddress', 'update', 'remove'],
  ['updateCustomerAddressV2', 'updateV2', 'removeV2'],
] as const)('%s', (operation, update, remove) => {
  const isV2 = update === 'updateV2';
  const keyOf = ({ id, uid }: { id: number; uid: string }): object => (isV2 ? { uid } : { id });
  const removal = isV2 ? 'deleteCustomerAddressV2' : 'deleteCustomerAddress';

  it('changes what is given, moves the marks, and leaves the rest', async () => {
    const ask = await aShopper();
    const [first, second] = [await created(ask, { default_shipping: true }), await created(ask)];

    const { body } = await ask(update, {
      ...keyOf(second),
      input: { city: 'Dallas', default_shipping: true, default_billing: true, firstname: null },
    });

    expect(body.data[operation]).toMatchObject({
      ...second,
      city: 'Dallas',
      firstname: 'Ann',
      default_shipping: true,
      default_billing: true,
      region: { region_code: 'TX' },
    });
    expect(await bookOf(ask.token)).toMatchObject([
      { id: first.id, default_shipping: false },
      { id: second.id, default_shipping: true },
    ]);
  });

  it('forgets the region with the country', async () => {
    const ask = await aShopper();
    const address = await created(ask);

    const { body } = await ask(update, { ...keyOf(address), input: { country_code: 'AT' } });

    expect(body.data[operation].region).toEqual({ region: null, region_code: null, region_id: null });
  });

  it.each([
    ['no input', null, '"input" value must be specified'],
    ['an empty input', {}, '"input" value must be specified'],
    ['a blank name', { firstname: ' ', city: '' }, 'Required parameters are missing: firstname, city'],
    ['no postcode any more', { postcode: '' }, 'Required parameters are missing: postcode'],
    [
      "another country's region",
      { region: { region_id: 70 } },
      'The region_id does not match the selected country or region',
    ],
    [
      'a country that wants another region',
      { country_code: 'CA' },
      'A region_id is required for the specified country code',
    ],
    ['too many lines', { street: ['a', 'b', 'c'] }, '"Street Address" cannot contain more than 2 lines.'],
  ])('refuses %s and changes nothing', async (_what, input, message) => {
    const ask = await aShopper();
    const address = await created(ask);
    const before = await bookOf(ask.token);

    const { body } = await ask(update, { ...keyOf(address), input });

    expect(body).toEqual(refusal(operation, message));
    expect(await bookOf(ask.token)).toEqual(before);
  });

  it("neither finds nor touches another customer's address (SEC-65)", async () => {
    const [ann, ben] = [await aShopper(), await aShopper()];
    const address = await created(ann);
    const unknown = isV2
      ? 'Could not find an address with the specified ID'
      : `Could not find a address with ID "${address.id}"`;

    const changed = await ben(update, { ...keyOf(address), input: { city: 'Dallas' } });
    const removed = await ben(remove, keyOf(address));

    const category = 'graphql-no-such-entity' as const;
    expect(changed.body).toEqual(refusal(operation, unknown, category));
    expect(removed.body).toEqual(refusal(removal, unknown, category));
    expect(await bookOf(ann.token)).toMatchObject([{ city: 'Austin' }]);
  });

  it('deletes an address, but none that is marked', async () => {
    const ask = await aShopper();
    const [billing, shipping, plain] = [
      await created(ask, { default_billing: true }),
      await created(ask, { default_shipping: true }),
      await created(ask),
    ];
    const named = ({ id }: { id: number }): string =>
      isV2 ? 'Customer Address with the specified ID' : `Customer Address ${id}`;

    const answers = [
      await ask(remove, keyOf(billing)),
      await ask(remove, keyOf(shipping)),
      await ask(remove, keyOf(plain)),
    ];

    expect(answers.map(({ body }) => body)).toEqual([
      refusal(removal, `${named(billing)} is set as default billing address and can not be deleted`),
      refusal(removal, `${named(shipping)} is set as default shipping address and can not be deleted`),
      { data: { [removal]: true } },
    ]);
    expect(await bookOf(ask.token)).toHaveLength(2);
  });

  it('wants an id, and a customer who is signed in', async () => {
    const ask = await aShopper();
    const nothing = isV2 ? { uid: '' } : { id: 0 };
    const text = `Address "${isV2 ? 'uid' : 'id'}" value must be specified`;

    const [updated, removed] = [await ask(update, { ...nothing, input: { city: 'x' } }), await ask(remove, nothing)];
    const guest = await clientOf(app)(operations[remove], isV2 ? { uid: 'MQ==' } : { id: 1 });

    expect([updated.body, removed.body]).toEqual([refusal(operation, text), refusal(removal, text)]);
    expect(guest.body).toEqual(refusal(removal, texts.unauthorized, 'graphql-authorization'));
  });
});

it.each(['MQ', 'MDE=', '1', 'LTE=', 'MS41', 'eA==', 'MTAwMDAwMDAwMDAwMA=='])(
  'takes the uid %s for nobody’s',
  async (uid) => {
    const ask = await aShopper();

    const { body } = await ask('removeV2', { uid });

    expect(body).toEqual(
      refusal('deleteCustomerAddressV2', 'Could not find an address with the specified ID', 'graphql-no-such-entity'),
    );
  },
);

it.each(['id', 'customer_id', 'extension_attributes', 'uid'])(
  'does not know the member %s of an address (SEC-2)',
  async (member) => {
    const ask = await aShopper();

    const { body } = await ask('create', { input: { ...AUSTIN, [member]: 1 } });

    expect(body.errors[0].message).toMatch(new RegExp(`Field "${member}" is not defined by type`));
  },
);
