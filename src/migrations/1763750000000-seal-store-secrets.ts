import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { blob } from './columns.js';

const ADDED = ['sealed_multipass_secret', 'sealed_upstream_token'];

/** Secrets of a store that must be readable again. */
export class SealStoreSecrets1763750000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of ADDED) await runner.addColumn('store', new TableColumn(blob(name, { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [...ADDED].reverse()) await runner.dropColumn('store', name);
  }
}
