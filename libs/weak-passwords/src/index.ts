export { breachHashOf, openBreachSource, type BreachSource } from './breach-source.js';
export { PasswordList } from './password-list.js';
