import type { DataSource } from 'typeorm';
import { openDataSource } from '../../ormconfig.js';
import { withMigrationLock } from '../../src/common/migration-lock.js';
import { emptyDatabase } from '../support/database.js';

const sources: DataSource[] = [];

beforeEach(emptyDatabase);

afterEach(async () => {
  for (const source of sources.splice(0)) await source.destroy();
});

/** The database as another process would open it. */
async function opened(): Promise<DataSource> {
  const source = await openDataSource();
  sources.push(source);
  return source;
}

/** Takes the lock; the answer lets it go, and tells what came of it. */
async function held(source: DataSource): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const kept = new Promise<void>((resolve) => (letGo = resolve));
  let holding = Promise.resolve();
  await new Promise<void>((resolve) => {
    holding = withMigrationLock(source, () => {
      resolve();
      return kept;
    });
  });
  return () => {
    letGo();
    return holding;
  };
}

it('lets one migrate; who comes meanwhile waits, and finds nothing left to do', async () => {
  const [first, second] = [await opened(), await opened()];
  const done: string[] = [];
  const letGo = await held(await opened());

  const runs = [first, second].map((source) =>
    withMigrationLock(source, () => source.runMigrations()).then((ran) => done.push(ran.length > 0 ? 'all' : 'none')),
  );
  await first.query('SELECT 1');
  const before = [...done];
  await letGo();
  await Promise.all(runs);

  expect(before).toEqual([]);
  expect(done).toEqual(['all', 'none']);
});

it('gives up after a while, says why, and leaves the lock to whom it belongs', async () => {
  const [holder, waiting] = [await opened(), await opened()];
  const letGo = await held(holder);
  const work = jest.fn(() => Promise.resolve());

  const attempts = [withMigrationLock(waiting, work, 0), withMigrationLock(waiting, work, 0)];

  for (const attempt of attempts) {
    await expect(attempt).rejects.toThrow("another process has been changing the database's tables for 0 s");
  }
  expect(work).not.toHaveBeenCalled();
  await letGo();
  await withMigrationLock(waiting, work, 0);
  expect(work).toHaveBeenCalledTimes(1);
});

it('lets go when the work fails', async () => {
  const [one, other] = [await opened(), await opened()];

  const failed = withMigrationLock(one, () => Promise.reject(new Error('no such table')));

  await expect(failed).rejects.toThrow('no such table');
  await expect(withMigrationLock(other, () => Promise.resolve('mine'), 0)).resolves.toBe('mine');
});
