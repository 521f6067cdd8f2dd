export { type CrossOriginPolicy } from './cross-origin.js';
export { ScopedMercuriusDriver, type ScopedMercuriusConfig } from './scoped-mercurius.driver.js';
export { UnreadableRequest } from './readable-request.js';
export { withoutValues } from './without-values.js';
