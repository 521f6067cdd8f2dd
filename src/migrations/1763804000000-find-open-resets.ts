import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns.js';

const ALL = index('password_reset_customer_id', 'customer_id');
const OPEN = index('password_reset_open', 'customer_id', 'revoked_at', 'used_at', 'expires_at');

/** The open resets of a customer are looked for at each request, however many were asked for before. */
export class FindOpenResets1763804000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('password_reset', OPEN);
    await runner.dropIndex('password_reset', ALL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex('password_reset', ALL);
    await runner.dropIndex('password_reset', OPEN);
  }
}
