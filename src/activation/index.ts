export { readActivationLink } from './activation-link.js';
export { ActivationModule } from './activation.module.js';
export {
  type ActivateOrder,
  type ActivationOrder,
  type InviteOrder,
  type Letter,
  type OpenActivation,
  type ReminderOrder,
} from './activation.orders.js';
export { ActivationService } from './activation.service.js';
export { activationLifetime } from './activation.policy.js';
export { InvitationService } from './invitation.service.js';
export { ReminderService } from './reminder.service.js';
