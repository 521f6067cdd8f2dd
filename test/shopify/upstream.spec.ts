import { TestApp, type Answer } from '../support/test-app.js';
import { PATH, shopify, TOKEN, tokenOf, whoHas } from './storefront.js';
import { CATALOGUE, JSON_TYPE, PRODUCTS, UPSTREAM_TOKEN, UpstreamServer } from './upstream-server.js';

let app: TestApp;
let upstream: UpstreamServer;

beforeAll(async () => {
  upstream = await UpstreamServer.start();
  app = await TestApp.start();
});

beforeEach(async () => {
  upstream.reset();
  await upstream.serve(app);
});

afterAll(async () => {
  await app.stop();
  await upstream.stop();
});

describe('an operation that is none of ours', () => {
  it('goes to the upstream as it is, and its answer comes back as it is', async () => {
    const text = `${JSON.stringify(PRODUCTS).slice(0, -1)}, "extensions":{"cost":{"requestedQueryCost":3}}}`;
    upstream.says(200, { ...JSON_TYPE, 'x-shopify-api-version': '2025-10' }, text);
    const envelope = {
      query: `${CATALOGUE} query Q { shop { name } }`,
      variables: { n: 1 },
      operationName: 'P',
      more: [1],
    };

    const answer = await app.request({ method: 'POST', url: PATH, headers: TOKEN, body: envelope });

    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-shopify-api-version': '2025-10',
    });
    expect(upstream.received).toMatchObject([{ method: 'POST', url: '/api/2026-04/graphql.json' }]);
    expect(JSON.parse(upstream.received[0]?.text ?? '')).toEqual(envelope);
  });

  it('may be a bare document', async () => {
    const headers = { ...TOKEN, 'content-type': 'application/graphql; charset=utf-8' };

    const { body } = await app.request({ method: 'POST', url: PATH, headers, body: '{ products { nodes { id } } }' });

    expect(body).toEqual(PRODUCTS);
    expect(upstream.received).toMatchObject([
      { text: '{ products { nodes { id } } }', headers: { 'content-type': 'application/graphql' } },
    ]);
  });

  it('goes with the upstream’s token and the buyer’s address, without ours, cookies or other credentials', async () => {
    const headers = {
      ...TOKEN,
      'accept-language': 'de',
      'x-sdk-variant': 'hydrogen-react',
      'user-agent': 'a storefront',
      cookie: 'session=secret',
      authorization: 'Bearer secret',
      'x-forwarded-host': 'evil.example',
      'shopify-storefront-buyer-ip': '203.0.113.200',
      'x-shopify-client-ip': '203.0.113.201',
    };

    await shopify(app, CATALOGUE, { n: 1 }, { headers, from: '203.0.113.9' });
    const sent = upstream.received[0]?.headers ?? {};

    expect(sent).toMatchObject({
      'x-shopify-storefront-access-token': UPSTREAM_TOKEN,
      'shopify-storefront-buyer-ip': '203.0.113.9',
      'accept-language': 'de',
      'x-sdk-variant': 'hydrogen-react',
      'user-agent': 'a storefront',
      'content-type': 'application/json',
    });
    expect(JSON.stringify(upstream.received)).not.toMatch(/demo-|secret|evil|203\.0\.113\.20/);
  });

  it('says whose browser it is for where the storefront’s server is believed (SEC-6)', async () => {
    await upstream.serve(app, { private: true });
    const headers = {
      'shopify-storefront-private-token': 'demo-private-token',
      'shopify-storefront-buyer-ip': '2001:db8::7',
    };

    await shopify(app, CATALOGUE, { n: 1 }, { headers, from: '203.0.113.9' });

    expect(upstream.received[0]?.headers).toMatchObject({
      'shopify-storefront-private-token': UPSTREAM_TOKEN,
      'shopify-storefront-buyer-ip': '2001:db8::7',
    });
    expect(upstream.received[0]?.headers).not.toHaveProperty('x-shopify-storefront-access-token');
  });

  it('goes without a token where none came, and not at all with a wrong one', async () => {
    const open = await shopify(app, CATALOGUE, { n: 1 }, { headers: {} });
    const wrong = await shopify(
      app,
      CATALOGUE,
      { n: 1 },
      { headers: { 'x-shopify-storefront-access-token': 'nobodys-token' } },
    );

    expect([open.body, wrong.status]).toEqual([PRODUCTS, 401]);
    expect(upstream.received).toHaveLength(1);
    expect(JSON.stringify(upstream.received)).not.toContain(UPSTREAM_TOKEN);
  });

  it.each([
    ['/api/2026-07/graphql', '/api/2026-07/graphql.json'],
    ['/api/unstable/graphql.json?x=1', '/api/unstable/graphql.json'],
  ])('goes to the version that was asked for where the upstream names no path: %s', async (url, path) => {
    await upstream.serve(app, { url: upstream.url });

    await app.request({ method: 'POST', url, headers: TOKEN, body: { query: '{ collections { nodes { id } } }' } });

    expect(upstream.received.map((one) => one.url)).toEqual([path]);
  });

  it('is refused by the transport before it goes anywhere', async () => {
    const statuses = [
      (await app.request({ method: 'POST', url: '/api/latest/graphql', body: { query: '{ products }' } })).status,
      (await app.request({ url: `${PATH}?query=${encodeURIComponent('{ products }')}`, headers: TOKEN })).status,
      (await app.request({ method: 'POST', url: PATH, headers: TOKEN, body: [{ query: '{ products }' }] })).status,
    ];

    expect([statuses, upstream.received]).toEqual([[404, 405, 400], []]);
  });
});

describe('which operations are whose', () => {
  const ask = async (query: string, operationName?: string): Promise<Answer> =>
    app.request({ method: 'POST', url: PATH, headers: TOKEN, body: { query, operationName } });

  it.each([
    ['another mutation', 'mutation { cartCreate { cart { id } } }'],
    ['a field under an alias of ours', '{ customer: products { nodes { id } } }'],
    [
      'fields in fragments',
      'query { ...A } fragment A on QueryRoot { ... on QueryRoot { products { nodes { id } } } }',
    ],
    ['a fragment that spreads itself', '{ ...A } fragment A on QueryRoot { products { nodes { id } } ...A }'],
    ['what both have, beside its own', '{ __typename shop { name } node(id: "x") { id } products { nodes { id } } }'],
    ['a query field of ours in a mutation', 'mutation { customer { id } }'],
    ['a subscription', 'subscription { changes }'],
    ['a name that is nobody’s', '{ toString }'],
  ])('%s goes to the upstream', async (_what, query) => {
    expect([(await ask(query)).body, upstream.received.length]).toEqual([PRODUCTS, 1]);
  });

  it.each([
    ['a customer', '{ customer(customerAccessToken: "x") { id } }'],
    ['a mutation with a mistake', 'mutation { customerRecover { nothing } }'],
    ['a name of the type', '{ __typename }'],
    ['the schema', '{ __schema { queryType { name } } __type(name: "Product") { name } }'],
    ['a syntax error', '{ products('],
    ['several operations without a name', 'query A { products { id } } query B { collections { id } }'],
    ['a document that is too long', `{ ${'products '.repeat(2000)}}`],
  ])('%s is answered here', async (_what, query) => {
    const { status, body } = await ask(query);

    expect([status, body === PRODUCTS, upstream.received]).toEqual([200, false, []]);
  });

  it('is told by the operation that is meant', async () => {
    const both = `query A { products { ...P } } fragment P on Product { id }
      query B { ...T } fragment T on QueryRoot { __typename }`;

    const answers = [await ask(both, 'A'), await ask(both, 'B'), await ask(both, 'A'), await ask(both, 'C')];

    expect(answers.map(({ body }) => body)).toEqual([
      PRODUCTS,
      { data: { __typename: 'QueryRoot' } },
      PRODUCTS,
      { errors: [{ message: 'No operation named "C"' }] },
    ]);
  });

  it('refuses an operation of both kinds, and says which is which', async () => {
    const query = `query Page($t: String!) { ...Mine products { id } collections { id } }
      fragment Mine on QueryRoot { customer(customerAccessToken: $t) { id } }`;

    const { status, body } = await shopify(app, query, { t: 'x' });

    expect([status, upstream.received]).toEqual([200, []]);
    expect(body).toEqual({
      errors: [
        {
          message:
            'Customer fields (customer) and other fields (products, collections) are answered by different servers. Send them as two operations.',
          locations: [{ line: 1, column: 35 }],
          path: ['query Page', 'products'],
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });

  it('executes nothing of a mixed mutation', async () => {
    const ann = await app.aCustomer();
    const token = await tokenOf(app, ann);

    const { body } = await shopify(
      app,
      'mutation($t: String!) { customerAccessTokenDelete(customerAccessToken: $t) { deletedAccessToken } cartCreate { cart { id } } }',
      { t: token },
    );

    expect([body.data, await whoHas(app, token)]).toEqual([undefined, ann.email]);
  });

  it.each([
    ['depth', `{ products ${'{ a '.repeat(12)}${'}'.repeat(12)} }`, 'Query has depth of 13'],
    [
      'aliases',
      `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: products { id }`).join(' ')} }`,
      'More than 30 aliases',
    ],
    ['root fields', `mutation { ${'cartCreate { id } '.repeat(6)} }`, 'More than 5 root fields'],
    ['directives', `{ products ${'@a '.repeat(51)} { id } }`, 'More than 50 directives'],
    ['spreads', `{ products { ${'...A '.repeat(51)} } } fragment A on Product { id }`, 'More than 50 fragment spreads'],
  ])('holds foreign documents to the limit of %s (SEC-62, SEC-63)', async (_what, query, message) => {
    const { body } = await ask(query);

    expect(body.errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
    expect(upstream.received).toEqual([]);
  });
});
