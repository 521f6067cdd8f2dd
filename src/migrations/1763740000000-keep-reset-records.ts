import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { blob, int, json, text, time } from './columns.js';

const ADDED = [
  blob('sealed_secret', { nullable: true }),
  text('reference', 255, { nullable: true }),
  text('reference_origin', 255, { nullable: true }),
  json('metadata', { nullable: true }),
];

/** Resets as records that a machine keeps, and tokens that were issued to an application. */
export class KeepResetRecords1763740000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of ADDED) await runner.addColumn('password_reset', new TableColumn(column));
    const updatedAt = new TableColumn(time('updated_at', { nullable: true }));
    await runner.addColumn('password_reset', updatedAt);
    await runner.query('UPDATE password_reset SET updated_at = created_at');
    await runner.changeColumn('password_reset', updatedAt, new TableColumn(time('updated_at')));
    await runner.addColumn('access_token', new TableColumn(int('api_client_id', { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('access_token', 'api_client_id');
    for (const name of ['updated_at', 'metadata', 'reference_origin', 'reference', 'sealed_secret']) {
      await runner.dropColumn('password_reset', name);
    }
  }
}
