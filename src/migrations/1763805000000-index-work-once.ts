import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns.js';

const MAILS = index('mail_message_status_due_at_kind', 'status', 'due_at', 'kind');
const FORMER_MAILS = [
  index('mail_message_status_due_at', 'status', 'due_at'),
  index('mail_message_kind_sent_at', 'kind', 'sent_at'),
  index('mail_message_claim', 'claim'),
];
const DELIVERIES = index('webhook_delivery_claim', 'claim');

/**
 * A mail's way through the outbox changes one index instead of three: what was claimed is read by its ids, and what was
 * sent is counted off the index of what is due.
 */
export class IndexWorkOnce1763805000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('mail_message', MAILS);
    for (const former of FORMER_MAILS) await runner.dropIndex('mail_message', former);
    await runner.dropIndex('webhook_delivery', DELIVERIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex('webhook_delivery', DELIVERIES);
    for (const former of FORMER_MAILS) await runner.createIndex('mail_message', former);
    await runner.dropIndex('mail_message', MAILS);
  }
}
