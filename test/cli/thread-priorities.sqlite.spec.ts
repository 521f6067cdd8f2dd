import { existsSync, readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { BuiltCommand } from './command.js';

jest.setTimeout(120_000);

const HASH_CONCURRENCY = 3;
/** What the pool has besides, and V8's own threads. */
const POOL_EXTRA = 4;
const V8_THREADS = 4;

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

/** The niceness of each thread but the main one; only Linux tells. */
function otherNiceness(pid: number): readonly number[] {
  const threads = `/proc/${pid}/task`;
  const ids = existsSync(threads) ? readdirSync(threads).map(Number) : [];
  return ids.filter((id) => id !== pid).map((id) => getPriority(id));
}

it('lets the thread that answers go before those that hash passwords and collect garbage', async () => {
  const server = await command.start({ PORT: '0', HASH_CONCURRENCY: String(HASH_CONCURRENCY) });
  const main = getPriority(server.pid);
  const later = otherNiceness(server.pid).filter((niceness) => niceness === Math.min(main + 10, 19));
  await server.stop();

  const expected = process.platform === 'linux' ? HASH_CONCURRENCY + POOL_EXTRA + V8_THREADS : 0;
  expect(main).toBe(getPriority());
  expect(later.length).toBeGreaterThanOrEqual(expected);
});
