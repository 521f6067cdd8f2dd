export { Described } from './described.js';
export { controllersOf, openApiOf } from './document.js';
