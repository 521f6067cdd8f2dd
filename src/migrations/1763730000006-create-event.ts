import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, index, int, json, table, text, time } from './columns.js';

const event = table('event', {
  columns: [
    bigId(),
    bigint('number'),
    text('type', 48),
    int('store_id', { nullable: true }),
    int('customer_id', { nullable: true }),
    text('origin', 24),
    text('network', 64, { nullable: true }),
    text('request_id', 64, { nullable: true }),
    json('data', { nullable: true }),
    time('created_at'),
  ],
  unique: ['number'],
  indices: [index('event_customer_id', 'customer_id'), index('event_created_at', 'created_at')],
});

export class CreateEvent1763730000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(event);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('event');
  }
}
