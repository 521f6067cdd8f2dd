import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns.js';

const ALL = index('access_token_customer_id', 'customer_id');
const ALIVE = index('access_token_alive', 'customer_id', 'revoked_at', 'expires_at');

/** The living sessions of a customer are counted at each sign-in, however many dead ones there are. */
export class CountSessions1763803000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('access_token', ALIVE);
    await runner.dropIndex('access_token', ALL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex('access_token', ALL);
    await runner.dropIndex('access_token', ALIVE);
  }
}
