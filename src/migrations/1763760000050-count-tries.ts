import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { int } from './columns.js';

/** How often a one-time secret was guessed at; codes that are short enough to be guessed die of it. */
export class CountTries1763760000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('one_time_secret', new TableColumn({ ...int('tries'), default: 0 }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('one_time_secret', 'tries');
  }
}
