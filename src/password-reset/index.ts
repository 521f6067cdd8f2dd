export { PasswordReset } from './password-reset.entity.js';
export { PasswordResetModule } from './password-reset.module.js';
export {
  type ConfirmOrder,
  type OpenReset,
  type RequestOrder,
  type RequestResult,
  type ResetNotes,
  type ConfirmedReset,
  type SecretOrder,
} from './password-reset.orders.js';
export { PasswordResetService } from './password-reset.service.js';
export { readResetLink } from './reset-link.js';
export { isResetField, type ResetField } from './reset-search.js';
export { ResetRecordService, type ResetRecord } from './reset-record.service.js';
export { ResetRequestService } from './reset-request.service.js';
