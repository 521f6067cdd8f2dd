export {
  CONDITION_TYPES,
  echoOf,
  readSearchCriteria,
  SearchCriteriaRefused,
  type ConditionType,
  type Filter,
  type SearchCriteria,
} from './search-criteria.js';
