import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, binary, blob, index, table, time } from './columns.js';

export class CreateIdempotencyKey1763760000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table('idempotency_key', {
        columns: [
          bigId(),
          binary('digest', 32),
          binary('request_digest', 32),
          blob('sealed_answer', { nullable: true }),
          time('lease_ends_at'),
          time('expires_at'),
        ],
        unique: ['digest'],
        indices: [index('idempotency_key_expires_at', 'expires_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_key');
  }
}
