import { TestApp, type TestCustomer } from '../support/test-app.js';
import { ADD_ADDRESS, DEFAULT_ADDRESS, DELETE_ADDRESS, gid, shopify, tokenOf, UPDATE_ADDRESS } from './storefront.js';

const BOOK =
  'query B($token: String!) { customer(customerAccessToken: $token) { defaultAddress { id } addresses(first: 9) { nodes { id city firstName lastName company address1 address2 country province zip phone } } } }';
const LABELS = {
  address1: 'Address1',
  address2: 'Address2',
  city: 'City',
  company: 'Company',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  zip: 'Zip',
};
const MEMBERS = [...Object.keys(LABELS), 'country', 'province'];

let app: TestApp;
let ann: TestCustomer;
let token: string;
let id: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  ann = await app.aCustomer();
  token = await tokenOf(app, ann);
  const { body } = await shopify(app, ADD_ADDRESS, { token, address: { city: 'Graz', country: 'CA', province: 'ON' } });
  id = body.data.customerAddressCreate.customerAddress.id;
});

afterAll(() => app.stop());

async function book(): Promise<unknown> {
  return (await shopify(app, BOOK, { token })).body.data.customer;
}

const RULES: readonly (readonly [string, string, string])[] = [
  ['x'.repeat(256), 'TOO_LONG', 'is too long (maximum is 255 characters)'],
  ['<script>x</script>', 'CONTAINS_HTML_TAGS', 'cannot contain HTML tags'],
  ['see https://evil.example', 'CONTAINS_URL', 'cannot contain URL'],
  ['a\u0000b', 'INVALID', 'is invalid'],
  ['a\u0085b', 'INVALID', 'is invalid'],
  ['a\ud800b', 'INVALID', 'is invalid'],
  ['Main 😀', 'INVALID', 'cannot contain emojis'],
];

it.each(Object.entries(LABELS))('refuses what no %s is, and changes nothing (SEC-3, SEC-4)', async (member, label) => {
  const before = await book();

  for (const [value, code, message] of RULES) {
    const told = [{ code, field: ['address', member], message: `${label} ${message}` }];
    const created = await shopify(app, ADD_ADDRESS, { token, address: { [member]: value } });
    const updated = await shopify(app, UPDATE_ADDRESS, { token, id, address: { company: 'new', [member]: value } });
    expect(created.body.data.customerAddressCreate).toMatchObject({ customerAddress: null, customerUserErrors: told });
    if (member === 'company') continue;
    expect(updated.body.data.customerAddressUpdate).toMatchObject({ customerAddress: null, customerUserErrors: told });
  }
  expect(await book()).toEqual(before);
});

it.each([
  [{ country: 'Atlantis' }, ['country'], ['Country is invalid']],
  [{ country: 'ZZ' }, ['country'], ['Country is invalid']],
  [{ country: 'CA', province: 'Texas' }, ['province'], ['Province is invalid']],
  [{ country: 'Atlantis', province: 'Texas' }, ['country'], ['Country is invalid']],
])('refuses the place %j', async (address, members, messages) => {
  const { body } = await shopify(app, ADD_ADDRESS, { token, address });

  expect(body.data.customerAddressCreate.customerUserErrors).toEqual(
    members.map((member, at) => ({ code: 'INVALID', field: ['address', member], message: messages[at] })),
  );
});

it('tells all that is wrong together', async () => {
  const address = { city: '<b>x</b>', zip: 'www.x.example', country: 'Atlantis', phone: 'x'.repeat(300) };
  const { body } = await shopify(app, ADD_ADDRESS, { token, address });

  const told: readonly { readonly field: readonly string[] }[] = body.data.customerAddressCreate.customerUserErrors;
  expect(told.map(({ field }) => field[1]).sort()).toEqual(['city', 'country', 'phone', 'zip']);
});

it.each(MEMBERS)('refuses a %s of another type, and members that there are not (SEC-1, SEC-2)', async (member) => {
  const before = await book();

  for (const value of [7, true, ['x'], { x: 'y' }]) {
    for (const [query, more] of [
      [ADD_ADDRESS, {}],
      [UPDATE_ADDRESS, { id }],
    ] as const) {
      const { status, body } = await shopify(app, query, { token, ...more, address: { [member]: value } });
      expect([status, body.data]).toEqual([200, undefined]);
      expect(body.errors[0].extensions).toMatchObject({ code: 'INVALID_VARIABLE', problems: [{ path: [member] }] });
    }
  }
  const { body } = await shopify(app, ADD_ADDRESS, { token, address: { id: 1, customerId: 1 } });
  expect(body.errors[0].extensions.code).toBe('INVALID_VARIABLE');
  expect(await book()).toEqual(before);
});

describe("an id that is not one of the customer's addresses (SEC-65)", () => {
  const operations = [
    ['customerAddressUpdate', UPDATE_ADDRESS, 'id'],
    ['customerAddressDelete', DELETE_ADDRESS, 'id'],
    ['customerDefaultAddressUpdate', DEFAULT_ADDRESS, 'addressId'],
  ] as const;

  it.each(operations)('is not found by %s', async (operation, query, argument) => {
    const ben = await app.aCustomer();
    const bensToken = await tokenOf(app, ben);
    const number = /\d+/.exec(id)?.[0] ?? '';
    const before = await book();
    const ids = [
      [id, bensToken],
      [`gid://shopify/MailingAddress/${number}?customer_access_token=${token}`, bensToken],
      [gid(Number(number)), token],
      [gid(ann.number), token],
      [`gid://shopify/MailingAddress/${ann.number}`, token],
      [`gid://shopify/MailingAddress/0`, token],
      [`gid://shopify/MailingAddress/99999999999999999999`, token],
      [`gid://shopify/MailingAddress/${number}x`, token],
    ] as const;

    for (const [given, presented] of ids) {
      const { body } = await shopify(app, query, { token: presented, id: given, address: { city: 'Linz' } });
      const told = { field: [argument], message: 'Address does not exist' };
      expect(body.data[operation]).toMatchObject({
        customerUserErrors: [{ code: 'NOT_FOUND', ...told }],
        userErrors: [told],
      });
      expect(Object.values(body.data[operation])).toContain(null);
    }
    expect(await book()).toEqual(before);
  });

  it.each(operations)(
    'is refused by %s before anything is looked up where it is no global id',
    async (_name, query) => {
      const number = /\d+/.exec(id)?.[0] ?? '';
      const before = await book();

      for (const bad of [
        number,
        Number(number),
        '',
        '1 OR 1=1',
        `gid://other/MailingAddress/${number}`,
        [id],
        { id },
        'gid%ZZ',
        'x'.repeat(2000),
      ]) {
        const { status, body } = await shopify(app, query, { token, id: bad, address: { city: 'Linz' } });
        expect([status, body.data]).toEqual([200, undefined]);
        expect(body.errors[0].extensions.code).toBe('INVALID_VARIABLE');
      }
      expect(await book()).toEqual(before);
    },
  );

  it.each([...operations, ['customerAddressCreate', ADD_ADDRESS, '']] as const)(
    'is not looked at by %s where the token is dead',
    async (operation, query) => {
      const { body } = await shopify(app, query, { token: 'nobody', id, address: { city: '<b>' } });

      expect(body.data).toEqual({ [operation]: null });
      const requiredAccess = expect.stringMatching(/Also: Requires valid customer access token\.$/);
      expect(body.errors).toMatchObject([
        { path: [operation], locations: [], extensions: { code: 'ACCESS_DENIED', requiredAccess } },
      ]);
    },
  );
});
