import { TestApp } from '../support/test-app.js';
import { atAdmin, CRATE, logIn, refusalOf } from './operations.js';

const USERS = `query($l:ID,$p:PaginationInput,$n:Int,$m:Int,$t:String){users(listRef:$l,pagination:$p,page:$n,perPage:$m,term:$t){
  users{_id email lastName accountCreated addresses{city} lists{ref}} pagination{page pages limit count hasMore sort order}}}`;
const LISTS = 'mutation($r:ID!,$l:[ID!]!){userBuyerListsUpdate(userRef:$r,listRefs:$l){_id}}';
const A = 'a'.repeat(24);
const B = 'b'.repeat(24);
const NAMES = ['Quince', 'Plum', 'Apple', 'Melon', 'Fig'];

let app: TestApp;
const emails = NAMES.map((name) => `${name.toLowerCase()}@fruit.example`);

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
  for (const [at, lastName] of NAMES.entries()) {
    app.clock.advance(10);
    const email = emails[at];
    const buyer = await app.aCustomer({ email, lastName, addresses: at % 2 ? [] : [{ city: 'Graz' }] });
    const { body } = await app.admin('GET', `/customers/${buyer.number}`);
    await atAdmin(app, LISTS, { r: body.ids.commonGround, l: at < 2 ? [A, B] : [B] });
  }
  app.clock.advance(10);
});

afterAll(() => app.stop());

async function found(variables: object): Promise<string[]> {
  const { body } = await atAdmin(app, USERS, { t: 'fruit', ...variables });
  return (body.data.users.users as { email: string }[]).map(({ email }) => email);
}

async function pagination(variables: object): Promise<unknown> {
  return (await atAdmin(app, USERS, { t: 'fruit', ...variables })).body.data.users.pagination as unknown;
}

it('lists all, the oldest first, twenty on a page', async () => {
  const { body } = await atAdmin(app, USERS, { t: 'fruit' });

  expect(body.data.users).toMatchObject({
    users: emails.map((email, at) => ({
      ...{ email, lastName: NAMES[at], accountCreated: true, addresses: at % 2 ? [] : [{ city: 'Graz' }] },
    })),
    pagination: { page: 1, pages: 1, limit: 20, count: 5, hasMore: false, sort: 'created', order: 1 },
  });
});

it('finds by words of names, addresses and e-mail', async () => {
  expect(await found({ t: 'fig' })).toEqual(['fig@fruit.example']);
  expect(await found({ t: 'fruit graz' })).toEqual([emails[0], emails[2], emails[4]]);
  expect(await found({ t: 'fruit gra' })).toEqual([emails[0], emails[2], emails[4]]);
  expect(await found({ t: 'fruit nowhere' })).toEqual([]);
  expect(await found({ t: '%' })).toEqual([]);
});

it('finds by list, whole refs alone', async () => {
  expect(await found({ l: A })).toEqual([emails[0], emails[1]]);
  expect(await found({ l: B })).toEqual(emails);
  expect(await found({ l: 'c'.repeat(24) })).toEqual([]);
  expect(await found({ l: 'aaaa' })).toEqual([]);
  expect(await found({ l: '"},{"ref":"' })).toEqual([]);
});

it('cuts pages; `pagination` wins over the single arguments', async () => {
  expect(await found({ n: 2, m: 2 })).toEqual([emails[2], emails[3]]);
  expect(await pagination({ n: 2, m: 2 })).toMatchObject({ page: 2, pages: 3, limit: 2, count: 5, hasMore: true });
  expect(await found({ n: 1, m: 1, p: { page: 2, limit: 3 } })).toEqual([emails[3], emails[4]]);
  expect(await pagination({ p: { page: 2, limit: 3 } })).toMatchObject({ page: 2, pages: 2, hasMore: false });
});

it('is empty beyond the end', async () => {
  expect(await found({ n: 9 })).toEqual([]);
  expect(await pagination({ n: 2_147_483_647 })).toMatchObject({ count: 5, pages: 1, hasMore: false });
});

it('caps a page at 100', async () => {
  expect(await pagination({ m: 5000 })).toMatchObject({ limit: 100 });
});

it.each([
  ['created', [0, 1, 2, 3, 4]],
  ['updated', [0, 1, 2, 3, 4]],
  ['email', [2, 4, 3, 1, 0]],
  ['lastName', [2, 4, 3, 1, 0]],
])('sorts by %s, either way', async (sort, order) => {
  const expected = order.map((at) => emails[at]);

  expect(await found({ p: { sort } })).toEqual(expected);
  expect(await found({ p: { sort, order: -1 } })).toEqual([...expected].reverse());
});

it('sorts by the last login', async () => {
  const buyer = await app.aCustomer({ email: 'late@fruit.example' });
  await logIn(app, buyer);

  expect((await found({ p: { sort: 'lastLogin', order: -1 } }))[0]).toBe(buyer.email);
});

it.each([
  ['a page before the first', { n: 0 }],
  ['an empty page', { m: 0 }],
  ['an unknown order', { p: { order: 2 } }],
  ['a field that is not sortable (SEC-66)', { p: { sort: 'passwordHash' } }],
  ['a field of the prototype', { p: { sort: 'constructor' } }],
  ['a term too long', { t: 'x'.repeat(101) }],
])('refuses %s', async (_what, variables) => {
  const answer = await atAdmin(app, USERS, variables);

  expect(answer.status).toBe(200);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
  expect(answer.body.data).toEqual({ users: null });
});
