import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, binary, bytes, index, int, table, time } from './columns.js';

const passwordReset = table('password_reset', {
  columns: [
    bigId(),
    bigint('number'),
    int('customer_id', { nullable: true }),
    int('store_id'),
    binary('digest', 32),
    bytes('email_key', 254),
    int('password_version'),
    time('created_at'),
    time('expires_at'),
    time('used_at', { nullable: true }),
    time('revoked_at', { nullable: true }),
  ],
  unique: ['number', 'digest'],
  indices: [index('password_reset_customer_id', 'customer_id'), index('password_reset_expires_at', 'expires_at')],
});

export class CreatePasswordReset1763730000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(passwordReset);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('password_reset');
  }
}
