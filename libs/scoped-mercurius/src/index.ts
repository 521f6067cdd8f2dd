export {
  answerWith,
  errorBehind,
  flatErrors,
  isFault,
  requestFaultIn,
  wrappedIn,
  type ErrorFormatter,
  type Execution,
  type ExecutionContext,
  type FormattedAnswer,
  type RequestFault,
} from './execution-errors.js';
export { MAX_TOKENS, ScopedMercuriusDriver, type ScopedMercuriusConfig } from './scoped-mercurius.driver.js';
export { UnreadableRequest } from './readable-request.js';
export { ToldError } from './told-error.js';
export { withoutHints, withoutValues } from './without-values.js';
