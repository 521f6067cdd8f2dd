import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigId, bigint, blob, index, int, table, text, time } from './columns.js';

const mailMessage = table('mail_message', {
  columns: [
    bigId(),
    bigint('number'),
    int('store_id'),
    int('customer_id', { nullable: true }),
    text('kind', 32),
    text('recipient', 254),
    text('locale', 16),
    blob('payload', { nullable: true }),
    text('status', 16),
    int('attempts'),
    time('due_at'),
    text('claim', 36, { nullable: true }),
    text('last_error', 500, { nullable: true }),
    time('created_at'),
    time('sent_at', { nullable: true }),
  ],
  unique: ['number'],
  indices: [
    index('mail_message_status_due_at', 'status', 'due_at'),
    index('mail_message_customer_id', 'customer_id'),
    index('mail_message_claim', 'claim'),
  ],
});

export class CreateMailMessage1763730000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(mailMessage);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mail_message');
  }
}
