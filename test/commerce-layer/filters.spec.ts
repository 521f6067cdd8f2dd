import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
const names = new Map<string, string>();

async function add(type: string, attributes: object, relationships: object = {}): Promise<string> {
  const { status, body, text } = await cl.call('POST', type, integration, { type, attributes, relationships });
  if (status !== 201) throw new Error(text);
  app.clock.advance(60);
  return body.data.id;
}

const link = (type: string, id: string): object => ({ data: { type, id } });

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  const gold = await add('customer_groups', { name: 'Gold', code: 'g1' });
  const silver = await add('customer_groups', { name: 'Silver', code: 'g2' });
  const note = { reference_origin: 'filters' };
  for (const [name, attributes, relationships] of [
    [
      'ann',
      { reference: 'Alpha_1', metadata: { tier: 1, tags: ['x', 'y'], deep: { on: true }, first_name: 'Ann' } },
      { customer_group: link('customer_groups', silver) },
    ],
    [
      'bob',
      { reference: 'alpha%2', metadata: { tier: '1', deep: { on: false, off: null } } },
      { customer_group: link('customer_groups', gold) },
    ],
    ['cat', { reference: 'Beta', metadata: { tags: ['y'] } }, {}],
    ['dan', { metadata: {} }, {}],
    ['eve', { reference: '' }, {}],
  ] as const) {
    names.set(
      await add('customers', { email: `${name}@filters.example`, ...note, ...attributes }, relationships),
      name,
    );
  }
});

afterAll(() => app.stop());

function namesIn(data: readonly { readonly id: string }[]): string {
  return data.map(({ id }) => names.get(id)).join(' ');
}

/** Who is found, oldest first. */
async function found(...filters: readonly string[]): Promise<string> {
  const query = ['reference_origin_eq]=filters', ...filters].map((filter) => `filter[q][${filter}`);
  const { status, body, text } = await cl.call(
    'GET',
    `customers?sort=created_at&${query.join('&').replaceAll('%', '%25')}`,
    integration,
  );
  if (status !== 200) throw new Error(text);
  return namesIn(body.data);
}

it.each([
  ['reference_eq]=Alpha_1', 'ann'],
  ['reference_eq]=alpha_1', ''],
  ['reference_eq_any]=Alpha_1,Beta', 'ann cat'],
  ['reference_not_eq]=Beta', 'ann bob eve'],
  ['reference_not_eq_or_null]=Beta', 'ann bob dan eve'],
  ['reference_not_eq_all]=Beta,Alpha_1', 'bob eve'],
  ['reference_in]=Alpha_1,Beta', 'ann cat'],
  ['reference_in_or_null]=Beta', 'cat dan'],
  ['reference_not_in]=Alpha_1,Beta', 'bob eve'],
  ['reference_cont]=PHA', 'ann bob'],
  ['reference_not_cont]=pha', 'cat eve'],
  ['reference_cont_any]=pha_,eta', 'ann cat'],
  ['reference_cont_all]=a,1', 'ann'],
  ['reference_cont]=%', 'bob'],
  ['reference_cont]=_', 'ann'],
  ['reference_start]=alpha', 'ann bob'],
  ['reference_start]=alpha_', 'ann'],
  ['reference_not_start]=alpha', 'cat eve'],
  ['reference_end]=TA', 'cat'],
  ['reference_not_end_any]=ta,1', 'ann bob cat eve'],
  ['reference_matches]=alpha%', 'ann bob'],
  ['reference_matches]=B_ta', 'cat'],
  ['reference_does_not_match]=alpha%', 'cat eve'],
  ['reference_matches_any]=b%,%2', 'bob cat'],
  ['reference_null]=true', 'dan'],
  ['reference_null]=0', 'ann bob cat eve'],
  ['reference_not_null]=1', 'ann bob cat eve'],
  ['reference_blank]=true', 'dan eve'],
  ['reference_present]=true', 'ann bob cat'],
  ['reference_present]=false', 'dan eve'],
  ['email_eq]=ANN@Filters.Example', 'ann'],
  ['email_in]=ann@filters.example,cat@filters.example,none', 'ann cat'],
  ['email_start]=a', 'ann'],
  ['email_or_reference_cont]=beta', 'cat'],
  ['email_or_reference_cont]=an', 'ann dan'],
  ['status_eq]=prospect', 'ann bob cat dan eve'],
  ['total_orders_count_gt]=0', ''],
  ['anonymization_status_null]=true', 'ann bob cat dan eve'],
  ['customer_group_name_eq]=Gold', 'bob'],
  ['customer_group_code_in]=g1,g2', 'ann bob'],
  ['customer_group_id_null]=true', 'cat dan eve'],
  ['metadata_jcont]={"tier":1}', 'ann'],
  ['metadata_jcont]={"tier":"1"}', 'bob'],
  ['metadata_jcont]={"tags":["y"]}', 'ann cat'],
  ['metadata_jcont]={"tags":["y","x"]}', 'ann'],
  ['metadata_jcont]={"deep":{"on":true}}', 'ann'],
  ['metadata_jcont]={"deep":{"off":null}}', 'bob'],
  ['metadata_jcont]={"deep":"{\\"on\\":true}"}', ''],
  ['metadata_jcont]={"first_name":"Ann"}', 'ann'],
  ['metadata_jcont]={"first_name":"Ann","tier":2}', ''],
])('%s finds %s', async (filter, expected) => {
  expect(await found(filter)).toBe(expected);
});

it('compares times, with and without a zone', async () => {
  const { body } = await cl.call('GET', 'customers?filter[q][reference_eq]=Beta', integration);
  const at: string = body.data[0].attributes.created_at;

  expect(await found(`created_at_lt]=${at}`)).toBe('ann bob');
  expect(await found(`created_at_lteq]=${at}`)).toBe('ann bob cat');
  expect(await found(`created_at_gteq]=${at.slice(0, -1)}`)).toBe('cat dan eve');
  expect(await found(`created_at_gt]=${at}`, 'reference_null]=true')).toBe('dan');
  expect(await found(`created_at_eq]=${at}`)).toBe('cat');
  expect(await found('created_at_gt]=2000-01-01')).toBe('ann bob cat dan eve');
});

it('combines filters in groups, by and or by or', async () => {
  expect(await found('g][0][m]=or', 'g][0][reference_eq]=Beta', 'g][0][reference_null]=true')).toBe('cat dan');
  expect(
    await found('g][0][m]=or', 'g][0][email_start]=a', 'g][0][g][1][email_start]=b', 'g][0][g][1][reference_cont]=2'),
  ).toBe('ann bob');
  expect(await found('g][0][email_start]=a', 'g][1][email_start]=b')).toBe('');
});

it('orders by attributes of its own and of what it is related to', async () => {
  const order = async (sort: string): Promise<string> => {
    const path = `customers?filter[q][reference_origin_eq]=filters&filter[q][customer_group_id_not_null]=true&sort=${sort}`;
    const { body } = await cl.call('GET', path, integration);
    return namesIn(body.data);
  };

  expect(await order('email')).toBe('ann bob');
  expect(await order('-email')).toBe('bob ann');
  expect(await order('customer_group.name')).toBe('bob ann');
  expect(await order('-customer_group_name,email')).toBe('ann bob');
  expect(await order('')).toBe('bob ann');
});

it('shows what is included flat and once, as deep as it goes, with the fields that were asked for', async () => {
  const ann = [...names].find(([, name]) => name === 'ann')?.[0] ?? '';
  const home = {
    first_name: 'A',
    last_name: 'B',
    line_1: '1',
    city: 'c',
    zip_code: '1',
    country_code: 'FR',
    phone: '1',
  };
  const tag = await add('tags', { name: 'deep' });
  const address = await add('addresses', home, { tags: { data: [{ type: 'tags', id: tag }] } });
  const entry = await add(
    'customer_addresses',
    { customer_email: 'ann@filters.example' },
    { address: link('addresses', address) },
  );
  const include = 'customer_group,orders,customer_addresses.customer,customer_addresses.address.tags';
  const fields = 'fields[customers]=email,customer_addresses,orders&fields[addresses]=city&fields[tags]=name';

  const { body } = await cl.call('GET', `customers/${ann}?include=${include}&${fields}`, integration);

  expect(Object.keys(body.data.attributes)).toEqual(['email']);
  expect(body.data.relationships).toEqual({
    customer_addresses: { links: expect.any(Object), data: [{ type: 'customer_addresses', id: entry }] },
    orders: { links: expect.any(Object), data: [] },
  });
  const included: {
    type: string;
    id: string;
    attributes: object;
    relationships?: object;
    links: object;
    meta: object;
  }[] = body.included;
  expect(included.map(({ type }) => type)).toEqual(['customer_groups', 'customer_addresses', 'addresses', 'tags']);
  const [, , shown, tagged] = included;
  expect(shown).toEqual({
    ...{ type: 'addresses', id: address, attributes: { city: 'c' }, meta: body.data.meta },
    links: { self: `http://localhost:3000/api/addresses/${address}` },
  });
  expect(tagged?.attributes).toEqual({ name: 'deep' });
});

it('tells types and ids at the address of a relationship', async () => {
  const bob = [...names].find(([, name]) => name === 'bob')?.[0] ?? '';
  const get = async (path: string): Promise<object> =>
    (await cl.call('GET', `customers/${bob}/${path}`, integration)).body;
  const base = `http://localhost:3000/api/customers/${bob}`;

  expect(await get('relationships/customer_group')).toEqual({
    links: { self: `${base}/relationships/customer_group`, related: `${base}/customer_group` },
    data: { type: 'customer_groups', id: expect.any(String) },
  });
  expect(await get('relationships/tags')).toMatchObject({ data: [], meta: { record_count: 0, page_count: 0 } });
  expect(await get('relationships/orders')).toMatchObject({ data: [] });
  expect(await get('customer_group')).toMatchObject({
    data: { type: 'customer_groups', attributes: { name: 'Gold' } },
  });
  expect(await get('orders')).toMatchObject({ data: [], meta: { record_count: 0, page_count: 0 } });
});
