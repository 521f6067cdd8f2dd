export { CustomerSubscription } from './customer-subscription.entity.js';
export { SubscriptionModule } from './subscription.module.js';
export {
  isSubscriptionField,
  SubscriptionService,
  type SubscriptionChanges,
  type SubscriptionField,
  type SubscriptionRecord,
} from './subscription.service.js';
