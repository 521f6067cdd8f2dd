export { one } from './one.js'; // refused
