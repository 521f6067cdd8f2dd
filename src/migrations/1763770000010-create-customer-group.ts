import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, bigint, id, index, int, json, reference, table, text, time, uniqueIndex } from './columns.js';

const customerGroup = table('customer_group', {
  columns: [
    id(),
    bigint('number'),
    int('realm_id'),
    text('name', 255),
    text('code', 255, { nullable: true }),
    text('reference', 255, { nullable: true }),
    text('reference_origin', 255, { nullable: true }),
    json('metadata', { nullable: true }),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number'],
  indices: [uniqueIndex('customer_group_realm_code', 'realm_id', 'code')],
  foreignKeys: [reference('customer_group_realm_fk', 'realm_id', 'realm', 'RESTRICT')],
});

const ADDED = [
  int('customer_group_id', { nullable: true }),
  text('reference', 255, { nullable: true }),
  text('reference_origin', 255, { nullable: true }),
  text('anonymization_status', 16, { nullable: true }),
  json('anonymization', { nullable: true }),
];
const FOUND_BY = [
  index('customer_group_id', 'customer_group_id'),
  index('customer_realm_reference', 'realm_id', 'reference'),
  index('customer_anonymization_status', 'anonymization_status'),
];

/** Groups of customers, what other systems know customers by, and requests to forget them. */
export class CreateCustomerGroup1763770000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(customerGroup);
    for (const column of ADDED) await addColumn(runner, 'customer', column);
    await runner.createIndices('customer', FOUND_BY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('customer', FOUND_BY);
    for (const { name } of [...ADDED].reverse()) await runner.query(`ALTER TABLE customer DROP COLUMN ${name}`);
    await runner.dropTable('customer_group');
  }
}
