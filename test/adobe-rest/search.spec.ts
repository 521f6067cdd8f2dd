import { told } from '../adobe/wire.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { callerOf, INTEGRATION, missing, type Call } from './wire.js';

type Filter = readonly [field: string, condition: string, value?: string];

const PEOPLE = [
  { email: 'ada@alpha.example', firstName: 'Ada', lastName: 'Byron' },
  { email: 'bo@beta.example', firstName: 'Bo', lastName: "O'Hara_50%" },
  { email: 'cy@alpha.example', firstName: 'Cy', lastName: 'Young!' },
  { email: 'di@gamma.example', firstName: null, lastName: 'Byron' },
];

let app: TestApp;
let staff: Call;
let ids: number[];

beforeAll(async () => {
  app = await TestApp.start();
  await app.database.transaction((tx) => tx.query('DELETE FROM customer'));
  staff = callerOf(app, INTEGRATION);
  ids = [];
  for (const person of PEOPLE) {
    ids.push((await app.aCustomer(person)).id);
    app.clock.advance(60);
  }
});

afterAll(() => app.stop());

/** The query of groups, in the vendor's older spelling. */
function queryOf(groups: readonly (readonly Filter[])[], more: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(more);
  groups.forEach((filters, group) =>
    filters.forEach(([field, condition, value], at) => {
      const place = `searchCriteria[filter_groups][${group}][filters][${at}]`;
      parameters.set(`${place}[field]`, field);
      parameters.set(`${place}[condition_type]`, condition);
      if (value !== undefined) parameters.set(`${place}[value]`, value);
    }),
  );
  return `customers/search?${parameters.toString()}`;
}

function search(
  groups: readonly (readonly Filter[])[],
  more: Record<string, string> = { searchCriteria: '' },
): Promise<Answer> {
  // prettier-ignore
  return staff('GET', queryOf(groups, more));
}

/** Names of who is found, as `email` begins. */
const foundIn = ({ body, text }: Answer): string =>
  body?.items?.map(({ email }: { email: string }) => email.split('@')[0]).join(' ') ?? text;

it.each<[Filter, string]>([
  [['email', 'eq', 'ADA@alpha.example'], 'ada'],
  [['email', 'eq', 'nobody@alpha.example'], ''],
  [['email', 'like', '%@ALPHA.%'], 'ada cy'],
  [['email', 'nlike', '%@alpha.%'], 'bo di'],
  [['email', 'neq', 'ada@alpha.example'], 'bo cy di'],
  [['firstname', 'eq', 'ada'], 'ada'],
  [['firstname', 'neq', 'Ada'], 'bo cy'],
  [['firstname', 'gt', 'Ada'], 'bo cy'],
  [['firstname', 'lteq', 'Bo'], 'ada bo'],
  [['firstname', 'in', 'Ada, Cy'], 'ada cy'],
  [['firstname', 'nin', 'Ada,Cy'], 'bo'],
  [['firstname', 'null'], 'di'],
  [['firstname', 'notnull'], 'ada bo cy'],
  [['firstname', 'finset', 'Bo'], 'bo'],
  [['lastname', 'nfinset', 'Byron'], 'bo cy'],
  [['lastname', 'like', "o'h%"], 'bo'],
  [['lastname', 'like', 'B_ron'], 'ada di'],
  [['lastname', 'like', 'young!'], 'cy'],
  [['lastname', 'eq', '%'], ''],
  [['lastname', 'eq', "' OR 1=1 --"], ''],
  [['group_id', 'eq', '1'], 'ada bo cy di'],
  [['group_id', 'gteq', '2'], ''],
  [['group_id', 'in', '1,2'], 'ada bo cy di'],
  [['dob', 'null'], 'ada bo cy di'],
])('finds by %j', async (filter, names) => {
  const answer = await search([[filter]]);

  expect(foundIn(answer)).toBe(names);
  expect(answer.body.total_count).toBe(names === '' ? 0 : names.split(' ').length);
});

it('compares ids and times, of which a second is the smallest part', async () => {
  const [ada = 0, bo = 0, cy = 0] = ids;
  const { created_at: at } = (await staff('GET', `customers/${bo}`)).body;
  const cases: readonly (readonly [Filter, string])[] = [
    [['entity_id', 'gteq', String(bo)], 'bo cy di'],
    [['id', 'in', `${ada},${cy}`], 'ada cy'],
    [['id', 'like', `${ada}`], 'ada'],
    [['created_at', 'eq', at], 'bo'],
    [['created_at', 'gt', at], 'cy di'],
    [['created_at', 'from', at], 'bo cy di'],
    [['created_at', 'to', at], 'ada bo'],
    [['created_at', 'lt', at], 'ada'],
    [['created_at', 'lt', '2001-01-01'], ''],
    [['updated_at', 'notnull'], 'ada bo cy di'],
  ];

  for (const [filter, names] of cases) expect([filter, foundIn(await search([[filter]]))]).toEqual([filter, names]);
});

it('takes filters of a group for alternatives, and adds groups up', async () => {
  const byron: Filter = ['lastname', 'eq', 'Byron'];
  const cy: Filter = ['firstname', 'eq', 'Cy'];
  const alpha: Filter = ['email', 'like', '%@alpha.example'];

  expect(foundIn(await search([[byron, cy]]))).toBe('ada cy di');
  expect(foundIn(await search([[byron, cy], [alpha]]))).toBe('ada cy');
  expect(foundIn(await search([]))).toBe('ada bo cy di');
});

it('orders, cuts pages, repeats the search, and shows whole customers', async () => {
  const more = {
    'searchCriteria[sortOrders][0][field]': 'lastname',
    'searchCriteria[sortOrders][0][direction]': 'ASC',
    'searchCriteria[sortOrders][1][field]': 'id',
    'searchCriteria[sortOrders][1][direction]': 'DESC',
    'searchCriteria[pageSize]': '2',
  };

  const first = await search([], { ...more, 'searchCriteria[currentPage]': '1' });
  const second = await search([], { ...more, 'searchCriteria[currentPage]': '2' });
  const beyond = await search([], { ...more, 'searchCriteria[currentPage]': '3' });

  expect([foundIn(first), foundIn(second), foundIn(beyond)]).toEqual(['di ada', 'bo cy', '']);
  expect([first.body.total_count, beyond.body.total_count]).toEqual([4, 4]);
  expect(second.body.search_criteria).toEqual({
    filter_groups: [],
    sort_orders: [
      { field: 'lastname', direction: 'ASC' },
      { field: 'id', direction: 'DESC' },
    ],
    page_size: 2,
    current_page: 2,
  });
  expect(first.body.items[1]).toEqual((await staff('GET', `customers/${ids[0]}`)).body);
});

it('reads a page with all addresses by two statements, where it is plain how many there are', async () => {
  await search([]);
  app.statements.length = 0;

  await search([]);

  expect(app.statements).toHaveLength(2);
});

it('wants searchCriteria', async () => {
  expect(told(await staff('GET', 'customers/search'))).toEqual([400, missing('searchCriteria')]);
});

it.each<[string, Filter]>([
  ['the hash of a password (SEC-66)', ['password_hash', 'like', 'a%']],
  ['a field of the object that JavaScript gives', ['constructor', 'eq', '1']],
  ['an id that is none', ['id', 'eq', '1 OR 1=1']],
  ['a time that is none', ['created_at', 'gt', 'yesterday']],
  ['a pattern of times', ['created_at', 'like', '2026%']],
  ['a condition that is none', ['email', 'regexp', '.*']],
])('refuses %s', async (_, filter) => {
  const answer = await search([[filter]]);

  expect(answer.status).toBe(400);
  expect(typeof answer.body.message).toBe('string');
});

it('refuses an order by a secret, too long a page, repeated parameters and others', async () => {
  const refused = [
    await search([], { 'searchCriteria[sortOrders][0][field]': 'password_hash' }),
    await search([], { 'searchCriteria[pageSize]': '301' }),
    await search([], { 'searchCriteria[pageSize]': '0' }),
    await search([], { searchCriteria: '', access_token: INTEGRATION }),
    await staff('GET', 'customers/search?searchCriteria[pageSize]=1&searchCriteria[pageSize]=2'),
  ];

  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
});

it('knows its own website alone (SEC-65)', async () => {
  expect(foundIn(await search([[['website_id', 'neq', '0']]]))).toBe('ada bo cy di');
  expect(foundIn(await search([[['website_id', 'eq', '99']]]))).toBe('');
});
