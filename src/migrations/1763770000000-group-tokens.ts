import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { bigint, index } from './columns.js';

const FAMILY = index('access_token_family', 'family');

/** Tokens that came of one sign-in end together. */
export class GroupTokens1763770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('access_token', new TableColumn(bigint('family', { nullable: true })));
    await runner.createIndex('access_token', FAMILY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('access_token', FAMILY);
    await runner.dropColumn('access_token', 'family');
  }
}
