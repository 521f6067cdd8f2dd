import type { MigrationInterface, QueryRunner } from 'typeorm';
import { binary, index, table, time } from './columns.js';

const multipassUse = table('multipass_use', {
  columns: [{ ...binary('digest', 32), isPrimary: true }, time('expires_at')],
  indices: [index('multipass_use_expires_at', 'expires_at')],
});

/** Multipass tokens that were spent. */
export class CreateMultipassUse1763750000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(multipassUse);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('multipass_use');
  }
}
