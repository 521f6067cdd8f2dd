import libsql from 'libsql';
import { DataSource, QueryFailedError } from 'typeorm';
import { isConflict, isDuplicate, RowHeld, unlessHeld } from './database-conflict.js';

const failed = (driverError: object): QueryFailedError =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('from the driver'), driverError));

it.each([
  ['a deadlock', { errno: 1213, code: 'ER_LOCK_DEADLOCK' }],
  ['a lock wait that took too long', { errno: 1205, code: 'ER_LOCK_WAIT_TIMEOUT' }],
  ['a snapshot conflict', { errno: 1020, code: 'ER_CHECKREAD' }],
  ['a cluster node that is not ready', { errno: 1047, code: 'ER_UNKNOWN_COM_ERROR' }],
  ['a commit that a replication group rolled back', { errno: 3101, code: 'ER_TRANSACTION_ROLLBACK_DURING_COMMIT' }],
  ['a busy SQLite file', { code: 'SQLITE_BUSY' }],
  ['a stale SQLite snapshot', { code: 'SQLITE_BUSY_SNAPSHOT' }],
])('tries again after %s', (_what, driverError) => {
  expect([isConflict(failed(driverError)), isDuplicate(failed(driverError))]).toEqual([true, false]);
});

it.each([
  ['MySQL', { errno: 1062, code: 'ER_DUP_ENTRY' }],
  ['SQLite', { code: 'SQLITE_CONSTRAINT_UNIQUE' }],
])('knows a taken unique value on %s, and does not try it again (SEC-14)', (_where, driverError) => {
  expect([isConflict(failed(driverError)), isDuplicate(failed(driverError))]).toEqual([false, true]);
});

it.each([
  ['a wrong statement', failed({ errno: 1064, code: 'ER_PARSE_ERROR' })],
  ['a missing reference', failed({ errno: 1452, code: 'ER_NO_REFERENCED_ROW_2' })],
  ['a missing reference on SQLite', failed({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })],
  ['an error without a number', failed({})],
  ['an error that only looks like one of the driver', Object.assign(new Error(), { errno: 1213, code: 'SQLITE_BUSY' })],
  ['no error', null],
  ['a text', 'SQLITE_BUSY'],
])('takes %s for neither', (_what, error) => {
  expect([isConflict(error), isDuplicate(error)]).toEqual([false, false]);
});

it.each([
  ['MariaDB', { errno: 1205, code: 'ER_LOCK_WAIT_TIMEOUT' }],
  ['MySQL', { errno: 3572, code: 'ER_LOCK_NOWAIT' }],
])('says that a row is held when %s does not wait for it, which is not tried again', async (_where, driverError) => {
  const refused: unknown = await unlessHeld(() => Promise.reject(failed(driverError))).catch((error: unknown) => error);

  expect([refused instanceof RowHeld, isConflict(refused)]).toEqual([true, false]);
});

it('leaves a deadlock what it is, also where rows are not waited for', async () => {
  const deadlock = failed({ errno: 1213, code: 'ER_LOCK_DEADLOCK' });

  await expect(unlessHeld(() => Promise.reject(deadlock))).rejects.toBe(deadlock);
});

it('understands what the SQLite driver really says (SEC-14)', async () => {
  const source = await new DataSource({ type: 'better-sqlite3', driver: libsql, database: ':memory:' }).initialize();
  await source.query('CREATE TABLE one (email BLOB UNIQUE)');
  await source.query(`INSERT INTO one VALUES ('a')`);

  const duplicate: unknown = await source.query(`INSERT INTO one VALUES ('a')`).catch((error: unknown) => error);
  const broken: unknown = await source.query('SELECT nothing FROM nowhere').catch((error: unknown) => error);
  await source.destroy();

  expect([isDuplicate(duplicate), isConflict(duplicate)]).toEqual([true, false]);
  expect([isDuplicate(broken), isConflict(broken)]).toEqual([false, false]);
});
