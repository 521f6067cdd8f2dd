export { CallbackService, type CallbackRecord } from './callback.service.js';
export { DeliveryWorker } from './delivery.worker.js';
export { isCallbackField, isWebhookField, type CallbackField, type WebhookField } from './webhook.columns.js';
export { WebhookDelivery } from './webhook-delivery.entity.js';
export { Webhook } from './webhook.entity.js';
export { WebhookModule } from './webhook.module.js';
export { WebhookService, type WebhookChanges, type WebhookRecord } from './webhook.service.js';
export { mayCarrySecrets, targetFault } from './webhook.targets.js';
export { WebhookWire, type Call, type CallOrder } from './webhook-wire.js';
