import { servedVersion, shopifyPath } from '../../src/dialects/shopify/shopify.paths.js';
import { CustomerService } from '../../src/customer/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { PATH, shopify, TOKEN, tokenOf, WHO } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const TYPENAME = '{ __typename }';

const raw = (body: string, type: string): Promise<Answer> =>
  app.request({ method: 'POST', url: PATH, headers: { ...TOKEN, 'content-type': type }, body });

describe('paths and versions', () => {
  it.each([
    ['/api/graphql', '/api/2025-10/graphql.json'],
    ['/api/graphql.json?x=/api/graphql', '/api/2025-10/graphql.json?x=/api/graphql'],
    ['/api/2026-04/graphql/', '/api/2026-04/graphql.json'],
    ['/admin/api/2026-04/graphql', '/admin/api/2026-04/graphql.json'],
    ['/api/customers/1', '/api/customers/1'],
    ['/graphql', '/graphql'],
  ])('reads %s as %s', (url, path) => {
    expect(shopifyPath(url)).toBe(path);
  });

  it.each([
    ['2019-07', '2025-10'],
    ['2026-04', '2026-04'],
    ['2031-01', '2026-10'],
    ['unstable', 'unstable'],
    ['2026-05', null],
    ['latest', null],
  ])('serves version %s as %s', async (version, served) => {
    const url = `/api/${version}/graphql`;
    const { status, headers, body } = await app.request({ method: 'POST', url, body: { query: TYPENAME } });

    expect(servedVersion(url)).toBe(served);
    expect(headers['x-shopify-api-version']).toBe(served ?? undefined);
    expect([status, body]).toEqual(
      served ? [200, { data: { __typename: 'QueryRoot' } }] : [404, { errors: 'Not Found' }],
    );
  });

  it('answers in JSON with an id of the request, and lets nobody keep it (SEC-8)', async () => {
    const { headers } = await shopify(app, TYPENAME);

    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('bodies and methods', () => {
  it('takes a bare document, and reads nothing but that and JSON (SEC-5)', async () => {
    expect((await raw(TYPENAME, 'application/graphql')).body).toEqual({ data: { __typename: 'QueryRoot' } });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/vnd.api+json',
    ]) {
      expect((await raw(TYPENAME, type)).status).toBe(415);
    }
  });

  it.each(['[]', '[{"query":"{__typename}"}]', 'null', '"x"', '{', ''])(
    'refuses the body %j (SEC-63)',
    async (body) => {
      expect(await raw(body, 'application/json')).toMatchObject({ status: 400, body: { errors: 'Bad Request' } });
    },
  );

  it('refuses what is too large (SEC-3), and every method but POST (SEC-5)', async () => {
    expect((await raw(JSON.stringify({ query: 'x'.repeat(110_000) }), 'application/json')).status).toBe(413);
    for (const method of ['GET', 'HEAD'] as const) {
      expect(
        (await app.request({ method, url: `${PATH}?query=${encodeURIComponent(TYPENAME)}`, headers: TOKEN })).status,
      ).toBe(405);
    }
  });
});

describe('the token of the storefront', () => {
  it('refuses all of a request with a wrong one', async () => {
    const wrong = [
      { 'x-shopify-storefront-access-token': 'nobodys-token' },
      { 'x-shopify-storefront-access-token': 'demo-private-token' },
      { ...TOKEN, 'shopify-storefront-private-token': 'nobodys-token' },
      { 'x-shopify-storefront-access-token': 'x'.repeat(600) },
    ];

    for (const headers of wrong) {
      const { status, body } = await shopify(app, TYPENAME, {}, { headers });
      expect([status, body]).toEqual([401, { errors: [{ message: '', extensions: { code: 'UNAUTHORIZED' } }] }]);
    }
  });

  it('lets nobody at customers without one', async () => {
    const { status, body } = await shopify(app, WHO, { token: 'x' }, { headers: {} });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      errors: [
        {
          path: ['customer'],
          locations: [],
          extensions: { code: 'ACCESS_DENIED', requiredAccess: '`unauthenticated_read_customers` access scope.' },
        },
      ],
      data: { customer: null },
    });
  });

  it('holds to the scopes that a token names, and to its store (SEC-50)', async () => {
    const shop = {
      code: 'second',
      name: 'Second Store',
      mailFrom: 'second@demo.example',
      shopify: {
        storefrontTokens: [
          { token: 'second-token' },
          { token: 'reading-token', scopes: ['unauthenticated_read_customers'] },
        ],
      },
    };
    await app.setUp({ stores: [shop] });
    const ann = await app.aCustomer();
    const header = (token: string) => ({ headers: { 'x-shopify-storefront-access-token': token } });
    const token = await tokenOf(app, ann);

    expect((await shopify(app, WHO, { token }, header('second-token'))).body).toEqual({ data: { customer: null } });
    expect((await shopify(app, WHO, { token }, header('reading-token'))).body.errors).toBeUndefined();
    expect(
      (
        await shopify(
          app,
          'mutation { customerRecover(email: "a@b.co") { userErrors { message } } }',
          {},
          header('reading-token'),
        )
      ).body.errors,
    ).toMatchObject([
      { extensions: { code: 'ACCESS_DENIED', requiredAccess: '`unauthenticated_write_customers` access scope.' } },
    ]);
  });
});

describe('documents that cannot be executed', () => {
  const INPUT = 'input: {resetToken: "a", password: "b"}';
  it.each([
    ['{ customer(', 'PARSE_ERROR', 'Expected Name, found <EOF> at [1, 12]', undefined],
    ['{ nope }', 'undefinedField', "Field 'nope' doesn't exist on type 'QueryRoot'", ['query', 'nope']],
    [
      'query A { customer(customerAccessToken: "x") }',
      'selectionMismatch',
      "Field must have selections (field 'customer' returns Customer but has no selections. Did you mean 'customer { ... }'?)",
      ['query A', 'customer'],
    ],
    [
      'mutation M { customerReset { userErrors { message } } }',
      'missingRequiredArguments',
      "Field 'customerReset' is missing required arguments: id, input",
      ['mutation M', 'customerReset'],
    ],
    [
      '{ customer(customerAccessToken: "x", b: 1) { id } }',
      'argumentNotAccepted',
      "Field 'customer' doesn't accept argument 'b'",
      ['query', 'customer', 'b'],
    ],
    [
      'mutation { customerCreate(input: {email: "a@b.co"}) { customer { id } } }',
      'missingRequiredInputObjectAttribute',
      "Argument 'password' on InputObject 'CustomerCreateInput' is required. Expected type String!",
      ['mutation', 'customerCreate', 'input'],
    ],
    [
      'mutation { customerRecover(email: 5) { userErrors { message } } }',
      'argumentLiteralsIncompatible',
      "Argument 'email' on Field 'customerRecover' has an invalid value (5). Expected type 'String!'.",
      ['mutation', 'customerRecover', 'email'],
    ],
    [
      `mutation { customerReset(id: "123", ${INPUT}) { customer { id } } }`,
      'argumentLiteralsIncompatible',
      "Invalid global id '123'",
      ['mutation', 'customerReset', 'id'],
    ],
    [
      `mutation { customerReset(id: 123, ${INPUT}) { customer { id } } }`,
      'argumentLiteralsIncompatible',
      "Invalid global id '123'",
      ['mutation', 'customerReset', 'id'],
    ],
    [
      'query Q @inContext(language: XX) { __typename }',
      'argumentLiteralsIncompatible',
      "Argument 'language' on Directive 'inContext' has an invalid value (XX). Expected type 'LanguageCode'.",
      ['query Q', 'language'],
    ],
    [
      'subscription S { customer }',
      'missingSubscriptionConfiguration',
      'Schema is not configured for subscriptions',
      ['subscription S'],
    ],
    ['query Q($v: String) { __typename }', 'variableNotUsed', 'Variable $v is declared by Q but not used', ['query Q']],
    [
      'mutation { customerResetByUrl(resetUrl: "nope", password: "x") { userErrors { message } } }',
      'argumentLiteralsIncompatible',
      "Argument 'resetUrl' on Field 'customerResetByUrl' has an invalid value (\"nope\"). Expected type 'URL!'.",
      ['mutation', 'customerResetByUrl', 'resetUrl'],
    ],
  ])('refuses %s with %s', async (query, code, message, path) => {
    const { status, body } = await shopify(app, query);

    expect(status).toBe(200);
    expect(body).toEqual({ errors: [expect.objectContaining({ message, locations: [expect.anything()] })] });
    expect(body.errors[0].extensions.code).toBe(code);
    expect(body.errors[0].path).toEqual(path);
  });

  it.each([
    ['ID!', '123', "Invalid global id '123'"],
    ['ID!', 123, "Invalid global id '123'"],
    ['ID!', undefined, 'Variable $v of type ID! was provided invalid value'],
    ['ID!', null, 'Variable $v of type ID! was provided invalid value'],
  ])('refuses a variable of type %s that is %j, however often', async (type, v, message) => {
    const query = `mutation M($v: ${type}) { customerReset(id: $v, input: {resetToken: "a", password: "b"}) { customer { id } } }`;

    for (let count = 0; count < 3; count += 1) {
      const { body } = await shopify(app, query, { v });
      expect(body).toEqual({ errors: [expect.objectContaining({ message })] });
      expect(body.errors[0].extensions.code).toBe('INVALID_VARIABLE');
    }
  });

  it('wants to know which of several operations is meant', async () => {
    const query = 'query A { __typename } query B { __typename }';
    const named = (operationName: string): Promise<Answer> =>
      app.request({ method: 'POST', url: PATH, body: { query, operationName } });

    expect((await shopify(app, query)).body).toEqual({ errors: [{ message: 'An operation name is required' }] });
    expect((await named('C')).body).toEqual({ errors: [{ message: 'No operation named "C"' }] });
    expect((await named('B')).body).toEqual({ data: { __typename: 'QueryRoot' } });
  });

  it('understands the context that storefronts write on every operation', async () => {
    const query = 'query Q($c: CountryCode, $l: LanguageCode) @inContext(country: $c, language: $l) { __typename }';

    expect((await shopify(app, query, { c: 'DE', l: 'DE' })).body).toEqual({ data: { __typename: 'QueryRoot' } });
  });

  it('executes one credential operation a request (SEC-62)', async () => {
    const { body } = await shopify(
      app,
      'mutation { a: customerRecover(email: "a@b.co") { userErrors { message } } b: customerRecover(email: "a@b.co") { userErrors { message } } }',
    );

    expect(body.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect(body).not.toHaveProperty('data');
  });
});

it('tells of a fault nothing but its number, and logs it once (SEC-68)', async () => {
  const address = { firstName: 'Ann', lastName: 'Lee', lines: ['1 Main St'], city: 'Ottawa', countryCode: 'CA' };
  const token = await tokenOf(app, await app.aCustomer({ addresses: [address] }));
  jest.spyOn(app.get(CustomerService), 'addressesOf').mockRejectedValue(new Error('the disk is on fire'));
  app.logged.length = 0;

  const { status, headers, body, text } = await shopify(
    app,
    'query($t: String!) { customer(customerAccessToken: $t) { email defaultAddress { id } } }',
    { t: token },
  );

  expect(status).toBe(200);
  expect(body.errors).toEqual([
    {
      message: 'Internal error. Looks like something went wrong on our end.',
      path: ['customer', 'defaultAddress'],
      locations: [],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: headers['x-request-id'] },
    },
  ]);
  expect(text).not.toContain('fire');
  expect(app.logged.filter((line) => line.includes('fire'))).toHaveLength(1);
});
