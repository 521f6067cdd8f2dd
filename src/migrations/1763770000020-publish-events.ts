import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, bigint, index, int, json, text, time } from './columns.js';

const ADDED = [
  bigint('subject', { nullable: true }),
  int('waiting', { nullable: true }),
  text('reference', 255, { nullable: true }),
  text('reference_origin', 255, { nullable: true }),
  json('metadata', { nullable: true }),
  time('updated_at', { nullable: true }),
];
const FOUND_BY = [index('event_subject', 'subject'), index('event_waiting', 'waiting')];

/** What published events are about, who waits to be told of them, and what machines keep with them. */
export class PublishEvents1763770000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of ADDED) await addColumn(runner, 'event', column);
    await runner.createIndices('event', FOUND_BY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('event', FOUND_BY);
    for (const { name } of [...ADDED].reverse()) await runner.query(`ALTER TABLE event DROP COLUMN ${name}`);
  }
}
