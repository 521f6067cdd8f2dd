export { AccessModule } from './access.module.js';
export { isAllowed } from './access.guard.js';
export { ALLOW, Allow, CALLER_FROM, CallerFrom, type Audience } from './allow.decorator.js';
export { Authenticator, looksLikeJwt, type Wanted } from './authenticator.js';
export {
  authorizationOf,
  callerOf,
  CallerReader,
  CurrentCaller,
  headerOf,
  knownCaller,
  knownStore,
  requestOf,
  trailOf,
  withCaller,
  type Caller,
  type IncomingRequest,
} from './caller.js';
