export { CONTENT_TYPE, one, Registry, type Samples } from './registry.js';
