export { type Attempt } from './failure-counter.js';
export { LimitService, MAIL_LIMITS, type Use } from './limit.service.js';
export { isLocked } from './lockout.policy.js';
export { LockoutModule } from './lockout.module.js';
export { LockoutService } from './lockout.service.js';
export { PaceService, type Pace } from './pace.service.js';
export { RateCounter } from './rate-counter.entity.js';
export { neverSignedIn, SignInState } from './sign-in-state.js';
export { type Stamp } from './lockout.repository.js';
