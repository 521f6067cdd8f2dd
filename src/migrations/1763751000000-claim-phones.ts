import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { text, uniqueIndex } from './columns.js';

const CLAIM = uniqueIndex('customer_realm_phone_key', 'realm_id', 'phone_key');

/** Phone numbers that belong to one customer of a realm. */
export class ClaimPhones1763751000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('customer', new TableColumn(text('phone_key', 16, { nullable: true })));
    await runner.createIndex('customer', CLAIM);
  }

  /** On SQLite the library would make the table anew, and what refers to its rows would be deleted with the old one. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('customer', CLAIM);
    await runner.query('ALTER TABLE customer DROP COLUMN phone_key');
  }
}
