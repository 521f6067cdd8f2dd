export {
  readSearchCriteria,
  SearchCriteriaFault,
  type ConditionType,
  type Filter,
  type SearchCriteria,
  type SortOrder,
} from './read-search-criteria.js';
export { echoOf, type EchoedCriteria } from './echo.js';
