import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, id, index, int, json, reference, table, text, time, uniqueIndex } from './columns.js';

const customerSubscription = table('customer_subscription', {
  columns: [
    id(),
    bigint('number'),
    int('store_id'),
    int('customer_id'),
    text('reference', 255),
    text('reference_origin', 255, { nullable: true }),
    json('metadata', { nullable: true }),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number'],
  indices: [
    uniqueIndex('customer_subscription_reference', 'customer_id', 'store_id', 'reference'),
    index('customer_subscription_store_created_at', 'store_id', 'created_at', 'number'),
  ],
  foreignKeys: [reference('customer_subscription_customer_fk', 'customer_id', 'customer', 'CASCADE')],
});

/** What customers have signed up for at a store. */
export class CreateCustomerSubscription1763770000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(customerSubscription);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('customer_subscription');
  }
}
