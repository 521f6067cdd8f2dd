import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseKind } from '../config/index.js';

/** Text is compared byte by byte unless a query says otherwise; the server's default may be anything. */
export class SetCharacterSet1763730000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (databaseKind === 'sqlite') return;
    await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  }

  /** The former default is not known; leaving this one harms nothing. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
