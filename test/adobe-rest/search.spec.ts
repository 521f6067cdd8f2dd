import { applySetup } from '../setup/apply-setup.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { callerOf, INTEGRATION, type Call } from './wire.js';

type Filter = readonly [field: string, value?: string, condition?: string];

let app: TestApp;
let call: Call;
let people: Record<'ann' | 'bob' | 'cleo' | 'dora', TestCustomer>;

const address = { lines: ['1 Main St'], city: 'Austin', regionCode: 'TX', countryCode: 'US', postcode: '78701' };

beforeAll(async () => {
  app = await TestApp.startOwn();
  call = callerOf(app, INTEGRATION);
  const ann = await app.aCustomer({ email: 'Ann.Lee@example.com', firstName: 'Ann', lastName: 'Lee' });
  app.clock.advance(3600);
  const bob = await app.aCustomer({
    email: 'bob_100%@example.com',
    firstName: 'Bob',
    lastName: 'Stone',
    addresses: [{ ...address, defaultBilling: true }, address],
  });
  app.clock.advance(3600);
  const cleo = await app.aCustomer({ email: 'cleo@example.net', firstName: 'Cleo', lastName: 'lee' });
  const dora = await app.aCustomer({ email: 'dora@example.net', firstName: null, lastName: null });
  people = { ann, bob, cleo, dora };
});

afterAll(() => app.stop());

/** `searchCriteria` of groups of filters, and of what stands beside them. */
function criteria(groups: readonly (readonly Filter[])[], more = ''): string {
  const parts = groups.flatMap((filters, group) =>
    filters.flatMap(([field, value, condition], at) => {
      const name = `searchCriteria[filter_groups][${group}][filters][${at}]`;
      return [
        `${name}[field]=${field}`,
        ...(value === undefined ? [] : [`${name}[value]=${encodeURIComponent(value)}`]),
        ...(condition === undefined ? [] : [`${name}[condition_type]=${condition}`]),
      ];
    }),
  );
  return `customers/search?${['searchCriteria', ...parts].join('&')}${more}`;
}

/** First names, or the last resort, of who is found; all that the tests made. */
async function found(...groups: readonly (readonly Filter[])[]): Promise<string[]> {
  const ours: Filter = [
    'id',
    Object.values(people)
      .map(({ id }) => id)
      .join(),
    'in',
  ];
  const { status, body, text } = await call('GET', criteria([...groups, [ours]]));
  if (status !== 200) throw new Error(text);
  const items: { email: string }[] = body.items;
  return items.map(({ email }) => email.split(/[@._]/)[0]?.toLowerCase() ?? '');
}

it.each<[Filter, string[]]>([
  [['email', 'ANN.LEE@EXAMPLE.COM'], ['ann']],
  [['email', 'no address'], []],
  [
    ['email', 'ann.lee@example.com', 'neq'],
    ['bob', 'cleo', 'dora'],
  ],
  [['email', 'ann%', 'like'], ['ann']],
  [
    ['email', '%EXAMPLE.net', 'like'],
    ['cleo', 'dora'],
  ],
  [['email', 'bob\\_100\\%%', 'like'], ['bob']],
  [['email', 'ann\\_%', 'like'], []],
  [['email', 'a!%', 'like'], []],
  [
    ['email', '%example.net', 'nlike'],
    ['ann', 'bob'],
  ],
  [
    ['email', 'cleo@example.net,dora@example.net', 'in'],
    ['cleo', 'dora'],
  ],
  [
    ['email', 'c', 'gt'],
    ['cleo', 'dora'],
  ],
  [
    ['lastname', 'LEE'],
    ['ann', 'cleo'],
  ],
  [['lastname', 'lee', 'neq'], ['bob']],
  [
    ['lastname', 'L_e', 'like'],
    ['ann', 'cleo'],
  ],
  [['lastname', 'st%', 'like'], ['bob']],
  [['lastname', 'M', 'gt'], ['bob']],
  [
    ['lastname', 'M', 'lteq'],
    ['ann', 'cleo'],
  ],
  [['lastname', '', 'null'], ['dora']],
  [
    ['lastname', undefined, 'notnull'],
    ['ann', 'bob', 'cleo'],
  ],
  [
    ['firstname', 'bob,ann', 'in'],
    ['ann', 'bob'],
  ],
  [['firstname', 'bob,ann', 'nin'], ['cleo']],
  [['firstname', 'ann', 'finset'], ['ann']],
  [
    ['firstname', 'ann', 'nfinset'],
    ['bob', 'cleo'],
  ],
  [['default_billing', undefined, 'notnull'], ['bob']],
  [
    ['website_id', '1'],
    ['ann', 'bob', 'cleo', 'dora'],
  ],
  [['website_id', '2'], []],
  [
    ['group_id', '1,2', 'in'],
    ['ann', 'bob', 'cleo', 'dora'],
  ],
])('finds by %j', async (filter, names) => {
  expect((await found([filter])).sort()).toEqual(names);
});

it('compares times to the second that answers show', async () => {
  const { body } = await call('GET', `customers/${people.bob.id}`);
  const at: string = body.created_at;
  const times = (value: string, condition?: string): Promise<string[]> => found([['created_at', value, condition]]);

  expect(await times(at)).toEqual(['bob']);
  expect(await times(at, 'gt')).toEqual(['cleo', 'dora']);
  expect(await times(at, 'gteq')).toEqual(['bob', 'cleo', 'dora']);
  expect(await times(at, 'moreq')).toEqual(['bob', 'cleo', 'dora']);
  expect(await times(at, 'lt')).toEqual(['ann']);
  expect(await times(at, 'lteq')).toEqual(['ann', 'bob']);
  expect(await times(`${at.slice(0, 15)}%`, 'like')).toEqual(['bob']);
  expect(await found([['created_at', at, 'from']], [['created_at', at, 'to']])).toEqual(['bob']);

  const { created_at: first } = (await call('GET', `customers/${people.ann.id}`)).body as { created_at: string };
  expect(await times(first.slice(0, 10), 'gteq')).toEqual(['ann', 'bob', 'cleo', 'dora']); // a day is its first moment
  expect(await times(first.slice(0, 10), 'lt')).toEqual([]);
});

it('takes filters of a group for alternatives, and holds groups together', async () => {
  const lee: Filter[] = [['lastname', 'Lee']];
  const annOrBob: Filter[] = [
    ['firstname', 'Ann'],
    ['firstname', 'Bob'],
  ];

  expect(await found(annOrBob)).toEqual(['ann', 'bob']);
  expect(await found(annOrBob, lee)).toEqual(['ann']);
});

it('shows customers with their addresses as elsewhere, and repeats what was asked', async () => {
  const { status, body } = await call(
    'GET',
    'customers/search?search_criteria[filterGroups][0][filters][0][field]=entity_id' +
      `&search_criteria[filterGroups][0][filters][0][value]=${people.bob.id}` +
      '&search_criteria[sortOrders][0][field]=id&search_criteria[pageSize]=5&search_criteria[currentPage]=1',
  );
  const single = await call('GET', `customers/${people.bob.id}`);

  expect(status).toBe(200);
  expect(body.items).toEqual([single.body]);
  expect(body.items[0].addresses).toHaveLength(2);
  expect(body.total_count).toBe(1);
  expect(body.search_criteria).toEqual({
    filter_groups: [{ filters: [{ field: 'entity_id', value: String(people.bob.id), condition_type: 'eq' }] }],
    sort_orders: [{ field: 'id', direction: 'DESC' }],
    page_size: 5,
    current_page: 1,
  });
});

it('orders by several fields and cuts pages, none of which repeats a customer; behind the last one is nothing', async () => {
  const order = '&searchCriteria[sortOrders][0][field]=lastname&searchCriteria[sortOrders][0][direction]=ASC';
  const more = '&searchCriteria[sortOrders][1][field]=firstname&searchCriteria[pageSize]=2';
  const named: Filter[][] = [[['lastname', '', 'notnull']], [['id', String(people.ann.id), 'gteq']]];
  const pages = await Promise.all(
    [0, 1, 2, 3, 99_999].map((page) =>
      call('GET', criteria(named, `${order}${more}&searchCriteria[currentPage]=${page}`)),
    ),
  );

  const items: { firstname: string }[][] = pages.map(({ body }) => body.items);
  expect(items.map((page) => page.map(({ firstname }) => firstname))).toEqual([
    ['Cleo', 'Ann'],
    ['Cleo', 'Ann'],
    ['Bob'],
    [],
    [],
  ]);
  expect(pages.map(({ body }) => body.total_count)).toEqual([3, 3, 3, 3, 3]);
});

it('gives twenty where no number is said, and counts the rest', async () => {
  for (let at = 0; at < 21; at += 1) await app.aCustomer({ lastName: 'Many' });

  const { body } = await call('GET', criteria([[['lastname', 'many']]]));

  expect([body.items.length, body.total_count]).toEqual([20, 21]);
});

it('finds nobody of another realm (SEC-65)', async () => {
  const store = { code: 'brand', name: 'Brand', mailFrom: 'Brand <a@b.example>', adobe: {} };
  await applySetup(app, { realms: [{ code: 'brand', stores: [store] }] });
  const { id, email } = await app.aCustomer({ realm: 'brand' });

  const answers = await Promise.all([
    call('GET', criteria([[['id', String(id)]]])),
    call('GET', criteria([[['email', email]]])),
    call('GET', '/rest/brand/V1/customers/search?searchCriteria'),
  ]);

  expect(answers.map(({ status, body }) => [status, body.total_count])).toEqual([
    [200, 0],
    [200, 0],
    [401, undefined],
  ]);
});

describe('what is refused', () => {
  const required = { message: '"%fieldName" is required. Enter and try again.' };

  it('a request without criteria, in the vendor’s words', async () => {
    const { status, body } = await call('GET', 'customers/search');

    expect([status, body]).toEqual([400, { ...required, parameters: { fieldName: 'searchCriteria' } }]);
  });

  it.each([
    'password_hash',
    'rp_token',
    'passwordHash',
    'email_key',
    'failures_num',
    'lock_expires',
    'constructor',
    '1=1',
  ])('%s, to filter or to sort by (SEC-66)', async (field) => {
    const filtered = await call('GET', criteria([[[encodeURIComponent(field), 'x']]]));
    const sorted = await call(
      'GET',
      criteria([], `&searchCriteria[sortOrders][0][field]=${encodeURIComponent(field)}`),
    );

    for (const { status, body } of [filtered, sorted]) {
      expect([status, body]).toEqual([400, { message: 'Invalid attribute name: %1', parameters: [field] }]);
    }
  });

  it.each<[string, Filter[][], string]>([
    ['a comparison that there is not', [[['email', 'x', 'regexp']]], ''],
    ['a number that is none', [[['id', '1 OR 1=1']]], ''],
    ['a time that is none', [[['created_at', '2026-02-31']]], ''],
    ['a time with SQL in it', [[['created_at', "2026-01-01' OR '1'='1", 'gt']]], ''],
    ['more gaps than anybody needs', [[['email', '%a'.repeat(20), 'like']]], ''],
    ['more values than anybody needs', [[['id', Array(101).fill(1).join(), 'in']]], ''],
    ['control characters (SEC-4)', [[['lastname', 'a\u0000b']]], ''],
    ['a negative page', [], '&searchCriteria[currentPage]=-1'],
    ['a page far away', [], '&searchCriteria[currentPage]=999999999'],
    ['a large page', [], '&searchCriteria[pageSize]=301'],
    ['an endless page', [], '&searchCriteria[pageSize]=0'],
    ['a page of SQL', [], '&searchCriteria[pageSize]=1;DROP TABLE customer'],
    ['two sizes (SEC-1)', [], '&searchCriteria[pageSize]=1&searchCriteria[pageSize]=2'],
    [
      'an order that is none',
      [],
      '&searchCriteria[sortOrders][0][field]=id&searchCriteria[sortOrders][0][direction]=x',
    ],
    ['a member that there is not (SEC-2)', [], '&searchCriteria[foo]=1'],
  ])('%s', async (_name, groups, more) => {
    const { status, body } = await call('GET', criteria(groups, more));

    expect([status, Object.keys(body)]).toEqual([400, ['message', 'parameters']]);
  });

  it('no text of SQL: quotes, comments and escapes mean themselves (SEC-67)', async () => {
    for (const text of ["' OR 1=1 -- ", '" OR ""="', "\\' OR 1=1#", ':p0', '?', '%27', '!', "O'Brien\\"]) {
      for (const condition of ['eq', 'like', 'gt', 'in', 'finset']) {
        for (const field of ['lastname', 'email', 'taxvat']) {
          const { status } = await call('GET', criteria([[[field, text, condition]]]));
          expect([text, condition, field, status]).toEqual([text, condition, field, 200]);
        }
      }
    }
    expect(await found([['lastname', "' OR 1=1 -- "]])).toEqual([]);
  });
});
