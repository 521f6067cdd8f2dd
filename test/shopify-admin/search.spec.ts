import { applySetup } from '../setup/apply-setup.js';
import { TestApp } from '../support/test-app.js';
import { admin, aRecord, ask, LIST, UPDATE } from './admin.js';

let app: TestApp;
/** When the first of them was made, and the others a day after one another. */
let start: Date;

beforeAll(async () => {
  app = await TestApp.start();
  start = app.clock.now();
  for (const input of PEOPLE) {
    const { legacyResourceId } = await aRecord(app, input);
    numbers.set(input.email, Number(legacyResourceId));
    app.clock.advance(24 * 3600);
  }
  await app.admin('POST', `/customers/${numbers.get('how@gmail.com')}/invite`);
});

afterAll(() => app.stop());

const numbers = new Map<string, number>();

const PEOPLE = [
  {
    email: 'how@gmail.com',
    firstName: 'Howard',
    lastName: 'Stone',
    tags: ['vip', 'big spender'],
    phone: '+16134505293',
  },
  {
    email: 'ann.lee@kiln.example',
    firstName: 'Ann',
    lastName: 'Lee',
    tags: ['VIP', 'gmail'],
    addresses: [{ city: 'Ottawa', country: 'Canada', provinceCode: 'ON' }],
  },
  { email: 'lee@kiln.example', firstName: 'Lee', lastName: "O'Hara-Smith", note: 'how' },
  { email: 'nameless@example.org', addresses: [{ address1: '5 Kiln Road', city: 'Graz', countryCode: 'AT' }] },
  { email: 'per_cent%@example.org', firstName: 'Zoë', lastName: '100% pure_x', tags: ['50%', 'a"b'] },
] as const;

/** The local parts of who is found, in the order of the answer. */
async function found(query: string, more: object = { sortKey: 'CREATED_AT' }): Promise<string[]> {
  const { nodes } = await ask(app, LIST, { first: 50, query, ...more });
  return nodes
    .map(({ email }: { email: string }) => email.split('@')[0])
    .filter((name: string) => name !== 'roni_cost');
}

const day = (days: number): string => new Date(start.getTime() + days * 24 * 3600_000).toISOString().slice(0, 10);
const moment = (days: number): string =>
  `${new Date(start.getTime() + days * 24 * 3600_000).toISOString().slice(0, 19)}Z`;

const ALL = ['how', 'ann.lee', 'lee', 'nameless', 'per_cent%'];

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
  expect(await found(query)).toEqual(expected);
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

  for (const [query, expected] of cases) expect([query, await found(query)]).toEqual([query, expected]);
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

  expect(await found(`id:${second[1]}`)).toEqual([local(second[0])]);
  expect(await found(`id:"gid://shopify/Customer/${second[1]}"`)).toEqual([local(second[0])]);
  expect(await found(`id:>=${second[1]} id:<${third[1]}`)).toEqual([local(second[0])]);
  expect(await found(`-id:${second[1]}`)).toHaveLength(4);
  expect(await found('id:abc')).toEqual([]);
  expect(await found('id:99999999999999999999')).toEqual([]);
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
    expect([query, await found(query)]).toEqual([query, []]);
  }
});

describe('orders', () => {
  it.each<[string, string[]]>([
    ['CREATED_AT', ALL],
    ['UPDATED_AT', ['ann.lee', 'lee', 'nameless', 'per_cent%', 'how']],
    ['NAME', ['nameless', 'per_cent%', 'ann.lee', 'lee', 'how']],
  ])('by %s, and back', async (sortKey, expected) => {
    expect(await found('', { sortKey })).toEqual(expected);
    expect(await found('', { sortKey, reverse: true })).toEqual([...expected].reverse());
  });

  it('by id unless it is said otherwise', async () => {
    const byId = [...numbers].sort(([, one], [, other]) => one - other).map(([email]) => email.split('@')[0]);

    expect(await found('', {})).toEqual(byId);
    expect(await found('', { sortKey: 'RELEVANCE' })).toEqual(byId);
    expect(await found('', { sortKey: null })).toEqual(byId);
  });

  it('by place: country, province, city', async () => {
    const located = (await found('', { sortKey: 'LOCATION' })).slice(-2);

    expect(located).toEqual(['nameless', 'ann.lee']);
  });
});

describe('pages', () => {
  it.each(['ID', 'CREATED_AT', 'UPDATED_AT', 'NAME', 'LOCATION'])(
    'cuts by %s without a gap, from both ends',
    async (sortKey) => {
      for (const reverse of [false, true]) {
        const whole = await found('', { sortKey, reverse });
        const forth: string[] = [];
        let after: string | null = null;
        for (let page = 0; page < 10; page += 1) {
          const { nodes, pageInfo } = await ask(app, LIST, { first: 2, after, sortKey, reverse });
          forth.push(...nodes.map(({ email }: { email: string }) => email.split('@')[0]));
          expect(pageInfo.hasPreviousPage).toBe(page > 0);
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        const back: string[] = [];
        let before: string | null = null;
        for (let page = 0; page < 10; page += 1) {
          const { nodes, pageInfo } = await ask(app, LIST, { last: 2, before, sortKey, reverse });
          back.unshift(...nodes.map(({ email }: { email: string }) => email.split('@')[0]));
          expect(pageInfo.hasNextPage).toBe(page > 0);
          if (!pageInfo.hasPreviousPage) break;
          before = pageInfo.startCursor;
        }

        expect(forth.filter((name) => name !== 'roni_cost')).toEqual(whole);
        expect(back).toEqual(forth);
      }
    },
  );

  it('goes on where it ended, even if that row was changed away', async () => {
    const { pageInfo, edges } = await ask(app, LIST, { first: 2, query: 'state:DISABLED', sortKey: 'CREATED_AT' });
    await ask(app, UPDATE, { input: { id: edges[1].node.id, tags: ['moved'] } });

    const next = await ask(app, LIST, {
      first: 1,
      after: pageInfo.endCursor,
      query: '-tag:moved',
      sortKey: 'CREATED_AT',
    });
    await ask(app, UPDATE, { input: { id: edges[1].node.id, tags: [] } });

    expect(edges[1].cursor).toBe(pageInfo.endCursor);
    expect(next.nodes).toEqual([{ email: 'nameless@example.org' }]);
  });

  it('has no cursors where there is nothing', async () => {
    expect(await ask(app, LIST, { first: 5, query: 'nobody' })).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it.each([
    [{}, 'you must provide one of first or last'],
    [{ first: 1, last: 1 }, 'providing both first and last is not supported'],
    [{ first: 0 }, 'first must be between 1 and 250'],
    [{ last: 251 }, 'last must be between 1 and 250'],
    [{ first: 1, after: 'nope' }, 'Invalid cursor for current pagination sort.'],
    [{ first: 1, after: '' }, 'Invalid cursor for current pagination sort.'],
    [
      { first: 1, before: Buffer.from('{"s":"name","k":"x","n":1}').toString('base64url') },
      'Invalid cursor for current pagination sort.',
    ],
    [
      { first: 1, after: Buffer.from('{"s":"number","k":"1 OR 1=1","n":1}').toString('base64url') },
      'Invalid cursor for current pagination sort.',
    ],
    [
      {
        first: 1,
        sortKey: 'CREATED_AT',
        after: Buffer.from('{"s":"createdAt","k":1e300,"n":1}').toString('base64url'),
      },
      'Invalid cursor for current pagination sort.',
    ],
  ])('refuses %j', async (page, message) => {
    const { status, body } = await admin(app, LIST, page);

    expect(status).toBe(200);
    expect(body).toMatchObject({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }], data: null });
  });
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
