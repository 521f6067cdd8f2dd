import { TableColumn, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { bigint, index, int, json, text, uniqueIndex } from './columns.js';

const ADDED = [
  int('realm_id', { nullable: true }),
  bigint('entry_number', { nullable: true }),
  json('entry', { nullable: true }),
  json('tags', { nullable: true }),
  json('attributes', { nullable: true }),
  text('reference', 255, { nullable: true }),
  text('reference_origin', 255, { nullable: true }),
  json('metadata', { nullable: true }),
];
const FOUND_BY = [
  uniqueIndex('customer_address_entry_number', 'entry_number'),
  index('customer_address_realm_created_at', 'realm_id', 'created_at', 'number'),
  index('customer_address_realm_reference', 'realm_id', 'reference'),
];

/** Addresses that are nobody's yet, what is kept with an address, and its place in a customer's address book as a record. */
export class KeepLooseAddresses1763770000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'customer_address',
      ADDED.map((column) => new TableColumn(column)),
    );
    await runner.query(
      `UPDATE customer_address SET entry_number = number, tags = '[]', attributes = '{}',
         realm_id = (SELECT c.realm_id FROM customer c WHERE c.id = customer_address.customer_id)`,
    );
    for (const column of [int('realm_id'), json('tags'), json('attributes')]) await become(runner, column);
    await become(runner, int('customer_id', { nullable: true }));
    await runner.createIndices('customer_address', FOUND_BY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('customer_address', FOUND_BY);
    await runner.query('DELETE FROM customer_address WHERE customer_id IS NULL');
    await become(runner, int('customer_id'));
    await runner.dropColumns(
      'customer_address',
      ADDED.map(({ name }) => name),
    );
  }
}

/** On MySQL the library would drop the column and make it anew, empty. */
async function become(runner: QueryRunner, column: TableColumnOptions): Promise<void> {
  const { name, type, isNullable } = column;
  if (databaseKind === 'mysql') {
    await runner.query(`ALTER TABLE customer_address MODIFY ${name} ${type} ${isNullable ? 'NULL' : 'NOT NULL'}`);
    return;
  }
  await runner.changeColumn('customer_address', name, new TableColumn(column));
}
