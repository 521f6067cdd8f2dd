import { TestApp } from '../support/test-app.js';
import { applySetup } from '../setup/apply-setup.js';
import { gid } from '../shopify/storefront.js';
import { ACTIVATION_URL, admin, aRecord, CREATE, GET, LIST, PATH, TOKEN } from './admin.js';

const SHOP = '{ shop { id name } }';
const UNKNOWN = { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  const shopify = {
    storefrontTokens: [{ token: 'second-storefront-token' }],
    adminTokens: [
      { token: 'reading-admin-token', scopes: ['read_customers'] },
      { token: 'writing-admin-token', scopes: ['write_customers'] },
    ],
  };
  const store = {
    code: 'second',
    name: 'Second',
    mailFrom: 'hi@second.example',
    storefrontUrl: 'https://second.example',
    shopify,
  };
  await applySetup(app, { realms: [{ code: 'second', stores: [store] }] });
});

afterAll(() => app.stop());

const as = (token: string): Record<string, string> => ({ 'x-shopify-access-token': token });

it.each([
  ['none', {}],
  ['an unknown one', as('nope')],
  ['an empty one', as('')],
  ["a storefront's", as('demo-storefront-token')],
  ["a storefront's private one", as('demo-private-token')],
  ["a storefront's in its own header", { 'x-shopify-storefront-access-token': 'demo-storefront-token' }],
  ["our own admin API's", as('demo-admin-token')],
  ['a Bearer token', { authorization: 'Bearer demo-shopify-admin-token' }],
])('wants a token of an app, not %s (SEC-50)', async (_name, headers) => {
  for (const query of [SHOP, '{ nonsense', CREATE]) {
    const { status, body, headers: answered } = await admin(app, query, {}, headers);

    expect([status, body]).toEqual([401, UNKNOWN]);
    expect(answered['content-type']).toContain('application/json');
  }
});

it('is no token of the storefront’s API, nor of our own', async () => {
  const storefront = await app.request({
    method: 'POST',
    url: '/api/2026-04/graphql.json',
    headers: { 'x-shopify-storefront-access-token': 'demo-shopify-admin-token' },
    body: { query: '{ shop { name } }' },
  });
  const own = await app.request({
    url: '/admin/v1/customers?email=a@example.com',
    headers: { authorization: 'Bearer demo-shopify-admin-token' },
  });

  expect([storefront.status, own.status]).toEqual([401, 401]);
});

it.each([
  ['/admin/api/2026-04/graphql.json', '2026-04'],
  ['/admin/api/2026-04/graphql', '2026-04'],
  ['/admin/api/2020-01/graphql.json', '2025-10'],
  ['/admin/api/2030-01/graphql.json', '2026-10'],
  ['/admin/api/unstable/graphql.json', 'unstable'],
  ['/admin/api/graphql.json', '2025-10'],
])('answers at %s as version %s', async (url, version) => {
  const { status, body, headers } = await app.request({ method: 'POST', url, headers: TOKEN, body: { query: SHOP } });

  expect([status, body.data.shop.name, headers['x-shopify-api-version']]).toEqual([200, 'Demo Store', version]);
});

it('refuses other versions, methods and bodies', async () => {
  const ask = (url: string, method: 'GET' | 'POST' = 'POST', body: unknown = { query: SHOP }) =>
    app.request({ method, url, headers: TOKEN, ...(method === 'POST' ? { body } : {}) });

  expect((await ask('/admin/api/latest/graphql.json')).status).toBe(404);
  expect((await ask(`${PATH}?query=${encodeURIComponent(SHOP)}`, 'GET')).status).toBe(405);
  expect((await ask(PATH, 'POST', [{ query: SHOP }])).status).toBe(400);
  expect(
    (await app.request({ method: 'POST', url: PATH, headers: { ...TOKEN, 'content-type': 'text/plain' }, body: SHOP }))
      .status,
  ).toBe(415);
});

it('knows its own types and no others (SEC-2)', async () => {
  const { status, body } = await admin(app, '{ customers(first: 1) { nodes { ordersCount } } }');
  const member = await admin(app, CREATE, { input: { email: 'a@example.com', password: 'four words of my own' } });
  const badId = await admin(app, GET, { id: '4711' });

  expect([status, body.data]).toEqual([200, undefined]);
  expect(body.errors).toMatchObject([
    { message: "Field 'ordersCount' doesn't exist on type 'Customer'", extensions: { code: 'undefinedField' } },
  ]);
  expect(member.body.errors[0]).toMatchObject({
    extensions: {
      code: 'INVALID_VARIABLE',
      problems: [{ path: ['password'], explanation: 'Field is not defined on CustomerInput' }],
    },
  });
  expect(JSON.stringify(member.body)).not.toContain('four words');
  expect(badId.body.errors[0]).toMatchObject({ message: "Invalid global id '4711'" });
});

describe('a token that is narrowed', () => {
  it('reads but does not write', async () => {
    const read = await admin(app, LIST, { first: 1 }, as('reading-admin-token'));
    const write = await admin(app, CREATE, { input: { email: 'narrow@example.com' } }, as('reading-admin-token'));

    expect(read.body.data.customers.nodes).toEqual([]);
    expect(write.status).toBe(200);
    expect(write.body).toMatchObject({
      errors: [
        {
          message: 'Access denied for customerCreate field. Required access: `write_customers` access scope.',
          path: ['customerCreate'],
          locations: [{ line: 1, column: expect.any(Number) }],
          extensions: {
            code: 'ACCESS_DENIED',
            documentation: 'https://shopify.dev/api/usage/access-scopes',
            requiredAccess: '`write_customers` access scope.',
          },
        },
      ],
      data: { customerCreate: null },
    });
    expect((await app.admin('GET', '/customers?email=narrow@example.com')).body.items).toEqual([]);
  });

  it('writes but does not read', async () => {
    const write = await admin(app, CREATE, { input: { email: 'writes@example.com' } }, as('writing-admin-token'));
    const reads = await Promise.all([
      admin(app, LIST, { first: 1 }, as('writing-admin-token')),
      admin(app, GET, { id: gid(1) }, as('writing-admin-token')),
    ]);
    const shop = await admin(app, SHOP, {}, as('writing-admin-token'));

    expect(write.body.data.customerCreate.userErrors).toEqual([]);
    expect(reads.map(({ body }) => [body.errors[0].extensions.code, body.data])).toEqual([
      ['ACCESS_DENIED', null],
      ['ACCESS_DENIED', { customer: null }],
    ]);
    expect(shop.body.data.shop.name).toBe('Second');
  });
});

it('speaks for the store of its token, and finds no customer of another realm (SEC-65)', async () => {
  const { id } = await aRecord(app, { email: 'first@example.com' });
  const own = await admin(app, CREATE, { input: { email: 'first@example.com' } }, as('writing-admin-token'));
  const ownId: string = own.body.data.customerCreate.customer.id;

  const foreign = await admin(app, ACTIVATION_URL, { id }, as('writing-admin-token'));
  const link = await admin(app, ACTIVATION_URL, { id: ownId }, as('writing-admin-token'));

  expect(foreign.body.data.customerGenerateAccountActivationUrl).toEqual({
    accountActivationUrl: null,
    userErrors: [{ field: ['customerId'], message: "The customer can't be found." }],
  });
  expect(link.body.data.customerGenerateAccountActivationUrl.accountActivationUrl).toMatch(
    new RegExp(`^https://second\\.example/account/activate/${ownId.split('/').at(-1)}/[A-Za-z0-9]{32}$`),
  );
});

it('tells what an answer costs, also where something was refused', async () => {
  const { body } = await admin(app, `query { shop { id } customers { nodes { id } } }`);

  expect(body.data).toBeNull();
  expect(body.extensions.cost.throttleStatus).toEqual({
    maximumAvailable: 2000,
    restoreRate: 100,
    currentlyAvailable: expect.any(Number),
  });
});

it('hides faults behind the id of the request (SEC-68)', async () => {
  await app.database.transaction((tx) =>
    app.database.change(tx, "UPDATE customer SET attributes = '{broken' WHERE email = ?", ['roni_cost@example.com']),
  );

  const { status, body } = await admin(app, LIST, { first: 5, query: 'roni_cost@example.com' });

  expect(status).toBe(200);
  expect(body).toMatchObject({
    errors: [
      {
        message: 'Internal error. Looks like something went wrong on our end.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      },
    ],
    data: null,
  });
  expect(JSON.stringify(body)).not.toMatch(/JSON|broken|SELECT/i);
});
