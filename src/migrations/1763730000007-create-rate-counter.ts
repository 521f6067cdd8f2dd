import type { MigrationInterface, QueryRunner } from 'typeorm';
import { binary, index, int, table, time } from './columns.js';

const rateCounter = table('rate_counter', {
  columns: [{ ...binary('digest', 32), isPrimary: true }, int('uses'), time('expires_at')],
  indices: [index('rate_counter_expires_at', 'expires_at')],
});

export class CreateRateCounter1763730000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(rateCounter);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rate_counter');
  }
}
