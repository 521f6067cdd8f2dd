export {
  DocumentWriter,
  identifierOf,
  type CollectionDocument,
  type Identifier,
  type ResourceObject,
  type SingleDocument,
  type Surroundings,
} from './document.js';
export {
  blank,
  echo,
  errorObject,
  invalid,
  invalidAttribute,
  invalidRelationship,
  JsonApiFault,
  mustExist,
  pointerTo,
  refuseAll,
  taken,
  tooLong,
  tooShort,
  type ErrorObject,
} from './error-object.js';
export { type Filter, type FilterTest, type FilterValue } from './filter.js';
export { goneDocument } from './gone-document.js';
export { acceptsJsonApi, isJsonApi, JSON_API } from './media-type.js';
export { pageLinks, type Page } from './page.js';
export { readList, readShape, type IncludeTree, type ListQuery, type Shape } from './query.js';
export { isObject, isTidyObject, readWritten, type Written } from './read-values.js';
export {
  boolean,
  float,
  integer,
  member,
  note,
  object,
  restricted,
  secret,
  text,
  texts,
  time,
  toMany,
  toOne,
  trigger,
  type Attribute,
  type Declaration,
  type Relationship,
  type ResourceType,
  type ResourceTypes,
} from './resource-type.js';
export { type Sort } from './sort.js';
