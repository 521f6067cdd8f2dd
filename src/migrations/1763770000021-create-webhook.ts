import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, blob, id, index, int, json, reference, table, text, time } from './columns.js';

const webhook = table('webhook', {
  columns: [
    id(),
    bigint('number'),
    int('store_id'),
    text('name', 255),
    text('topic', 64),
    text('event_type', 48, { nullable: true }),
    text('callback_url', 1024),
    json('includes', { nullable: true }),
    blob('sealed_secret'),
    time('disabled_at', { nullable: true }),
    text('circuit_state', 8),
    int('circuit_failure_count'),
    text('reference', 255, { nullable: true }),
    text('reference_origin', 255, { nullable: true }),
    json('metadata', { nullable: true }),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number'],
  indices: [index('webhook_store_event_type', 'store_id', 'event_type')],
  foreignKeys: [reference('webhook_store_fk', 'store_id', 'store', 'RESTRICT')],
});

const webhookDelivery = table('webhook_delivery', {
  columns: [
    bigId(),
    bigint('number'),
    int('store_id'),
    int('webhook_id'),
    bigint('event_id'),
    int('customer_id', { nullable: true }),
    int('attempt'),
    text('status', 16),
    time('due_at'),
    text('claim', 36, { nullable: true }),
    time('attempted_at', { nullable: true }),
    text('callback_url', 1024, { nullable: true }),
    text('response_code', 8, { nullable: true }),
    text('response_message', 255, { nullable: true }),
    blob('sealed_payload', { nullable: true }),
    time('created_at'),
  ],
  unique: ['number'],
  indices: [
    index('webhook_delivery_status_due_at', 'status', 'due_at'),
    index('webhook_delivery_webhook_status', 'webhook_id', 'status'),
    index('webhook_delivery_store_attempted_at', 'store_id', 'attempted_at', 'number'),
    index('webhook_delivery_event_id', 'event_id'),
    index('webhook_delivery_customer_id', 'customer_id'),
    index('webhook_delivery_claim', 'claim'),
  ],
  foreignKeys: [reference('webhook_delivery_webhook_fk', 'webhook_id', 'webhook', 'CASCADE')],
});

/** Who is told of a store's events, and every call that is or was made. */
export class CreateWebhook1763770000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(webhook);
    await runner.createTable(webhookDelivery);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('webhook_delivery');
    await runner.dropTable('webhook');
  }
}
