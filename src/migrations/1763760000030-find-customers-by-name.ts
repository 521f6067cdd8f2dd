import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { index } from './columns.js';

const NAMES = ['first_name', 'last_name'] as const;
const FOUND_BY = [
  index('customer_realm_id', 'realm_id', 'id'),
  index('customer_realm_last_name', 'realm_id', 'last_name', 'number'),
];

/** Names of customers are found whatever their case, and by an index. */
export class FindCustomersByName1763760000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of NAMES) await collate(runner, name, { sqlite: ' COLLATE NOCASE', mysql: 'utf8mb4_general_ci' });
    await runner.createIndices('customer', FOUND_BY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('customer', FOUND_BY);
    for (const name of NAMES) await collate(runner, name, { sqlite: '', mysql: 'utf8mb4_bin' });
  }
}

/** On SQLite the library would make the table anew, and what refers to its rows would be deleted with the old one. */
async function collate(runner: QueryRunner, name: string, to: { sqlite: string; mysql: string }): Promise<void> {
  if (databaseKind === 'mysql') {
    await runner.query(
      `ALTER TABLE customer MODIFY ${name} VARCHAR(255) CHARACTER SET utf8mb4 COLLATE ${to.mysql} NULL`,
    );
    return;
  }
  await runner.query(`ALTER TABLE customer RENAME COLUMN ${name} TO former`);
  await runner.query(`ALTER TABLE customer ADD COLUMN "${name}" varchar(255)${to.sqlite}`);
  await runner.query(`UPDATE customer SET ${name} = former`);
  await runner.query('ALTER TABLE customer DROP COLUMN former');
}
