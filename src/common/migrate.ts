import type { DataSource, Migration } from 'typeorm';
import { withMigrationLock } from './migration-lock.js';
import { interrupted } from './resumable-migration.js';

/**
 * Runs the migrations that are missing, unless another process does: then waits for that one. Where an undoing was
 * interrupted, that is finished first.
 *
 * @returns those that ran
 */
export function migrateUp(source: DataSource): Promise<Migration[]> {
  return withMigrationLock(source, async () => {
    if ((await interrupted(source)) === 'down') await source.undoLastMigration();
    return source.runMigrations();
  });
}

/** Undoes the newest migration. */
export function migrateDown(source: DataSource): Promise<void> {
  return withMigrationLock(source, () => source.undoLastMigration());
}
