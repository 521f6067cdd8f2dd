export { IdempotencyKey } from './idempotency-key.entity.js';
export { IdempotencyModule } from './idempotency.module.js';
export { IdempotencyService, type KeyedRequest } from './idempotency.service.js';
