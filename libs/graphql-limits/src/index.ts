export { defaultLimits } from './limits.js';
export type { GraphqlLimits } from './limits.js';
export { documentRules, limitRules } from './limit-rules.js';
