import { databaseKind } from '../../src/config/index.js';
import type { Parameter } from '../../src/common/parameter.js';
import { TestApp } from '../support/test-app.js';
import { callerOf, INTEGRATION } from './wire.js';

const ROWS = 4000;
const BATCH = 500;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn();
  await fill();
});

afterAll(() => app.stop());

/** Copies of one customer with names, addresses and times of their own. */
async function fill(): Promise<void> {
  await app.aCustomer();
  const [model] = await app.database.select('SELECT * FROM customer ORDER BY id DESC LIMIT 1', []);
  if (!model) throw new Error('there is no customer');
  const columns = Object.keys(model).filter((name) => name !== 'id');
  const places = `(${columns.map(() => '?').join()})`;
  for (let from = 0; from < ROWS; from += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, at) => copied(model, from + at));
    const values = rows.flatMap((row) => columns.map((name): Parameter => row[name] ?? null));
    const sql = `INSERT INTO customer (${columns.join()}) VALUES ${rows.map(() => places).join()}`;
    await app.database.transaction((tx) => app.database.change(tx, sql, values));
  }
  await app.database.selectOnce(databaseKind === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE customer', []);
}

function copied(model: Record<string, Parameter>, at: number): Record<string, Parameter> {
  const email = `plan-${at}@example.com`;
  const time = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString().replace('T', ' ').slice(0, 23);
  const times = { created_at: time, updated_at: time };
  return {
    ...model,
    ...times,
    number: 5_000_000 + at,
    email,
    email_key: Buffer.from(email),
    last_name: `Name ${at % 400}`,
  };
}

/** How the database goes about each statement of a search that finds customers. */
async function plansOf(search: string): Promise<string[]> {
  const asked = jest.spyOn(app.database, 'selectOnce');
  const { status, text } = await callerOf(app, INTEGRATION)('GET', `customers/search?searchCriteria&${search}`);
  const statements = asked.mock.calls
    .map(([sql, parameters]) => ({ sql, parameters }))
    .filter(({ sql }) => sql.includes('FROM customer c ')); // what else is read is read by ids
  asked.mockRestore();
  if (status !== 200) throw new Error(text);
  const explain = databaseKind === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const plans = await Promise.all(
    statements.map(({ sql, parameters }) => app.database.selectOnce(`${explain} ${sql}`, parameters)),
  );
  return plans.map((steps) => JSON.stringify(steps));
}

const filter = (field: string, value: string, condition = 'eq', group = 0): string => {
  const name = `searchCriteria[filter_groups][${group}][filters][0]`;
  return `${name}[field]=${field}&${name}[value]=${encodeURIComponent(value)}&${name}[condition_type]=${condition}&`;
};
const sorted = (field: string, direction = 'ASC'): string =>
  `searchCriteria[sortOrders][0][field]=${field}&searchCriteria[sortOrders][0][direction]=${direction}&`;
const paged = (page: number): string => `searchCriteria[pageSize]=20&searchCriteria[currentPage]=${page}`;

const EMAIL = 'customer_realm_email_key';
const ID = 'customer_realm_id';
const CREATED = 'customer_realm_created_at';
const UPDATED = 'customer_realm_updated_at';
const NAME = 'customer_realm_last_name';

/** A whole table, or a whole index where only a part of it is wanted. */
const SCAN = databaseKind === 'sqlite' ? /SCAN c/ : /"type":"(?:ALL|index)"/;
const SORTING = databaseKind === 'sqlite' ? /TEMP B-TREE/ : /filesort|temporary/;

it.each([
  ['an address', filter('email', 'plan-7@example.com'), EMAIL],
  ['several addresses', filter('email', 'plan-7@example.com,plan-8@example.com', 'in'), EMAIL],
  ['the beginning of an address', filter('email', 'PLAN-39%', 'like') + sorted('email'), EMAIL],
  ['an id', filter('entity_id', '7'), '(?:PRIMARY|customer_realm_id|INTEGER PRIMARY KEY|customer_realm_number)'],
  [
    'what follows an id',
    filter('entity_id', '3900', 'gt') + sorted('entity_id'),
    `(?:PRIMARY|INTEGER PRIMARY KEY|${ID})`,
  ],
  ['everybody, page by page', sorted('entity_id') + paged(20), ID],
  ['everybody, without an order', paged(3), ID],
  [
    'whom the last day made',
    filter('created_at', '2026-01-03 12:00:00', 'gteq') + sorted('created_at', 'DESC'),
    CREATED,
  ],
  [
    'who was changed since',
    filter('updated_at', '2026-01-03 16:00:00', 'gt') + sorted('updated_at') + paged(2),
    UPDATED,
  ],
  [
    'a span of time',
    filter('created_at', '2026-01-01 10:00:00', 'from') + filter('created_at', '2026-01-01 11:00:00', 'to', 1),
    CREATED,
  ],
  ['a last name, whatever its case', filter('lastname', 'NAME 7'), NAME],
  ['the beginning of a last name', filter('lastname', 'name 39%', 'like'), NAME],
  ['one of several last names', filter('lastname', 'Name 1,Name 2', 'in'), NAME],
  ['names in order', sorted('lastname') + paged(100), NAME],
])('finds %s by an index', async (_name, search, index) => {
  const plans = await plansOf(search);

  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(SCAN);
  expect(plans[0]).toMatch(new RegExp(index));
  if (search.includes('sortOrders')) expect(plans[0]).not.toMatch(SORTING);
});

it('notices where there is none: an order by first names', async () => {
  const [plan] = await plansOf(sorted('firstname'));

  expect(plan).toMatch(SORTING);
});

it('finds with two statements, and with one more each for a count and for what stands before the page', async () => {
  const counted = async (search: string): Promise<number> => {
    app.statements.length = 0;
    await callerOf(app, INTEGRATION)('GET', `customers/search?searchCriteria&${search}`);
    return app.statements.filter((statement) => /customer/.test(statement)).length;
  };

  expect(await counted(filter('email', 'plan-7@example.com'))).toBe(2);
  expect(await counted(paged(1))).toBe(3);
  expect(await counted(paged(2))).toBe(4);
});
