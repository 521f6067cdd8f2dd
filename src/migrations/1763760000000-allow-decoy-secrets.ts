import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { int } from './columns.js';

/** One-time secrets of nobody: what is written where no customer was found, so that both cases cost the same. */
export class AllowDecoySecrets1763760000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await setNullable(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM one_time_secret WHERE customer_id IS NULL');
    await setNullable(runner, false);
  }
}

/** On MySQL the library would drop the column and make it anew, empty. */
async function setNullable(runner: QueryRunner, nullable: boolean): Promise<void> {
  if (databaseKind === 'mysql') {
    await runner.query(`ALTER TABLE one_time_secret MODIFY customer_id INT ${nullable ? 'NULL' : 'NOT NULL'}`);
    return;
  }
  await runner.changeColumn('one_time_secret', 'customer_id', new TableColumn(int('customer_id', { nullable })));
}
