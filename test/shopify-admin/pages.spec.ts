import { TestApp } from '../support/test-app.js';
import { admin, ask, LIST, UPDATE } from './admin.js';
import { ALL, found, localParts, makePeople } from './people.js';

let app: TestApp;
let numbers: Map<string, number>;

beforeAll(async () => {
  app = await TestApp.start();
  numbers = await makePeople(app);
});

afterAll(() => app.stop());

describe('orders', () => {
  it.each<[string, string[]]>([
    ['CREATED_AT', ALL],
    ['UPDATED_AT', ['ann.lee', 'lee', 'nameless', 'per_cent%', 'how']],
    ['NAME', ['nameless', 'per_cent%', 'ann.lee', 'lee', 'how']],
  ])('by %s, and back', async (sortKey, expected) => {
    expect(await found(app, '', { sortKey })).toEqual(expected);
    expect(await found(app, '', { sortKey, reverse: true })).toEqual([...expected].reverse());
  });

  it('by id unless it is said otherwise', async () => {
    const byId = [...numbers].sort(([, one], [, other]) => one - other).map(([email]) => email.split('@')[0]);

    expect(await found(app, '', {})).toEqual(byId);
    expect(await found(app, '', { sortKey: 'RELEVANCE' })).toEqual(byId);
    expect(await found(app, '', { sortKey: null })).toEqual(byId);
  });

  it('by place: country, province, city', async () => {
    const located = (await found(app, '', { sortKey: 'LOCATION' })).slice(-2);

    expect(located).toEqual(['nameless', 'ann.lee']);
  });
});

describe('pages', () => {
  it.each(['ID', 'CREATED_AT', 'UPDATED_AT', 'NAME', 'LOCATION'])(
    'cuts by %s without a gap, from both ends',
    async (sortKey) => {
      for (const reverse of [false, true]) {
        const whole = await found(app, '', { sortKey, reverse });
        const forth: string[] = [];
        let after: string | null = null;
        for (let page = 0; page < 10; page += 1) {
          const answer = await ask(app, LIST, { first: 2, after, sortKey, reverse });
          const { pageInfo } = answer;
          forth.push(...localParts(answer));
          expect(pageInfo.hasPreviousPage).toBe(page > 0);
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        const back: string[] = [];
        let before: string | null = null;
        for (let page = 0; page < 10; page += 1) {
          const answer = await ask(app, LIST, { last: 2, before, sortKey, reverse });
          const { pageInfo } = answer;
          back.unshift(...localParts(answer));
          expect(pageInfo.hasNextPage).toBe(page > 0);
          if (!pageInfo.hasPreviousPage) break;
          before = pageInfo.startCursor;
        }

        expect(forth).toEqual(whole);
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
