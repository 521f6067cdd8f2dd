import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { retried } from './conflict-retries.js';

const failed = (errno: number): QueryFailedError =>
  new QueryFailedError('COMMIT', [], Object.assign(new Error('from the server'), { errno, code: 'ER' }));

/** Work that fails so many times before it is done, and what was waited in between. */
function work(...failures: readonly Error[]): { run: () => Promise<string>; tries: () => number } {
  let tries = 0;
  const run = (): Promise<string> => {
    tries += 1;
    const failure = failures[tries - 1];
    return failure ? Promise.reject(failure) : Promise.resolve('done');
  };
  return { run, tries: () => tries };
}

beforeEach(() => jest.spyOn(Logger.prototype, 'debug').mockReturnValue());

afterEach(() => jest.restoreAllMocks());

it.each([1213, 1205, 1020, 1047])('runs work again that met error %d', async (errno) => {
  const { run, tries } = work(failed(errno), failed(errno));

  const result = await retried(run, () => Promise.resolve());

  expect([result, tries()]).toEqual(['done', 3]);
  const lines = [1, 2].map((attempt) => [{ errno, attempt }, 'a conflict between transactions']);
  expect(jest.mocked(Logger.prototype.debug).mock.calls).toEqual(lines);
});

it('gives up after five tries, with the last conflict, and waits longer each time', async () => {
  const conflicts = [1213, 1213, 1213, 1213, 1205, 1213].map(failed);
  const { run, tries } = work(...conflicts);
  const pauses: number[] = [];

  const outcome = await retried(run, (ms) => Promise.resolve(void pauses.push(ms))).catch((error: unknown) => error);

  expect(outcome).toBe(conflicts[4]);
  expect(tries()).toBe(5);
  const bounds = [10, 20, 40, 80];
  expect(pauses).toHaveLength(bounds.length);
  expect(pauses.every((ms, at) => ms >= (bounds[at] ?? 0) && ms < 2 * (bounds[at] ?? 0))).toBe(true);
});

it.each([
  ['a taken value', failed(1062)],
  ['a lost connection', Object.assign(new Error(), { code: 'PROTOCOL_CONNECTION_LOST' })],
  ['a commit that went wrong', failed(1180)],
])('does not run again what met %s', async (_what, error) => {
  const { run, tries } = work(error);

  const outcome = await retried(run).catch((thrown: unknown) => thrown);

  expect([outcome, tries()]).toEqual([error, 1]);
});
