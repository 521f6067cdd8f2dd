export { CustomerSubscription } from './customer-subscription.entity.js';
