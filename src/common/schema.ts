import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from './database.js';
import { migrateUp } from './migrate.js';
import { interrupted } from './resumable-migration.js';

/** The tables of the database, and the migrations that make them. */
@Injectable()
export class Schema {
  constructor(
    private readonly database: Database,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  /** Runs the migrations that are missing, unless another process does: then waits for that one. */
  async migrate(): Promise<void> {
    await migrateUp(this.source);
  }

  /** Whether migrations are missing. */
  async hasPendingMigrations(): Promise<boolean> {
    const ran = await this.ranMigrations();
    return this.source.migrations.some(({ name, constructor }) => !ran.has(name ?? constructor.name));
  }

  /** @throws Error when migrations are missing, or one was interrupted: production runs them by hand */
  async refusePending(): Promise<void> {
    if ((await this.hasPendingMigrations()) || (await interrupted(this.source)) !== null) {
      throw new Error('the database is not up to date: run "keyturn migrate up"');
    }
  }

  /** Names of the migrations that have run; none where the table cannot be read, so that the probe says "not ready". */
  private async ranMigrations(): Promise<ReadonlySet<unknown>> {
    try {
      const rows: { readonly name?: unknown }[] = await this.database.select('SELECT name FROM migrations', []);
      return new Set(rows.map(({ name }) => name));
    } catch {
      return new Set();
    }
  }
}
