import { applySetup } from '../setup/apply-setup.js';
import { TestApp } from '../support/test-app.js';
import { admin, LIST } from './admin.js';
import { ALL, found, makePeople } from './people.js';

let app: TestApp;
/** When the first of them was made, and the others a day after one another. */
let start: Date;
let numbers: Map<string, number>;

beforeAll(async () => {
  app = await TestApp.start();
  start = app.clock.now();
  numbers = await makePeople(app);
});

afterAll(() => app.stop());

const day = (days: number): string => new Date(start.getTime() + days * 24 * 3600_000).toISOString().slice(0, 10);
const moment = (days: number): string =>
  `${new Date(start.getTime() + days * 24 * 3600_000).toISOString().slice(0, 19)}Z`;

it.each<[string, string[]]>([
  ['', ALL],
  ['   ', ALL],
  ['email:how@gmail.com', ['how']],
  ['email:" HOW@gmail.COM "', ['how']],
  ["email:'ann.lee@kiln.example'", ['ann.lee']],
  ['email:gmail.com', ['how']],
  ['email:lee', ['ann.lee', 'lee']],
  ['email:nobody@gmail.com', []],
  ['email:ho*', ['how']],
  ['email:*', ALL],
  ['state:INVITED', ['how']],
  ['state:disabled -tag:vip', ['lee', 'nameless', 'per_cent%']],
  ['state:NONSENSE', []],
  ['tag:vip', ['how', 'ann.lee']],
  ['tag:"big spender"', ['how']],
  ['tag:big', []],
  ['tag:big*', ['how']],
  ['tag:gmail,50%', ['ann.lee', 'per_cent%']],
  ['tag:"a\\"b"', ['per_cent%']],
  ['tag_not:vip', ['lee', 'nameless', 'per_cent%']],
  ['tag:*', ['how', 'ann.lee', 'per_cent%']],
  ['first_name:lee', ['lee']],
  ['last_name:smith', ['lee']],
  ['last_name:ohara', []],
  ['last_name:"o\'hara"', ['lee']],
  ['first_name:*', ['how', 'ann.lee', 'lee', 'per_cent%']],
  ['-first_name:*', ['nameless']],
  ['phone:"+1 (613) 450-5293"', ['how']],
  ['phone:+1613*', ['how']],
  ['country:Canada', ['ann.lee']],
  ['country:at', ['nameless']],
  ['country:Nowhere', []],
  ['country:Canada tag:vip', ['ann.lee']],
  ['How*', ['how']],
  ['how', ['how']],
  ['lee', ['ann.lee', 'lee']],
  ['LEE ann', ['ann.lee']],
  ['gmail', ['how', 'ann.lee']],
  ['kiln', ['ann.lee', 'lee', 'nameless']],
  ['lee@kiln.example', ['lee']],
  ['"kiln road"', ['nameless']],
  ['ottawa', ['ann.lee']],
  ['Zoë', ['per_cent%']],
  ['100%', ['per_cent%']],
  ['1_0', []],
  ['%', []],
  ['tag:vip OR country:AT', ['how', 'ann.lee', 'nameless']],
  ['tag:vip state:INVITED OR country:AT', ['how', 'nameless']],
  ['tag:vip (state:INVITED OR country:AT)', ['how']],
  ['NOT (tag:vip OR country:AT)', ['lee', 'per_cent%']],
  ['-(tag:vip OR country:AT) AND lee', ['lee']],
  ['(tag:vip', ['how', 'ann.lee']],
  ['tag:vip) lee', ['ann.lee']],
  ['NOT', []],
  ['OR OR', ALL],
  ['"', ALL],
  ['\\', ALL],
  ['nonsense:x', ALL],
  ['nonsense:x lee', ['ann.lee', 'lee']],
  ['tag:vip OR nonsense:x', ['how', 'ann.lee']],
])('finds by %p', async (query, expected) => {
  expect(await found(app, query)).toEqual(expected);
});

it('finds by times, of any form', async () => {
  const cases: [string, string[]][] = [
    [`created_at:${day(1)}`, ['ann.lee']],
    [`customer_date:>=${day(3)}`, ['nameless', 'per_cent%']],
    [`created_at:>${day(3)}`, ['per_cent%']],
    [`created_at:<${day(1)}`, ['how']],
    [`created_at:<=${day(1)}`, ['how', 'ann.lee']],
    [`created_at:">=${moment(3)}"`, ['nameless', 'per_cent%']],
    [`created_at:>=${moment(3)}`, ['nameless', 'per_cent%']],
    [`created_at:>${moment(3)}`, ['per_cent%']],
    [`created_at:'${moment(2)}'`, ['lee']],
    [`created_at:<now`, ALL],
    [`created_at:>now`, []],
    [`created_at:>=2000 created_at:<9999`, ALL],
    [`created_at:2000`, []],
    [`updated_at:>=${day(4)}`, ['how', 'per_cent%']],
  ];

  for (const [query, expected] of cases) expect([query, await found(app, query)]).toEqual([query, expected]);
});

it.each(['yesterday', '2026-02-31', '2026-13', '2026-01-01T25:00:00Z', '""'])('refuses the time %s', async (time) => {
  const { body } = await admin(app, LIST, { first: 1, query: `created_at:${time}` });

  expect(body).toMatchObject({
    errors: [
      {
        message: 'Invalid timestamp for query filter `created_at`.',
        path: ['customers'],
        locations: [{ line: 1 }],
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
    data: null,
  });
});

it('finds by id, and by a range of them', async () => {
  const [, second = ['', 0], third = ['', 0]] = [...numbers].sort(([, one], [, other]) => one - other);
  const local = (email: string): string => email.split('@')[0] ?? '';

  expect(await found(app, `id:${second[1]}`)).toEqual([local(second[0])]);
  expect(await found(app, `id:"gid://shopify/Customer/${second[1]}"`)).toEqual([local(second[0])]);
  expect(await found(app, `id:>=${second[1]} id:<${third[1]}`)).toEqual([local(second[0])]);
  expect(await found(app, `-id:${second[1]}`)).toHaveLength(4);
  expect(await found(app, 'id:abc')).toEqual([]);
  expect(await found(app, 'id:99999999999999999999')).toEqual([]);
});

it('says which fields there are not, beside the data', async () => {
  const { body } = await admin(app, LIST, { first: 1, query: 'tag:vip nonsense:x -Other:"y"' });
  const clean = await admin(app, LIST, { first: 1, query: 'tag:vip' });

  expect(body.extensions.search).toEqual([
    {
      path: ['customers'],
      query: 'tag:vip nonsense:x -Other:"y"',
      warnings: ['nonsense', 'Other'].map((field) => ({
        field,
        message: 'Invalid search field for this query.',
        code: 'invalid_field',
      })),
    },
  ]);
  expect(clean.body.extensions).toEqual({
    cost: {
      requestedQueryCost: 10,
      actualQueryCost: 10,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100, currentlyAvailable: 1990 },
    },
  });
});

it.each([['('.repeat(1000)], ['-'.repeat(500) + 'x'], [Array(60).fill('a').join(' ')]])(
  'refuses a search that is too much',
  async (query) => {
    const { status, body } = await admin(app, LIST, { first: 1, query });

    expect(status).toBe(200);
    expect(body.errors[0]).toMatchObject({ message: 'The query is too complex.', extensions: { code: 'BAD_REQUEST' } });
  },
);

it('is not fooled by SQL in a search', async () => {
  for (const query of ["zz' OR '1'='1", 'tag:"\' OR 1=1 -- "', "first_name:a' OR 'a'='a", ':p0', 'email:%@%']) {
    expect([query, await found(app, query)]).toEqual([query, []]);
  }
});

it('shows the customers of the realm alone (SEC-65)', async () => {
  const store = {
    code: 'other',
    name: 'Other',
    mailFrom: 'hi@other.example',
    shopify: { adminTokens: ['other-admin-token'] },
  };
  await applySetup(app, { realms: [{ code: 'brand', stores: [store] }] });

  const { body } = await admin(app, LIST, { first: 50 }, { 'x-shopify-access-token': 'other-admin-token' });
  const single = await admin(
    app,
    'query G($id: ID!) { customer(id: $id) { id } }',
    { id: `gid://shopify/Customer/${numbers.get('how@gmail.com')}` },
    { 'x-shopify-access-token': 'other-admin-token' },
  );

  expect(body.data.customers.nodes).toEqual([]);
  expect(single.body.data).toEqual({ customer: null });
});
