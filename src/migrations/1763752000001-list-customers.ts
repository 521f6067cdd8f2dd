import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns.js';

const ORDERS = [
  index('customer_realm_number', 'realm_id', 'number'),
  index('customer_realm_created_at', 'realm_id', 'created_at', 'number'),
  index('customer_realm_updated_at', 'realm_id', 'updated_at', 'number'),
];

/** The orders in which staff page through a realm's customers. */
export class ListCustomers1763752000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndices('customer', ORDERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('customer', ORDERS);
  }
}
