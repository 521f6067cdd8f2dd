export { errorObject, JsonApiFault, pointerTo, type ErrorObject } from './error-object.js';
export { acceptsJsonApi, isJsonApi, JSON_API } from './media-type.js';
export { refuseQuery } from './query.js';
export { readResource, type ExpectedResource, type ReadResource } from './read-resource.js';
