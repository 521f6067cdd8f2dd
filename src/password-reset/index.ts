export { PasswordReset } from './password-reset.entity.js';
export { PasswordResetModule } from './password-reset.module.js';
export {
  type ConfirmOrder,
  type OpenReset,
  type RequestOrder,
  type RequestOutcome,
  type SecretOrder,
} from './password-reset.orders.js';
export { PasswordResetService } from './password-reset.service.js';
export { ResetRequestService } from './reset-request.service.js';
