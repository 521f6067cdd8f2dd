import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, binary, id, index, int, json, reference, table, text, time, uniqueIndex } from './columns.js';

const realm = table('realm', {
  columns: [id(), text('code', 64), json('policy'), time('created_at'), time('updated_at')],
  unique: ['code'],
});

const store = table('store', {
  columns: [
    id(),
    bigint('number'),
    int('realm_id'),
    text('code', 64),
    text('name', 255),
    text('storefront_url', 255, { nullable: true }),
    text('locale', 16),
    text('mail_from', 320),
    json('settings'),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number', 'code'],
  indices: [index('store_realm_id', 'realm_id')],
  foreignKeys: [reference('store_realm_fk', 'realm_id', 'realm', 'RESTRICT')],
});

const apiClient = table('api_client', {
  columns: [
    id(),
    bigint('number'),
    int('store_id', { nullable: true }),
    text('kind', 48),
    text('name', 255),
    binary('digest', 32, { nullable: true }),
    text('password_hash', 255, { nullable: true }),
    json('scopes', { nullable: true }),
    time('created_at'),
  ],
  unique: ['number'],
  indices: [
    uniqueIndex('api_client_kind_digest', 'kind', 'digest'),
    uniqueIndex('api_client_store_kind_name', 'store_id', 'kind', 'name'),
  ],
  foreignKeys: [reference('api_client_store_fk', 'store_id', 'store', 'RESTRICT')],
});

export class CreateStore1763730000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(realm);
    await runner.createTable(store);
    await runner.createTable(apiClient);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_client');
    await runner.dropTable('store');
    await runner.dropTable('realm');
  }
}
