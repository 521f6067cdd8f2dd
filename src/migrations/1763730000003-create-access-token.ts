import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, binary, index, int, table, text, time } from './columns.js';

const accessToken = table('access_token', {
  columns: [
    bigId(),
    bigint('number'),
    binary('digest', 32),
    text('surface', 24),
    int('realm_id'),
    int('store_id'),
    int('customer_id', { nullable: true }),
    time('issued_at'),
    time('expires_at'),
    time('revoked_at', { nullable: true }),
    text('revoke_reason', 24, { nullable: true }),
  ],
  unique: ['number', 'digest'],
  indices: [index('access_token_customer_id', 'customer_id'), index('access_token_expires_at', 'expires_at')],
});

export class CreateAccessToken1763730000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(accessToken);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('access_token');
  }
}
