export { defaultLimits } from './limits.js';
export type { GraphqlLimits } from './limits.js';
export { limitRules } from './limit-rules.js';
export { NoSchemaIntrospectionCustomRule as noIntrospection } from 'graphql';
