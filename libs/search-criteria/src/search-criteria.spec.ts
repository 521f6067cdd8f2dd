import { echoOf } from './echo.js';
import { readSearchCriteria, SearchCriteriaFault } from './read-search-criteria.js';

const FILTER = 'searchCriteria[filter_groups][0][filters][0]';

it('reads groups of filters, orders and the page, in both spellings', () => {
  const read = readSearchCriteria({
    [`${FILTER}[field]`]: 'email',
    [`${FILTER}[value]`]: '%@example.com',
    [`${FILTER}[condition_type]`]: 'like',
    'searchCriteria[filterGroups][0][filters][1][field]': 'firstname',
    'searchCriteria[filterGroups][0][filters][1][value]': 'Ann',
    'searchCriteria[filterGroups][7][filters][x][field]': 'dob',
    'searchCriteria[filterGroups][7][filters][x][conditionType]': 'notnull',
    'searchCriteria[sortOrders][0][field]': 'id',
    'searchCriteria[sort_orders][0][direction]': 'desc',
    'searchCriteria[pageSize]': '10',
    'searchCriteria[current_page]': '2',
  });

  expect(read).toEqual({
    groups: [
      [
        { field: 'email', value: '%@example.com', conditionType: 'like' },
        { field: 'firstname', value: 'Ann', conditionType: 'eq' },
      ],
      [{ field: 'dob', value: '', conditionType: 'notnull' }],
    ],
    sortOrders: [{ field: 'id', direction: 'DESC' }],
    pageSize: 10,
    currentPage: 2,
  });
});

it('takes a bare searchCriteria for everything, and none for none', () => {
  expect(readSearchCriteria({ searchCriteria: '' })).toMatchObject({ groups: [], pageSize: null });
  expect(readSearchCriteria({})).toBeNull();
  expect(readSearchCriteria({ fields: 'items' })).toBeNull();
});

it.each([
  ['an unknown member', { [`${FILTER}[fields]`]: 'x' }],
  ['a member at a wrong depth', { 'searchCriteria[filter_groups][field]': 'x' }],
  ['another parameter', { searchCriteria: '', fields: 'items' }],
  ['a parameter that is repeated', { [`${FILTER}[field]`]: ['a', 'b'] }],
  ['a filter without a field', { [`${FILTER}[value]`]: 'x' }],
  ['a filter without a value', { [`${FILTER}[field]`]: 'x' }],
  ['an unknown condition', { [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: 'y', [`${FILTER}[conditionType]`]: 'regexp' }], // prettier-ignore
  ['an unknown direction', { 'searchCriteria[sortOrders][0][field]': 'id', 'searchCriteria[sortOrders][0][direction]': 'UP' }], // prettier-ignore
  ['a page that is none', { 'searchCriteria[currentPage]': '0' }],
  ['a size that is none', { 'searchCriteria[pageSize]': '1e3' }],
  ['a value that is too long', { [`${FILTER}[field]`]: 'x', [`${FILTER}[value]`]: 'y'.repeat(1025) }],
  ['too many groups', Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`searchCriteria[filter_groups][${at}][filters][0][field]`, 'x']))], // prettier-ignore
])('refuses %s', (_, query) => {
  expect(() => readSearchCriteria(query)).toThrow(SearchCriteriaFault);
});

it('repeats what was asked for in the vendor’s spelling, and nothing that was not', () => {
  const filters = [{ field: 'email', value: 'a@b.co', conditionType: 'eq' }] as const;
  const nothing = { sortOrders: [], pageSize: null, currentPage: null };

  expect(echoOf({ ...nothing, groups: [filters] })).toEqual({
    filter_groups: [{ filters: [{ field: 'email', value: 'a@b.co', condition_type: 'eq' }] }],
  });
  expect(echoOf({ groups: [], sortOrders: [{ field: 'id', direction: 'ASC' }], pageSize: 5, currentPage: 2 })).toEqual({
    filter_groups: [],
    sort_orders: [{ field: 'id', direction: 'ASC' }],
    page_size: 5,
    current_page: 2,
  });
});
