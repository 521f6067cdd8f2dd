import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, binary, bytes, index, int, json, table, text, time } from './columns.js';

const oneTimeSecret = table('one_time_secret', {
  columns: [
    bigId(),
    bigint('number'),
    text('purpose', 24),
    int('customer_id'),
    int('store_id'),
    binary('digest', 32),
    bytes('email_key', 254),
    int('password_version'),
    json('data', { nullable: true }),
    time('created_at'),
    time('expires_at'),
    time('used_at', { nullable: true }),
    time('revoked_at', { nullable: true }),
  ],
  unique: ['number', 'digest'],
  indices: [
    index('one_time_secret_customer_id_purpose', 'customer_id', 'purpose'),
    index('one_time_secret_expires_at', 'expires_at'),
  ],
});

/** Secrets for mailed links that are no password resets. */
export class CreateOneTimeSecret1763752000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(oneTimeSecret);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('one_time_secret');
  }
}
