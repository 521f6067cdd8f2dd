import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, operations, refusal, texts } from './wire.js';

const UNAUTHORIZED = refusal('customer', texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

/** What a customer reads of itself. */
async function read(customer: TestCustomer, fields: string, variables = {}): Promise<Answer> {
  const query = fields.startsWith('query') ? fields : `{customer{${fields}}}`;
  return clientOf(app)(query, variables, bearer(await app.signedIn(customer)));
}

it('tells a customer all about itself', async () => {
  const ann = await app.aCustomer({ acceptsMarketing: true });

  const { status, body } = await read(
    ann,
    `allow_remote_shopping_assistance confirmation_status created_at date_of_birth default_billing default_shipping dob
     email firstname gender group{uid} group_id id is_confirmed is_subscribed lastname middlename prefix suffix taxvat
     addresses{id} custom_attributes{code} addressesV2{total_count}`,
  );

  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      customer: {
        allow_remote_shopping_assistance: false,
        confirmation_status: 'ACCOUNT_CONFIRMATION_NOT_REQUIRED',
        created_at: app.clock.now().toISOString().slice(0, 19).replace('T', ' '),
        date_of_birth: null,
        default_billing: null,
        default_shipping: null,
        dob: null,
        email: ann.email,
        firstname: 'Ann',
        gender: null,
        group: null,
        group_id: null,
        id: ann.id,
        is_confirmed: true,
        is_subscribed: true,
        lastname: 'Lee',
        middlename: null,
        prefix: null,
        suffix: null,
        taxvat: null,
        addresses: [],
        custom_attributes: [],
        addressesV2: { total_count: 0 },
      },
    },
  });
});

it('says that the account is confirmed where the store asks for that', async () => {
  await app.setUp({ adobe: { confirmationRequired: true } });
  const ann = await app.aCustomer();

  const { body } = await read(ann, 'confirmation_status is_confirmed');

  expect(body.data.customer).toEqual({ confirmation_status: 'ACCOUNT_CONFIRMED', is_confirmed: true });
});

it('is for customers who are signed in', async () => {
  const guest = await clientOf(app)(operations.customer);
  const machine = await clientOf(app)(operations.customer, {}, bearer('demo-adobe-integration-token'));

  expect(guest.body).toEqual(UNAUTHORIZED);
  expect(machine.body).toEqual(UNAUTHORIZED);
});

it('answers personal data that no cache may keep (SEC-8)', async () => {
  const { headers } = await read(await app.aCustomer(), 'email');

  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers).not.toHaveProperty('set-cookie');
});

it('finds attributes by their codes', async () => {
  const email = 'with.attributes@example.com';
  const custom_attributes = ['a', 'b', 'c'].map((code) => ({ attribute_code: code, value: code.toUpperCase() }));
  const input = { email, firstname: 'A', lastname: 'B', password: 'correct horse battery', custom_attributes };
  await clientOf(app)(operations.createCustomerV2, { input });
  const customer = { number: 0, id: 0, email, password: input.password };
  const query =
    'query($codes:[ID!]){customer{custom_attributes(attributeCodes:$codes){code ... on AttributeValue{value}}}}';

  const some = await read(customer, query, { codes: ['c', 'a', 'nope', 'constructor'] });
  const none = await read(customer, query, { codes: [] });
  const all = await read(customer, query, { codes: null });

  const [a, b, c] = ['a', 'b', 'c'].map((code) => ({ code, value: code.toUpperCase() }));
  const found = (values: unknown[]): object => ({ data: { customer: { custom_attributes: values } } });
  expect(some.body).toEqual(found([a, c]));
  expect(none.body).toEqual(found([]));
  expect(all.body).toEqual(found([a, b, c]));
});

it('has an empty wish list, so that clients which ask for one go on', async () => {
  const ann = await app.aCustomer();
  const fields = '{id items_count name sharing_code updated_at visibility}';

  const { body } = await read(
    ann,
    `wishlist${fields} wishlists${fields} page2:wishlists(pageSize:1,currentPage:2){id}
     wishlist_v2(id:"${ann.id}")${fields} other:wishlist_v2(id:"${ann.id + 1}"){id}`,
  );

  const empty = {
    id: String(ann.id),
    items_count: 0,
    name: null,
    sharing_code: null,
    updated_at: null,
    visibility: 'PRIVATE',
  };
  expect(body).toEqual({
    data: { customer: { wishlist: empty, wishlists: [empty], page2: [], wishlist_v2: empty, other: null } },
  });
});

it('answers what storefronts ask for after a sign-in', async () => {
  const ann = await app.aCustomer();

  const { body } = await read(
    ann,
    `query GetCustomerAfterSignIn{customer{__typename id email firstname lastname is_subscribed
       custom_attributes{code ... on AttributeValue{value} ... on AttributeSelectedOptions{selected_options{label value}}}
       addresses{extension_attributes{attribute_code value} custom_attributesV2(attributeCodes:["x"]){code}}}}`,
  );

  expect(body.errors).toBeUndefined();
  expect(body.data.customer).toMatchObject({
    __typename: 'Customer',
    id: ann.id,
    custom_attributes: [],
    addresses: [],
  });
});

it('reads a customer without asking the database for more than the session, unless addresses are wanted', async () => {
  const token = await app.signedIn(await app.aCustomer());
  await app.mailsTo('nobody@example.com');
  app.statements.length = 0;

  await app.adobe('{customer{id email wishlist{id} custom_attributes{code}}}', {}, bearer(token));

  expect(app.statements.filter((statement) => statement.includes('customer_address'))).toEqual([]);
});
