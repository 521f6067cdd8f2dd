export { ConfirmationResendService } from './confirmation-resend.service.js';
export { EmailChangeRequestService } from './email-change-request.service.js';
export { EmailConfirmationModule } from './email-confirmation.module.js';
export { type ConfirmationOrder, type OpenConfirmation, type ResendResult } from './email-confirmation.orders.js';
export { EmailConfirmationService } from './email-confirmation.service.js';
