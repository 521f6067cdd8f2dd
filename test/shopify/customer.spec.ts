import { TestApp, type Answer } from '../support/test-app.js';
import { ADD_ADDRESS, gid, shopify, TOKEN, tokenOf, WHO } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const all = `query A($token: String!) { customer(customerAccessToken: $token) {
  id email firstName lastName displayName phone acceptsMarketing createdAt updatedAt tags numberOfOrders avatarUrl
  socialLoginProvider { handle } defaultAddress { id } addresses(first: 1) { edges { cursor node { id } } nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }
  orders(first: 10, sortKey: PROCESSED_AT, reverse: true, query: "x") { totalCount edges { cursor node { id } } nodes { name lineItems(first: 3) { nodes { variant { image { url(transform: {maxWidth: 9}) } } } } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }
  metafield(namespace: "a", key: "b") { value } metafields(identifiers: [{key: "a"}, {namespace: "b", key: "c"}]) { value }
} }`;

async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  app.statements.length = 0;
  await request();
  return app.statements.filter((statement) => /customer/.test(statement)).length;
}

it('shows all of a customer, and that there are no orders', async () => {
  const ann = await app.aCustomer({ tags: ['b', ' A ', 'b'], phone: '+16135550142' });
  const token = await tokenOf(app, ann);
  const now = `${app.clock.now().toISOString().slice(0, 19)}Z`;
  const nothing = { startCursor: null, endCursor: null, hasNextPage: false, hasPreviousPage: false };

  const first = await shopify(app, all, { token });
  const compiled = await shopify(app, all, { token });

  expect(compiled.body).toEqual(first.body);
  expect(first.body).toEqual({
    data: {
      customer: {
        id: gid(ann.number),
        email: ann.email,
        firstName: 'Ann',
        lastName: 'Lee',
        displayName: 'Ann Lee',
        phone: '+16135550142',
        acceptsMarketing: false,
        createdAt: now,
        updatedAt: now,
        tags: ['A', 'b'],
        numberOfOrders: '0',
        avatarUrl: null,
        socialLoginProvider: null,
        defaultAddress: null,
        addresses: { edges: [], nodes: [], pageInfo: nothing },
        orders: { totalCount: '0', edges: [], nodes: [], pageInfo: nothing },
        metafield: null,
        metafields: [null, null],
      },
    },
  });
});

it('reads a customer by one statement, and all that shows addresses by one more', async () => {
  const token = await tokenOf(app, await app.aCustomer({ addresses: [{ city: 'Graz' }] }));

  expect(await statementsOf(() => shopify(app, WHO, { token }))).toBe(1);
  expect(await statementsOf(() => shopify(app, all, { token }))).toBe(2);
});

it('says nothing of a token that is dead or nobody’s, and no error (SEC-75)', async () => {
  for (const token of ['nobody', '', 'x'.repeat(2000)]) {
    expect((await shopify(app, WHO, { token })).body).toEqual({ data: { customer: null } });
  }
});

describe('pages of addresses', () => {
  const PAGE =
    'query P($token: String!, $first: Int, $last: Int, $after: String, $before: String, $reverse: Boolean) { customer(customerAccessToken: $token) { addresses(first: $first, last: $last, after: $after, before: $before, reverse: $reverse) { edges { cursor node { city } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } }';
  let token: string;
  let cursors: string[];

  interface Edge {
    readonly cursor: string;
    readonly node: { readonly city: string };
  }

  async function page(
    variables: object,
  ): Promise<{ cities: string; cursors: string[]; next: boolean; previous: boolean }> {
    const { body } = await shopify(app, PAGE, { token, ...variables });
    const { edges, pageInfo }: { edges: Edge[]; pageInfo: Record<string, unknown> } = body.data.customer.addresses;
    expect([pageInfo['startCursor'], pageInfo['endCursor']]).toEqual([
      edges[0]?.cursor ?? null,
      edges.at(-1)?.cursor ?? null,
    ]);
    return {
      cities: edges.map(({ node }) => node.city).join(''),
      cursors: edges.map(({ cursor }) => cursor),
      next: pageInfo['hasNextPage'] === true,
      previous: pageInfo['hasPreviousPage'] === true,
    };
  }

  beforeAll(async () => {
    token = await tokenOf(app, await app.aCustomer());
    for (const city of ['A', 'B', 'C', 'D', 'E']) {
      app.clock.advance(1);
      await shopify(app, ADD_ADDRESS, { token, address: { city } });
    }
    ({ cursors } = await page({ first: 250 }));
  });

  it('go forward, backward and in reverse', async () => {
    const [a = '', b = '', , d = ''] = cursors;

    expect(await page({ first: 2 })).toMatchObject({ cities: 'AB', next: true, previous: false });
    expect(await page({ first: 2, after: b })).toMatchObject({ cities: 'CD', next: true, previous: true });
    expect(await page({ first: 9, after: d })).toMatchObject({ cities: 'E', next: false, previous: true });
    expect(await page({ last: 2 })).toMatchObject({ cities: 'DE', next: false, previous: true });
    expect(await page({ last: 2, before: d })).toMatchObject({ cities: 'BC', next: true, previous: true });
    expect(await page({ first: 9, after: a, before: d })).toMatchObject({ cities: 'BC' });
    expect(await page({ first: 2, reverse: true })).toMatchObject({ cities: 'ED', next: true, previous: false });
    expect(await page({ first: 9, after: b, reverse: true })).toMatchObject({
      cities: 'A',
      next: false,
      previous: true,
    });
    expect(await page({ first: 9, after: d, before: a })).toMatchObject({ cities: '' });
  });

  it('go on behind an address that was deleted meanwhile', async () => {
    const gone = Buffer.from(`${app.clock.now().getTime() - 500}.77`).toString('base64url');

    expect(await page({ first: 9, after: gone })).toMatchObject({ cities: 'E' });
    expect(await page({ first: 9, after: gone, reverse: true })).toMatchObject({ cities: 'DCBA' });
  });

  it.each([
    [{}, 'you must provide one of first or last'],
    [{ first: null }, 'you must provide one of first or last'],
    [{ first: 1, last: 1 }, 'providing both first and last is not supported'],
    [{ first: 0 }, 'first must be between 1 and 250'],
    [{ last: 251 }, 'last must be between 1 and 250'],
    [{ first: 1, after: 'x' }, 'Invalid cursor for current pagination sort.'],
    [{ first: 1, before: '' }, 'Invalid cursor for current pagination sort.'],
  ])('are refused with %j', async (variables, message) => {
    const { status, body } = await shopify(app, PAGE, { token, ...variables });

    expect(status).toBe(200);
    expect(body.errors).toEqual([
      { message, path: ['customer', 'addresses'], locations: [], extensions: { code: 'BAD_REQUEST' } },
    ]);
    expect(body.data).toEqual({ customer: null });
  });

  it('are asked for of orders too', async () => {
    const query = 'query O($token: String!) { customer(customerAccessToken: $token) { orders { totalCount } } }';
    const { body } = await shopify(app, query, { token });

    expect(body.errors).toMatchObject([{ path: ['customer', 'orders'], extensions: { code: 'BAD_REQUEST' } }]);
  });
});

describe('what everybody may ask', () => {
  const ask = (query: string, headers: Record<string, string> = {}): Promise<Answer> =>
    shopify(app, query, {}, { headers });

  it('is the shop', async () => {
    const { body } = await ask(
      '{ shop { id name description moneyFormat customerAccountUrl shipsToCountries primaryDomain { host sslEnabled url } socialLoginProviders { handle } } }',
    );

    expect(body).toEqual({
      data: {
        shop: {
          id: expect.stringMatching(/^gid:\/\/shopify\/Shop\/[1-9]\d+$/),
          name: 'Demo Store',
          description: null,
          moneyFormat: '{{amount}}',
          customerAccountUrl: null,
          shipsToCountries: [],
          primaryDomain: { host: 'localhost:3000', sslEnabled: false, url: 'http://localhost:3000' },
          socialLoginProviders: [],
        },
      },
    });
  });

  it('is open to a token that may do nothing else', async () => {
    const scopes = ['unauthenticated_write_customers'];
    const shopifySettings = { storefrontTokens: [{ token: 'writing-token', scopes }] };
    const shop = { code: 'writing', name: 'Writing', mailFrom: 'w@demo.example', shopify: shopifySettings };
    await app.setUp({ policy: { limits: 'off' }, stores: [shop] });
    const token = { 'x-shopify-storefront-access-token': 'writing-token' };

    expect((await ask('{ shop { name } }', token)).body).toEqual({ data: { shop: { name: 'Writing' } } });
    expect((await ask('{ customer(customerAccessToken: "x") { id } }', token)).body.errors).toMatchObject([
      { extensions: { code: 'ACCESS_DENIED' } },
    ]);
  });

  it('is which versions there are', async () => {
    const { body } = await ask('{ publicApiVersions { handle displayName supported } }');

    const versions: readonly { readonly handle: string }[] = body.data.publicApiVersions;
    expect(versions.map(({ handle }) => handle)).toEqual([
      '2025-10',
      '2026-01',
      '2026-04',
      '2026-07',
      '2026-10',
      'unstable',
    ]);
    expect(versions[0]).toEqual({ handle: '2025-10', displayName: '2025-10', supported: true });
  });

  it('is a node, of which there is none', async () => {
    const customer = gid((await app.aCustomer()).number);
    const query = `{ node(id: "${customer}") { id ... on MailingAddress { city } ... on Order { name } } nodes(ids: ["${customer}", "gid://shopify/Order/1"]) { id __typename } }`;

    expect((await ask(query, TOKEN)).body).toEqual({ data: { node: null, nodes: [null, null] } });
    expect((await ask(query)).body).toEqual({ data: { node: null, nodes: [null, null] } });
    expect((await ask('{ node(id: "7") { id } }')).body.errors[0].message).toBe("Invalid global id '7'");
    expect((await ask('{ nodes(ids: ["gid://shopify/Order/1", "7"]) { id } }')).body.errors[0].message).toBe(
      "Invalid global id '7'",
    );
  });
});

describe('@inContext', () => {
  it('is taken on queries and mutations, and changes nothing', async () => {
    const ann = await app.aCustomer();
    const token = await tokenOf(app, ann);
    const variables = { token, country: 'CA', language: 'PT_BR' };
    const query =
      'query Q($token: String!, $country: CountryCode, $language: LanguageCode) @inContext(country: $country, language: $language, visitorConsent: {analytics: true}, preferredLocationId: "gid://shopify/Location/1") { customer(customerAccessToken: $token) { email } }';
    const mutation =
      'mutation M($token: String!, $country: CountryCode, $language: LanguageCode) @inContext(country: $country, language: $language) { customerUpdate(customerAccessToken: $token, customer: {firstName: "Ada"}) { customer { firstName } } }';

    expect((await shopify(app, query, variables)).body).toEqual({ data: { customer: { email: ann.email } } });
    expect((await shopify(app, mutation, variables)).body).toEqual({
      data: { customerUpdate: { customer: { firstName: 'Ada' } } },
    });
  });

  it('refuses a buyer who is nobody, before anything is done', async () => {
    const token = await tokenOf(app, await app.aCustomer());
    const query =
      'mutation B($buyer: BuyerInput!, $token: String!) @inContext(buyer: $buyer) { customerUpdate(customerAccessToken: $token, customer: {firstName: "Ada"}) { customer { firstName } } }';
    const literal = '{ shop { name } }';

    for (let count = 0; count < 3; count += 1) {
      const { status, body } = await shopify(app, query, { token, buyer: { customerAccessToken: 'nobody' } });
      expect([status, body]).toEqual([200, { errors: [{ message: 'The token provided is not valid' }] }]);
    }
    expect((await shopify(app, query, { token, buyer: { customerAccessToken: token } })).body.errors).toBeUndefined();
    expect(
      (await shopify(app, `query @inContext(buyer: {customerAccessToken: "nobody"}) ${literal}`)).body.errors,
    ).toEqual([{ message: 'The token provided is not valid' }]);
  });

  it('is the only directive besides the language’s own', async () => {
    const { body } = await shopify(app, '{ ... @defer { shop { name } } }');

    expect(body.errors[0].extensions.code).toBe('undefinedDirective');
  });
});
