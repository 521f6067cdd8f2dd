import { JSON_API } from '../../libs/json-api/src/index.js';
import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { CommerceLayerClient, otherStore } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let customer: string;
let email: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  ({ email } = await app.aCustomer());
  const { body } = await cl.call('GET', `customers?filter[q][email_eq]=${email}`, integration);
  customer = body.data[0].id;
});

afterAll(() => app.stop());

const first = ({ status, body }: Answer): unknown[] => [status, body.errors?.[0]?.code, body.errors?.[0]?.source];
const get = async (path: string, token = integration): Promise<unknown[]> => first(await cl.call('GET', path, token));
const patch = async (data: unknown): Promise<unknown[]> =>
  first(await cl.call('PATCH', `customers/${customer}`, integration, data as object));

it('points at what is malformed, wherever it is', async () => {
  const before = (await cl.call('GET', `customers/${customer}`, integration)).text.replace(/"trace_id":"\w+"/g, '');
  const data = (members: object): object => ({ type: 'customers', id: customer, ...members });
  const rel = (value: unknown): object => data({ relationships: { tags: value } });
  const group = (value: unknown): object => data({ relationships: { customer_group: value } });
  const at = (pointer: string): object => ({ pointer });

  for (const [body, code, pointer] of [
    [[], 'INVALID_DATA_FORMAT', '/data'],
    ['x', 'INVALID_DATA_FORMAT', '/data'],
    [null, 'INVALID_DATA_FORMAT', '/data'],
    [{ type: 'orders', id: customer }, 'TYPE_MISMATCH', '/data/type'],
    [{ type: 7, id: customer }, 'TYPE_MISMATCH', '/data/type'],
    [{ type: 'customers', id: 'ZZZZZZZZZZ' }, 'KEY_NOT_INCLUDED_IN_URL', '/data/id'],
    [data({ attributes: [] }), 'INVALID_DATA_FORMAT', '/data/attributes'],
    [data({ relationships: 'x' }), 'INVALID_DATA_FORMAT', '/data/relationships'],
    [data({ attributes: { 'a/b~c': 1 } }), 'PARAM_NOT_ALLOWED', '/data/attributes/a~1b~0c'],
    [data({ attributes: { created_at: '2026-01-01' } }), 'PARAM_NOT_ALLOWED', '/data/attributes/created_at'],
    [data({ attributes: { has_password: true } }), 'PARAM_NOT_ALLOWED', '/data/attributes/has_password'],
    [data({ attributes: { toString: 1 } }), 'PARAM_NOT_ALLOWED', '/data/attributes/toString'],
    [data({ relationships: { orders: { data: [] } } }), 'PARAM_NOT_ALLOWED', '/data/relationships/orders'],
    [data({ links: {} }), 'PARAM_NOT_ALLOWED', '/data/links'],
    [rel(7), 'INVALID_DATA_FORMAT', '/data/relationships/tags'],
    [rel({}), 'PARAM_MISSING', '/data/relationships/tags'],
    [rel({ data: null }), 'INVALID_DATA_FORMAT', '/data/relationships/tags/data'],
    [rel({ data: [7] }), 'INVALID_DATA_FORMAT', '/data/relationships/tags/data/0'],
    [rel({ data: [{ type: 'tags', id: 7 }] }), 'INVALID_DATA_FORMAT', '/data/relationships/tags/data/0/id'],
    [rel({ data: [{ type: 'customers', id: 'x' }] }), 'TYPE_MISMATCH', '/data/relationships/tags/data/0/type'],
    [rel({ data: [{ id: 'x' }] }), 'TYPE_MISMATCH', '/data/relationships/tags/data/0/type'],
    [group({ data: [] }), 'INVALID_DATA_FORMAT', '/data/relationships/customer_group/data'],
    [group({ data: { type: 'tags', id: 'x' } }), 'TYPE_MISMATCH', '/data/relationships/customer_group/data/type'],
  ] as const) {
    expect([body, ...(await patch(body))]).toEqual([body, 400, code, at(pointer)]);
  }
  for (const id of ['x', 'ZZZZZZZZZZ', '0000000001', '']) {
    const answers = [
      await patch(group({ data: { type: 'customer_groups', id } })),
      await patch(rel({ data: [{ type: 'tags', id }] })),
    ];
    expect(answers).toEqual([
      [422, 'VALIDATION_ERROR', at('/data/relationships/customer_group')],
      [422, 'VALIDATION_ERROR', at('/data/relationships/tags')],
    ]);
  }
  const after = (await cl.call('GET', `customers/${customer}`, integration)).text.replace(/"trace_id":"\w+"/g, '');
  expect(after).toBe(before);
});

it('refuses values of another kind, and metadata that is too deep or too large (SEC-1, SEC-3, SEC-4)', async () => {
  const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
  for (const attributes of [
    ...[{ email: 7 }, { email: ['a@b.example'] }, { email: null }, { email: '' }, { password: 7 }, { password: '' }],
    ...[{ reference: {} }, { reference: 'x'.repeat(256) }, { reference: 'a\u0000b' }, { reference: '\ud800' }],
    ...[{ shopper_reference: 'ab' }, { shopper_reference: 'x'.repeat(129) }, { metadata: [] }, { metadata: 'x' }],
    ...[{ metadata: nested(11) }, { metadata: { a: 'x'.repeat(16 * 1024) } }, { metadata: { a: '\udc00' } }],
    ...[{ _request_anonymization: 'true' }, { _add_tags: ['a'] }, { profile_id: 1 }],
  ]) {
    const [status, code, source] = await patch({ type: 'customers', id: customer, attributes });
    const pointer = `/data/attributes/${Object.keys(attributes)[0] ?? ''}`;
    expect([attributes, status, code, source]).toEqual([attributes, 422, 'VALIDATION_ERROR', { pointer }]);
  }
  expect(await cl.customer({ email, password: PASSWORD })).toContain('.');
});

it('refuses parameters that it does not know, and filters that could tell a secret (SEC-66)', async () => {
  for (const [query, code] of [
    ['filter[q][password_eq]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][password_hash_start]=$argon', 'FILTER_NOT_ALLOWED'],
    ['filter[q][has_password_true]=true', 'FILTER_NOT_ALLOWED'],
    ['filter[q][customer_addresses_customer_password_present]=1', 'FILTER_NOT_ALLOWED'],
    ['filter[q][customer_group_customers_email_start]=a', 'FILTER_NOT_ALLOWED'],
    ['filter[q][email]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][email_sounds_like]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][metadata_eq]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][__proto___eq]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[email]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][g][x][email_eq]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q]=x', 'FILTER_NOT_ALLOWED'],
    ['filter[q][created_at_gt]=yesterday', 'INVALID_FILTER_VALUE'],
    ['filter[q][created_at_gt]=2026-13-40', 'INVALID_FILTER_VALUE'],
    ['filter[q][email_null]=maybe', 'INVALID_FILTER_VALUE'],
    ['filter[q][metadata_jcont]={', 'INVALID_FILTER_VALUE'],
    ['filter[q][m]=xor', 'INVALID_FILTER_VALUE'],
    ['filter[q][email_eq]=a%00b', 'INVALID_FILTER_VALUE'],
    ['sort=password', 'INVALID_SORT_CRITERIA'],
    ['sort=metadata', 'INVALID_SORT_CRITERIA'],
    ['sort=-tags.name', 'INVALID_SORT_CRITERIA'],
    ['include=password', 'INVALID_INCLUDE'],
    ['include=tags.customers', 'INVALID_INCLUDE'],
    ['include=customer_addresses.customer.customer_addresses.customer.tags.x', 'INVALID_INCLUDE'],
    ['include=jwt_customer', 'INVALID_INCLUDE'],
    ['fields[customers]=password', 'INVALID_FIELD'],
    ['fields[secrets]=x', 'INVALID_RESOURCE'],
    ['fields=x', 'PARAM_NOT_ALLOWED'],
    ['page[size]=0', 'INVALID_PAGE_VALUE'],
    ['page[size]=26', 'INVALID_PAGE_VALUE'],
    ['page[size]=-1', 'INVALID_PAGE_VALUE'],
    ['page[size]=1e9', 'INVALID_PAGE_VALUE'],
    ['page[number]=0', 'INVALID_PAGE_VALUE'],
    ['page[number]=99999999999', 'INVALID_PAGE_VALUE'],
    ['page[offset]=1', 'INVALID_PAGE_OBJECT'],
    ['stats=1', 'PARAM_NOT_ALLOWED'],
    ['sort=email&sort=id', 'PARAM_NOT_ALLOWED'],
  ] as const) {
    const [status, shown] = await get(`customers?${query}`);
    expect([query, status, shown]).toEqual([query, 400, code]);
  }
});

it('compares truths by being equal alone, and documents by what they hold', async () => {
  for (const filter of [
    'business_gt]=true',
    'business_cont]=t',
    'metadata_lt]={}',
    'city_true]=1',
    'city_jcont]={}',
    'lat_start]=1',
  ]) {
    expect([filter, ...(await get(`addresses?filter[q][${filter}`)).slice(0, 2)]).toEqual([
      filter,
      400,
      'FILTER_NOT_ALLOWED',
    ]);
  }
});

it('goes far without a fault: pages behind the end, many filters, odd names', async () => {
  const { status, body } = await cl.call('GET', 'customers?page[number]=1000000000&page[size]=25', integration);
  expect([status, body.data, Object.keys(body.links)]).toEqual([200, [], ['first', 'prev', 'last']]);
  for (const path of [
    'customers/%00',
    'customers/..%2f..',
    `customers/${'x'.repeat(90)}`,
    `customers/${customer}/nothing`,
    `customers/${customer}/__proto__`,
    `customers/${customer}/relationships/constructor`,
  ]) {
    expect([path, (await get(path))[0]]).toEqual([path, 404]);
  }
  const many = Array.from({ length: 31 }, (_, at) => `filter[q][g][${at}][email_eq]=x`).join('&');
  expect((await get(`customers?${many}`)).slice(0, 2)).toEqual([400, 'INVALID_FILTERS_SYNTAX']);
  const values = Array.from({ length: 101 }, () => 'x').join(',');
  expect((await get(`customers?filter[q][email_in]=${values}`)).slice(0, 2)).toEqual([400, 'INVALID_FILTER_VALUE']);
});

it('refuses other media types in both directions, and methods that a resource does not have', async () => {
  const authorization = `Bearer ${integration}`;
  const send = async (
    url: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    headers: object,
    body?: string,
  ): Promise<unknown> => {
    const answer = await app.request({
      url: `/api/${url}`,
      method,
      headers: { authorization, ...headers },
      ...(body ? { body } : {}),
    });
    return [answer.status, answer.body?.errors?.[0]?.code];
  };

  expect(await send('tags', 'GET', { accept: 'text/html' })).toEqual([406, 'NOT_ACCEPTABLE']);
  expect(await send('tags', 'POST', { 'content-type': 'application/json' }, '{}')).toEqual([
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ]);
  expect(await send('tags', 'POST', { 'content-type': JSON_API }, '{')).toEqual([400, 'BAD_REQUEST']);
  for (const singleton of ['organization', 'application']) {
    expect(await send(singleton, 'DELETE', { accept: JSON_API })).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await send(singleton, 'POST', { 'content-type': JSON_API }, '{}')).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await send(singleton, 'PATCH', { 'content-type': JSON_API }, '{}')).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await send(singleton, 'DELETE', { authorization: '' })).toEqual([401, 'INVALID_TOKEN']);
  }
  expect(await send('sku_lists', 'GET', { accept: JSON_API })).toEqual([404, undefined]);
});

it("does not find another organization's records, nor takes their ids (SEC-65)", async () => {
  const other = await cl.token({
    ...{ grant_type: 'client_credentials', client_id: 'other-integration', client_secret: 'other-integration-secret' },
  });
  const attributes = { customer_email: email, reference: 'news' };
  const own = await cl.call('POST', 'customer_subscriptions', integration, {
    type: 'customer_subscriptions',
    attributes,
    relationships: {},
  });

  expect((await get(`customer_subscriptions/${own.body.data.id}`, other))[0]).toBe(404);
  expect((await cl.call('GET', 'customer_subscriptions', other)).body.data).toEqual([]);
  expect((await get(`customer_password_resets/${customer}`))[0]).toBe(404);
  expect((await get(`addresses/${customer}`))[0]).toBe(404);
});
