import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, json } from './columns.js';

/** What the operator grants an application beyond its kind. */
export class GrantMore1763801000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'api_client', json('extra_grants', { nullable: true }));
  }

  /** On SQLite the library would make the table anew. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_client DROP COLUMN extra_grants');
  }
}
