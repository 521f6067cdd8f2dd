import fc from 'fast-check';
import { echoOf, readSearch, SearchRefused, CONDITION_TYPES, type SearchFault } from './index.js';

const FILTER = 'searchCriteria[filter_groups][0][filters][0]';

function faultOf(query: Record<string, string | string[]>): SearchFault | null {
  try {
    readSearch(query);
    return null;
  } catch (error) {
    if (error instanceof SearchRefused) return error.fault;
    throw error;
  }
}

describe('what is asked for', () => {
  const wanted = {
    groups: [
      [
        { field: 'email', condition: 'like', value: 'a%' },
        { field: 'lastname', condition: 'eq', value: 'Lee' },
      ],
      [{ field: 'dob', condition: 'notnull', value: null }],
    ],
    sortOrders: [
      { field: 'created_at', direction: 'DESC' },
      { field: 'email', direction: null },
    ],
    pageSize: 20,
    currentPage: 3,
  };

  it('is read in snake case', () => {
    const request = readSearch({
      'search_criteria[filter_groups][0][filters][0][field]': 'email',
      'search_criteria[filter_groups][0][filters][0][value]': 'a%',
      'search_criteria[filter_groups][0][filters][0][condition_type]': 'like',
      'search_criteria[filter_groups][0][filters][1][field]': 'lastname',
      'search_criteria[filter_groups][0][filters][1][value]': 'Lee',
      'search_criteria[filter_groups][1][filters][0][field]': 'dob',
      'search_criteria[filter_groups][1][filters][0][condition_type]': 'notnull',
      'search_criteria[sort_orders][0][field]': 'created_at',
      'search_criteria[sort_orders][0][direction]': 'desc',
      'search_criteria[sort_orders][1][field]': 'email',
      'search_criteria[page_size]': '20',
      'search_criteria[current_page]': '3',
      store: 'another parameter',
    });

    expect(request).toEqual(wanted);
  });

  it('is read in camel case, whatever the numbers and the order of the parts', () => {
    const request = readSearch({
      'searchCriteria[currentPage]': '3',
      'searchCriteria[filterGroups][7][filters][4][value]': 'a%',
      'searchCriteria[filterGroups][7][filters][4][conditionType]': 'like',
      'searchCriteria[filterGroups][7][filters][4][field]': 'email',
      'searchCriteria[filterGroups][2][filters][a][field]': 'dob',
      'searchCriteria[filterGroups][2][filters][a][conditionType]': 'notnull',
      'searchCriteria[filterGroups][7][filters][2][field]': 'lastname',
      'searchCriteria[filterGroups][7][filters][2][value]': 'Lee',
      'searchCriteria[sortOrders][0][field]': 'created_at',
      'searchCriteria[sortOrders][0][direction]': 'DESC',
      'searchCriteria[sortOrders][1][field]': 'email',
      'searchCriteria[pageSize]': '20',
    });

    expect(request).toEqual(wanted);
  });

  it.each([{ searchCriteria: '' }, { searchCriteria: 'all' }, { 'searchCriteria[]': '' }, { search_criteria: '' }])(
    'is everything for %j',
    (query) => {
      expect(readSearch(query)).toEqual({ groups: [], sortOrders: [], pageSize: null, currentPage: null });
    },
  );

  it.each(CONDITION_TYPES)('may be compared by %s', (condition) => {
    const query = { [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: '1', [`${FILTER}[condition_type]`]: condition };

    expect(readSearch(query).groups).toEqual([[{ field: 'x', condition, value: '1' }]]);
  });

  it('is repeated in snake case, without what was not said', () => {
    const query = { [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: '1', 'searchCriteria[pageSize]': '2' };

    expect(echoOf(readSearch(query))).toEqual({
      filter_groups: [{ filters: [{ field: 'x', value: '1', condition_type: 'eq' }] }],
      page_size: 2,
    });
    expect(echoOf(readSearch({ searchCriteria: '' }))).toEqual({ filter_groups: [] });
    expect(echoOf(readSearch({ ...query, 'searchCriteria[sortOrders][0][field]': 'x' }))).toMatchObject({
      sort_orders: [{ field: 'x' }],
    });
  });
});

describe('what is refused', () => {
  it.each<[Record<string, string | string[]>, SearchFault]>([
    [{}, { kind: 'missing', name: 'searchCriteria' }],
    [{ searchcriteria: '' }, { kind: 'missing', name: 'searchCriteria' }],
    [{ [`${FILTER}[value]`]: '1' }, { kind: 'missing', name: 'field' }],
    [
      { [`${FILTER}[field]`]: '', [`${FILTER}[value]`]: '1' },
      { kind: 'missing', name: 'field' },
    ],
    [{ [`${FILTER}[field]`]: 'x' }, { kind: 'missing', name: 'value' }],
    [{ 'searchCriteria[pageSize]': '-1' }, { kind: 'invalid', name: 'page_size', value: '-1' }],
    [{ 'searchCriteria[pageSize]': '1e9' }, { kind: 'invalid', name: 'page_size', value: '1e9' }],
    [{ 'searchCriteria[currentPage]': '99999999999' }, { kind: 'invalid', name: 'current_page', value: '99999999999' }],
    [{ searchCriteria: 'some' }, { kind: 'invalid', name: 'searchCriteria', value: 'some' }],
    [{ 'searchCriteria[pages]': '1' }, { kind: 'invalid', name: 'searchCriteria', value: 'pages' }],
    [{ 'searchCriteria[pageSize': '1' }, { kind: 'invalid', name: 'searchCriteria', value: 'searchCriteria[pageSize' }],
    [{ 'searchCriteria[filter_groups]': 'x' }, { kind: 'invalid', name: 'filter_groups', value: 'x' }],
    [{ 'searchCriteria[filter_groups][0]': 'x' }, { kind: 'invalid', name: 'filter_groups', value: '0' }],
  ])('%j', (query, fault) => {
    expect(faultOf(query)).toEqual(fault);
  });

  it('something that is said twice, in one spelling or in both (SEC-1)', () => {
    expect(faultOf({ 'searchCriteria[pageSize]': ['1', '2'] })).toMatchObject({ kind: 'invalid' });
    expect(faultOf({ 'searchCriteria[pageSize]': '1', 'searchCriteria[page_size]': '1' })).toMatchObject({
      kind: 'invalid',
    });
  });

  it('a comparison that is none, and an order that is none', () => {
    const filter = { [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: '1' };

    expect(faultOf({ ...filter, [`${FILTER}[condition_type]`]: 'regexp' })).toEqual({
      kind: 'invalid',
      name: 'condition_type',
      value: 'regexp',
    });
    const order = { 'searchCriteria[sortOrders][0][field]': 'x', 'searchCriteria[sortOrders][0][direction]': 'up' };
    expect(faultOf(order)).toMatchObject({ kind: 'invalid', name: 'direction' });
  });

  it('more filters, orders, parameters or text than anybody needs (SEC-3)', () => {
    const filters = (count: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => {
          const name = `searchCriteria[filter_groups][0][filters][${at}]`;
          return [
            [`${name}[field]`, 'x'],
            [`${name}[value]`, '1'],
          ];
        }).flat(),
      );

    expect(faultOf(filters(50))).toBeNull();
    expect(faultOf(filters(51))).toEqual({ kind: 'tooMuch', name: 'filters', maximum: 50 });
    expect(faultOf(filters(151))).toMatchObject({ kind: 'tooMuch', name: 'searchCriteria' });
    expect(faultOf({ [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: 'x'.repeat(4097) })).toMatchObject({
      kind: 'tooMuch',
    });
    expect(faultOf({ [`searchCriteria${'[a]'.repeat(5000)}`]: '' })).toMatchObject({ kind: 'invalid' });
  });
});

describe('any query', () => {
  const words = fc.constantFrom(
    'searchCriteria',
    'search_criteria',
    '[filter_groups]',
    '[filterGroups]',
    '[0]',
    '[filters]',
    '[field]',
    '[value]',
    '[conditionType]',
    '[sortOrders]',
    '[direction]',
    '[pageSize]',
    '[]',
    '[',
    ']',
    '[__proto__]',
    '[constructor]',
  );
  const name = fc.oneof(
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }).map((text) => `searchCriteria${text}`),
  );
  const value = fc.oneof(
    fc.constantFrom('', 'all', '1', 'eq', 'in', 'ASC', '-1', '1e5'),
    fc.string({ unit: 'binary' }),
    fc.array(fc.string()),
  );

  it('is either read or refused, and never leaves its mark on objects', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (query) => {
        const fault = faultOf(query);
        if (!fault) expect(JSON.stringify(echoOf(readSearch(query)))).toContain('filter_groups');
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('comes back from its echo', () => {
    const filter = fc.record({
      field: fc.string({ minLength: 1 }),
      value: fc.string(),
      condition_type: fc.constantFrom(...CONDITION_TYPES),
    });
    fc.assert(
      fc.property(fc.array(fc.array(filter, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (groups) => {
        const query = Object.fromEntries(
          groups.flatMap((filters, group) =>
            filters.flatMap((one, at) =>
              Object.entries(one).map(([key, text]) => [
                `searchCriteria[filter_groups][${group}][filters][${at}][${key}]`,
                text,
              ]),
            ),
          ),
        );
        const echo = echoOf(readSearch({ searchCriteria: '', ...query }));
        expect(echo).toEqual({ filter_groups: groups.map((filters) => ({ filters })) });
      }),
    );
  });
});
