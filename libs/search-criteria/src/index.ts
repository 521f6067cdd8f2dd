export { type Query } from './query-tree.js';
export { readSearch } from './read-search.js';
export { SearchRefused, type SearchFault } from './search-refused.js';
export { CONDITION_TYPES, echoOf, type ConditionType, type Filter, type SearchRequest } from './search-request.js';
