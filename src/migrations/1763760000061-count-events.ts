import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns.js';

const EVENTS = index('event_type_created_at', 'type', 'created_at');
const MAILS = index('mail_message_kind_sent_at', 'kind', 'sent_at');

/** What happened in an hour is counted off an index. */
export class CountEvents1763760000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('event', EVENTS);
    await runner.createIndex('mail_message', MAILS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('mail_message', MAILS);
    await runner.dropIndex('event', EVENTS);
  }
}
