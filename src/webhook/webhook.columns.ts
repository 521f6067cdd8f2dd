import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { ListedTable } from '../common/numbered-list.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { Webhook } from './webhook.entity.js';

const WEBHOOK_COLUMNS = {
  number: { sql: 'w.number', kind: 'number' },
  name: { sql: 'w.name', kind: 'text' },
  topic: { sql: 'w.topic', kind: 'text' },
  disabledAt: { sql: 'w.disabled_at', kind: 'time' },
  circuitState: { sql: 'w.circuit_state', kind: 'text' },
  circuitFailureCount: { sql: 'w.circuit_failure_count', kind: 'number' },
  reference: { sql: 'w.reference', kind: 'text' },
  referenceOrigin: { sql: 'w.reference_origin', kind: 'text' },
  metadata: { sql: 'w.metadata', kind: 'json' },
  createdAt: { sql: 'w.created_at', kind: 'time' },
  updatedAt: { sql: 'w.updated_at', kind: 'time' },
  'event.number': {
    sql: 'e.number',
    kind: 'number',
    within: 'SELECT 1 FROM event e WHERE e.store_id = w.store_id AND e.type = w.event_type',
  },
} as const satisfies Record<string, Column>;

const ofWebhook = (name: string, kind: Column['kind']): Column => ({
  sql: `(SELECT w.${name} FROM webhook w WHERE w.id = d.webhook_id)`,
  kind,
});

/** Machines keep nothing with a call. */
const NOTHING = { sql: 'NULL', kind: 'text' } as const;

const CALLBACK_COLUMNS = {
  number: { sql: 'd.number', kind: 'number' },
  callbackUrl: { sql: 'd.callback_url', kind: 'text' },
  responseCode: { sql: 'd.response_code', kind: 'text' },
  responseMessage: { sql: 'd.response_message', kind: 'text' },
  reference: NOTHING,
  referenceOrigin: NOTHING,
  metadata: NOTHING,
  createdAt: { sql: 'd.attempted_at', kind: 'time' },
  updatedAt: { sql: 'd.attempted_at', kind: 'time' },
  'event.number': { sql: '(SELECT e.number FROM event e WHERE e.id = d.event_id)', kind: 'number' },
  'webhook.number': ofWebhook('number', 'number'),
  'webhook.name': ofWebhook('name', 'text'),
  'webhook.topic': ofWebhook('topic', 'text'),
  'webhook.disabledAt': ofWebhook('disabled_at', 'time'),
  'webhook.circuitState': ofWebhook('circuit_state', 'text'),
  'webhook.circuitFailureCount': ofWebhook('circuit_failure_count', 'number'),
  'webhook.reference': ofWebhook('reference', 'text'),
  'webhook.referenceOrigin': ofWebhook('reference_origin', 'text'),
  'webhook.metadata': ofWebhook('metadata', 'json'),
  'webhook.createdAt': ofWebhook('created_at', 'time'),
  'webhook.updatedAt': ofWebhook('updated_at', 'time'),
} as const satisfies Record<string, Column>;

export type WebhookField = keyof typeof WEBHOOK_COLUMNS;
export type CallbackField = keyof typeof CALLBACK_COLUMNS;

export function isWebhookField(field: string): field is WebhookField {
  return isColumnOf(WEBHOOK_COLUMNS, field);
}

export function isCallbackField(field: string): field is CallbackField {
  return isColumnOf(CALLBACK_COLUMNS, field);
}

export const WEBHOOKS: ListedTable<Webhook, WebhookField> = {
  ...{ entity: Webhook, from: 'webhook w', columns: WEBHOOK_COLUMNS, hidden: ['sealedSecret'] },
};

/** Calls that were made. */
export const CALLBACKS: ListedTable<WebhookDelivery, CallbackField> = {
  ...{ entity: WebhookDelivery, from: 'webhook_delivery d', columns: CALLBACK_COLUMNS, hidden: ['sealedPayload'] },
  number: 'd.id',
  always: 'd.attempted_at IS NOT NULL',
};
