import { randomInt } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, id, int, json, reference, table, text, time, uniqueIndex } from './columns.js';

const MAX_NUMBER = 2 ** 47;
const BATCH = 1000;

const tag = table('tag', {
  columns: [
    id(),
    bigint('number'),
    int('realm_id'),
    text('name', 255),
    text('reference', 255, { nullable: true }),
    text('reference_origin', 255, { nullable: true }),
    json('metadata', { nullable: true }),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number'],
  indices: [uniqueIndex('tag_realm_name', 'realm_id', 'name')],
  foreignKeys: [reference('tag_realm_fk', 'realm_id', 'realm', 'RESTRICT')],
});

interface Tagged {
  readonly id: number;
  readonly tags: string;
}

/** Tags as records; those that customers carry by then become some. */
export class CreateTag1763770000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(tag);
    for (
      let after = 0, rows = await taggedAfter(runner, after);
      rows.length > 0;
      rows = await taggedAfter(runner, after)
    ) {
      for (const row of rows) await enter(runner, row);
      after = rows.at(-1)?.id ?? after;
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tag');
  }
}

async function taggedAfter(runner: QueryRunner, id: number): Promise<Tagged[]> {
  const rows: unknown = await runner.query(
    `SELECT id, tags FROM customer WHERE id > ? AND tags <> '[]' ORDER BY id LIMIT ${BATCH}`,
    [id],
  );
  return Array.isArray(rows) ? rows.filter(isTagged) : [];
}

function isTagged(row: unknown): row is Tagged {
  return typeof row === 'object' && row !== null && 'id' in row && 'tags' in row;
}

async function enter(runner: QueryRunner, { id: customerId, tags }: Tagged): Promise<void> {
  const names: unknown = JSON.parse(tags);
  for (const name of Array.isArray(names) ? names.map(String) : []) {
    await runner.query(
      `INSERT INTO tag (number, realm_id, name, created_at, updated_at)
       SELECT ?, c.realm_id, ?, c.created_at, c.created_at FROM customer c
       WHERE c.id = ? AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.realm_id = c.realm_id AND t.name = ?)`,
      [randomInt(1, MAX_NUMBER), name, customerId, name],
    );
  }
}
