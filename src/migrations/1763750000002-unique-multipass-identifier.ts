import type { MigrationInterface, QueryRunner } from 'typeorm';
import { uniqueIndex } from './columns.js';

const identifier = uniqueIndex('customer_realm_multipass', 'realm_id', 'multipass_identifier');

/** Of customers who share an identifier the oldest keeps it: nothing could tell them apart by it. */
const KEEP_THE_OLDEST = `UPDATE customer SET multipass_identifier = NULL
  WHERE multipass_identifier IS NOT NULL AND id NOT IN (
    SELECT id FROM (SELECT MIN(id) AS id FROM customer WHERE multipass_identifier IS NOT NULL
      GROUP BY realm_id, multipass_identifier) AS oldest)`;

/** Within a realm an identifier belongs to one customer. */
export class UniqueMultipassIdentifier1763750000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEEP_THE_OLDEST);
    await runner.createIndex('customer', identifier);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('customer', identifier);
  }
}
