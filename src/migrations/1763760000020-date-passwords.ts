import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { time } from './columns.js';

/** When an administrator's password was set: tokens from before are worth nothing. Those that are there now stay good. */
export class DatePasswords1763760000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('api_client', new TableColumn(time('password_set_at', { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('api_client', 'password_set_at');
  }
}
