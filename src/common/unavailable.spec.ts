import { createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import mysql2, { createPool } from 'mysql2';
import { DataSource, QueryFailedError } from 'typeorm';
import { isDomainError } from './domain-error.js';
import { isUnavailable, unlessUnavailable } from './unavailable.js';

const fromDriver = (members: object): Error => Object.assign(new Error('from the driver'), members);
const failed = (members: object): Error => new QueryFailedError('SELECT 1', [], fromDriver(members));

beforeEach(() => jest.spyOn(Logger.prototype, 'warn').mockReturnValue());

afterEach(() => jest.restoreAllMocks());

it.each([
  ['a server that cannot be reached', fromDriver({ code: 'ECONNREFUSED', errno: -111 })],
  ['a connection that broke off', failed({ code: 'PROTOCOL_CONNECTION_LOST' })],
  ['a connection that was reset', failed({ code: 'ECONNRESET', errno: -104 })],
  ['too many connections', fromDriver({ errno: 1040, code: 'ER_CON_COUNT_ERROR' })],
  ['a server that shuts down', failed({ errno: 1053, code: 'ER_SERVER_SHUTDOWN' })],
  ['a commit that went wrong', failed({ errno: 1180, code: 'ER_ERROR_DURING_COMMIT' })],
  ['a former primary that only reads', failed({ errno: 1290, code: 'ER_OPTION_PREVENTS_STATEMENT' })],
  ['a conflict that did not end', failed({ errno: 1213, code: 'ER_LOCK_DEADLOCK' })],
  ['a node outside of its cluster', failed({ errno: 1047, code: 'ER_UNKNOWN_COM_ERROR' })],
])('asks to come back because of %s', async (_what, error) => {
  const refusal: unknown = await unlessUnavailable(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

  expect(isDomainError(refusal) && refusal.is('BUSY') && refusal.details).toEqual({ retryAfterSeconds: 1 });
  expect(Logger.prototype.warn).toHaveBeenCalledWith({ err: error }, 'the database could not be asked');
});

it.each([
  ['a wrong statement', failed({ errno: 1064, code: 'ER_PARSE_ERROR' })],
  ['a taken value', failed({ errno: 1062, code: 'ER_DUP_ENTRY' })],
  ['an error of the code itself', new TypeError('x is not a function')],
])('leaves %s as it is', async (_what, error) => {
  const thrown: unknown = await unlessUnavailable(() => Promise.reject(error)).catch((reason: unknown) => reason);

  expect(thrown).toBe(error);
});

it('hands on what work gives', async () => {
  expect(await unlessUnavailable(() => Promise.resolve(7))).toBe(7);
});

/** The error of one query through a pool. */
function errorOf(pool: ReturnType<typeof createPool>): Promise<unknown> {
  return new Promise((resolve) => {
    pool.query('SELECT 1', (error) => {
      resolve(error);
    });
  });
}

it('understands what the driver says of a server that hangs up, of none, and of a closed pool', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const pool = createPool({
    host: '127.0.0.1',
    port: address !== null && typeof address === 'object' ? address.port : 0,
  });

  const hungUp = await errorOf(pool);
  await new Promise((resolve) => server.close(resolve));
  const nobody = await errorOf(pool);
  await new Promise<void>((resolve) => {
    pool.end(() => {
      resolve();
    });
  });
  const closed = await errorOf(pool);

  expect([hungUp, nobody, closed].map(isUnavailable)).toEqual([true, true, true]);
});

it('understands what TypeORM says once it has given the pool up', async () => {
  const source = new DataSource({ type: 'mysql', driver: mysql2 });

  const error: unknown = await source.createQueryRunner('master').connect().catch((reason: unknown) => reason); // prettier-ignore

  expect(isUnavailable(error)).toBe(true);
});
