import { applyDecorators, UseFilters, UseInterceptors } from '@nestjs/common';
import { CallerFrom } from '../access/index.js';
import { AdminCaller } from './admin.caller.js';
import { AdminFilter } from './admin.filter.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** A controller of the admin API: who calls, what is remembered of the call, how refusals are worded. */
export const AdminApi = (): ClassDecorator =>
  applyDecorators(
    CallerFrom(AdminCaller),
    UseFilters(AdminFilter),
    UseInterceptors(AuditInterceptor, IdempotencyInterceptor),
  );
