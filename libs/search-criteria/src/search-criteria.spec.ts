import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { echoOf, readSearchCriteria, SearchCriteriaRefused } from './index.js';
import { CONDITION_TYPES } from './search-criteria.js';

function read(text: string) {
  return readSearchCriteria(Object.fromEntries(new URLSearchParams(text)));
}

function refusalOf(query: Record<string, unknown>): [string, string] | null {
  try {
    readSearchCriteria(query);
    return null;
  } catch (error) {
    if (!(error instanceof SearchCriteriaRefused)) throw error;
    return [error.reason, error.part];
  }
}

it('reads groups, orders and pages, in the order of their indices', () => {
  const criteria = read(
    'searchCriteria[filter_groups][1][filters][0][field]=b&searchCriteria[filter_groups][1][filters][0][value]=2' +
      '&searchCriteria[filter_groups][0][filters][10][field]=a&searchCriteria[filter_groups][0][filters][10][value]=1' +
      '&searchCriteria[filter_groups][0][filters][2][field]=c&searchCriteria[filter_groups][0][filters][2][value]=x%25' +
      '&searchCriteria[filter_groups][0][filters][2][condition_type]=like' +
      '&searchCriteria[sortOrders][0][field]=a&searchCriteria[sortOrders][0][direction]=desc' +
      '&searchCriteria[pageSize]=5&searchCriteria[current_page]=2&other=1',
  );

  expect(criteria).toEqual({
    groups: [
      [
        { field: 'c', value: 'x%', condition: 'like' },
        { field: 'a', value: '1', condition: 'eq' },
      ],
      [{ field: 'b', value: '2', condition: 'eq' }],
    ],
    sorts: [{ field: 'a', descending: true }],
    pageSize: 5,
    currentPage: 2,
  });
});

it('takes camelCase and snake_case for the same', () => {
  const camel = read(
    'searchCriteria[filterGroups][0][filters][0][field]=a&searchCriteria[filterGroups][0][filters][0][conditionType]=notnull' +
      '&searchCriteria[sortOrders][0][field]=a&searchCriteria[currentPage]=1',
  );
  const snake = read(
    'search_criteria[filter_groups][0][filters][0][field]=a&search_criteria[filter_groups][0][filters][0][condition_type]=notnull' +
      '&search_criteria[sort_orders][0][field]=a&search_criteria[current_page]=1',
  );

  expect(camel).toEqual(snake);
  expect(camel.groups).toEqual([[{ field: 'a', value: '', condition: 'notnull' }]]);
});

it('finds everything where nothing is said', () => {
  const everything = { groups: [], sorts: [], pageSize: null, currentPage: null };

  expect([
    read('searchCriteria='),
    read('searchCriteria'),
    read('searchCriteria[]='),
    read('searchCriteria=all'),
    read('searchCriteria[filter_groups]='),
    read('searchCriteria[pageSize]='),
  ]).toEqual([everything, everything, everything, everything, everything, everything]);
});

it('repeats what was asked', () => {
  const text =
    'searchCriteria[filter_groups][0][filters][0][field]=email&searchCriteria[filter_groups][0][filters][0][value]=a' +
    '&searchCriteria[sortOrders][0][field]=id&searchCriteria[pageSize]=3';

  expect(echoOf(read(text))).toEqual({
    filter_groups: [{ filters: [{ field: 'email', value: 'a', condition_type: 'eq' }] }],
    sort_orders: [{ field: 'id', direction: 'DESC' }],
    page_size: 3,
  });
  expect(echoOf(read('searchCriteria='))).toEqual({ filter_groups: [] });
});

const FILTER = 'searchCriteria[filter_groups][0][filters][0]';

it.each<[Record<string, unknown>, string, string]>([
  [{}, 'missing', 'searchCriteria'],
  [{ other: '1', searchCriteriaX: '1' }, 'missing', 'searchCriteria'],
  [{ searchCriteria: 'x' }, 'unknown', 'searchCriteria'],
  [{ 'searchCriteria[unknown]': '1' }, 'unknown', 'searchCriteria[unknown]'],
  [{ [`${FILTER}[value]`]: '1' }, 'malformed', 'field'],
  [{ [`${FILTER}[field]`]: 'a', [`${FILTER}[condition_type]`]: 'regexp' }, 'unknown', 'regexp'],
  [{ [`${FILTER}[field]`]: ['a', 'b'] }, 'malformed', `${FILTER}[field]`],
  [{ [`${FILTER}[field]`]: 'x'.repeat(1025) }, 'malformed', `${FILTER}[field]`],
  [{ [`${FILTER}[field`]: 'a' }, 'malformed', `${FILTER}[field`],
  [{ [`${FILTER}[more]`]: 'a' }, 'unknown', `${FILTER}[more]`],
  [
    { 'searchCriteria[filter_groups][x][filters][0][field]': 'a' },
    'malformed',
    'searchCriteria[filter_groups][x][filters][0][field]',
  ],
  [{ 'searchCriteria[pageSize]': '1', 'searchCriteria[page_size]': '2' }, 'malformed', 'searchCriteria[page_size]'],
  [{ 'searchCriteria[pageSize]': '-1' }, 'malformed', 'page_size'],
  [{ 'searchCriteria[currentPage]': '1e9' }, 'malformed', 'current_page'],
  [
    { 'searchCriteria[sortOrders][0][field]': 'a', 'searchCriteria[sortOrders][0][direction]': 'up' },
    'malformed',
    'sortOrders',
  ],
])('refuses %j', (query, reason, part) => {
  expect(refusalOf(query)).toEqual([reason, part]);
});

it('refuses more keys than anybody types', () => {
  const keys = Array.from({ length: 201 }, (_, at) => [`searchCriteria[sortOrders][${at}][field]`, 'a']);

  expect(refusalOf(Object.fromEntries(keys))).toEqual(['too-many', 'searchCriteria']);
});

it('answers any query with criteria or its own refusal, at once', () => {
  const segment = fc.oneof(
    fc.constantFrom(
      'filter_groups',
      'filterGroups',
      'filters',
      'field',
      'value',
      'condition_type',
      'sortOrders',
      'pageSize',
      '0',
      '999',
      '1000',
    ),
    fc.string(),
  );
  const key = fc
    .array(segment, { maxLength: 6 })
    .map((path) => `searchCriteria${path.map((name) => `[${name}]`).join('')}`);
  const value = fc.oneof(
    fc.constantFrom('', 'eq', ...CONDITION_TYPES),
    fc.string(),
    fc.array(fc.string(), { maxLength: 2 }),
  );

  fc.assert(
    fc.property(fc.dictionary(fc.oneof(key, fc.string()), value, { maxKeys: 12 }), (query) => {
      refusalOf(query); // throws what is no refusal
    }),
  );
});

describe('whatever is asked for', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const filter = fc.record({
    field: fc.string({ minLength: 1, maxLength: 40 }),
    value: text,
    condition: fc.constantFrom(...CONDITION_TYPES),
  });
  const number = fc.option(fc.nat(999_999_999), { nil: null });
  const criteria = fc.record({
    groups: fc.array(fc.array(filter, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
    sorts: fc.array(fc.record({ field: fc.string({ minLength: 1 }), descending: fc.boolean() }), { maxLength: 4 }),
    pageSize: number,
    currentPage: number,
  });

  it('is read back from the query that a client writes for its echo, in either spelling', () => {
    fc.assert(
      fc.property(criteria, fc.boolean(), (wanted, isCamel) => {
        const said = flat(isCamel ? 'searchCriteria' : 'search_criteria', echoOf(wanted), isCamel);
        const backwards = Object.fromEntries(Object.entries(said).reverse());
        expect(readSearchCriteria({ searchCriteria: '', ...said })).toEqual(wanted);
        expect(readSearchCriteria({ searchCriteria: '', ...backwards })).toEqual(wanted);
      }),
      { numRuns: 1000 * FUZZ },
    );
  });

  it('is answered at once, however long its keys and values', async () => {
    const took = await leastCpuMilliseconds(1000, () => {
      for (const piece of ['[', ']', '[a', '][', 'A', '_']) {
        for (const root of ['searchCriteria', 'searchCriteria[', 'x']) {
          const key = root + piece.repeat(100_000 / piece.length);
          expect(refusalOf({ [key]: '' })).not.toBeNull();
          expect(refusalOf({ 'searchCriteria[pageSize]': key })).not.toBeNull();
        }
      }
    });

    expect(took).toBeLessThan(1000);
  });
});

/** An object as clients write it into a query. */
function flat(at: string, value: unknown, isCamel: boolean): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [at]: String(value) };
  const named = (name: string): string =>
    isCamel ? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : name;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => Object.entries(flat(`${at}[${named(name)}]`, inner, isCamel))),
  );
}
