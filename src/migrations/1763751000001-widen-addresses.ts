import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { text } from './columns.js';

const WIDTHS = [
  { name: 'postcode', former: 32 },
  { name: 'phone', former: 64 },
] as const;
const WIDE = 255;

/** Postcodes and phone numbers of addresses are kept as typed, up to the length of the other lines. */
export class WidenAddresses1763751000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { name } of WIDTHS) await resize(runner, name, WIDE);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name, former } of WIDTHS) {
      await runner.query(`UPDATE customer_address SET ${name} = SUBSTR(${name}, 1, ${former})`);
      await resize(runner, name, former);
    }
  }
}

/** On MySQL the library would drop the column and make it anew, empty. */
async function resize(runner: QueryRunner, name: string, length: number): Promise<void> {
  if (databaseKind === 'mysql') {
    await runner.query(`ALTER TABLE customer_address MODIFY ${name} VARCHAR(${length}) NULL`);
    return;
  }
  await runner.changeColumn('customer_address', name, new TableColumn(text(name, length, { nullable: true })));
}
