import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { RowHeld } from './database-conflict.js';
import { DomainError } from './domain-error.js';
import { Batcher } from './batcher.js';
import { currentRequest, inRequest, notesOf } from './request-notes.js';

/** Writes that end when they are told to. */
class Writes {
  readonly begun: number[][] = [];
  readonly alone: number[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  readonly run = (items: readonly number[]): Promise<readonly string[]> => {
    this.begun.push([...items]);
    return new Promise((resolve, reject) =>
      this.ends.push((error) => (error ? reject(error) : resolve(items.map((item) => `result of ${item}`)))),
    );
  };

  readonly runAlone = (item: number): Promise<string> => {
    this.alone.push(item);
    return item < 0 ? Promise.reject(new Error(`${item} is too low`)) : Promise.resolve(`result of ${item} alone`);
  };

  end(at: number, error?: Error): void {
    this.ends[at]?.(error);
  }

  /** Lets so many writes begin, and ends each. */
  async endEach(count: number, errors: readonly (Error | undefined)[] = []): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      await settled();
      this.end(at, errors[at]);
    }
  }
}

/** Two turns: what waits for the next one has begun. */
async function settled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

it('begins at once, and writes together what comes meanwhile', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const first = batcher.add(1);
  await settled();
  const others = [batcher.add(2), batcher.add(3)];
  await settled();
  const begunMeanwhile = [...writes.begun];
  writes.end(0);
  await first;
  await settled();
  writes.end(1);
  const results = await Promise.all(others);

  expect(results).toEqual(['result of 2', 'result of 3']);
  expect(begunMeanwhile).toEqual([[1]]);
  expect(writes.begun).toEqual([[1], [2, 3]]);
});

it('writes as many batches at the same time as it may, and no more', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3, atOnce: 2 });

  const results: Promise<string>[] = [];
  for (const item of [1, 2, 3, 4]) {
    results.push(batcher.add(item));
    await settled();
  }
  const begunMeanwhile = [...writes.begun];
  writes.end(1);
  await writes.endEach(1);
  await settled();
  writes.end(2);

  expect(await Promise.all(results)).toEqual([1, 2, 3, 4].map((item) => `result of ${item}`));
  expect(begunMeanwhile).toEqual([[1], [2]]);
  expect(writes.begun).toEqual([[1], [2], [3, 4]]);
});

it('begins beside another one only when as many wait as it is told', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 2, atOnce: 2, besideFrom: 2 });

  const results: Promise<string>[] = [];
  for (const item of [1, 2, 3, 4]) {
    results.push(batcher.add(item));
    await settled();
  }
  const begunMeanwhile = [...writes.begun];
  writes.end(1);
  await settled();
  const begunAfterOne = [...writes.begun];
  await writes.endEach(1);
  await settled();
  writes.end(2);

  expect(await Promise.all(results)).toEqual([1, 2, 3, 4].map((item) => `result of ${item}`));
  expect([begunMeanwhile, begunAfterOne]).toEqual([
    [[1], [2, 3]],
    [[1], [2, 3]],
  ]);
  expect(writes.begun).toEqual([[1], [2, 3], [4]]);
});

it('asks for more that wait the more batches are under way', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 4, atOnce: 3, besideFrom: 2 });

  const begun: number[] = [];
  for (const item of [1, 2, 3, 4, 5, 6, 7]) {
    void batcher.add(item);
    await settled();
    begun.push(writes.begun.length);
  }

  expect(begun).toEqual([1, 1, 2, 2, 2, 2, 3]);
  expect(writes.begun).toEqual([[1], [2, 3], [4, 5, 6, 7]]);
});

it('tells those whose write failed, and them alone', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const first = batcher.add(1);
  await settled();
  const second = batcher.add(2);
  writes.end(0, new Error('the disk is full'));
  await expect(first).rejects.toThrow('the disk is full');
  await settled();
  writes.end(1);

  await expect(second).resolves.toBe('result of 2');
});

it('returns only after its own write has ended', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });
  let isWritten = false;

  void batcher.add(1);
  await settled();
  const second = batcher.add(2).then(() => (isWritten = true));
  writes.end(0);
  await settled();
  const before = isWritten;
  writes.end(1);
  await second;

  expect([before, isWritten]).toEqual([false, true]);
});

it('takes no more at once than it may, the oldest first', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const all = [1, 2, 3, 4, 5].map((item) => batcher.add(item));
  await writes.endEach(2);
  await Promise.all(all);

  expect(writes.begun).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

it('never writes two things of the same key together', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3, keyOf: (item) => String(item % 2) });

  const all = [2, 4, 3, 6].map((item) => batcher.add(item));
  await writes.endEach(3);
  await Promise.all(all);

  expect(writes.begun).toEqual([[2, 3], [4], [6]]);
});

it('writes each by itself when one of several is at fault, and tells that one', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const all = [1, -2].map((item) => batcher.add(item));
  await writes.endEach(1, [new Error('somebody holds a row')]);

  expect(await Promise.allSettled(all)).toMatchObject([
    { value: 'result of 1 alone' },
    { reason: { message: '-2 is too low' } },
  ]);
  expect([writes.begun, writes.alone]).toEqual([[[1, -2]], [1, -2]]);
});

it('does not let what takes long by itself hold up others', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, runAlone: () => new Promise(() => undefined), largest: 3 });

  void batcher.add(1);
  await writes.endEach(1, [new RowHeld()]);
  const other = batcher.add(2);
  await settled();
  writes.end(1);

  await expect(other).resolves.toBe('result of 2');
});

it('begins the next write when one takes longer than a second', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const slow = batcher.add(1);
  await settled();
  const other = batcher.add(2);
  await sleep(500);
  const begunSoon = [...writes.begun];
  await sleep(800);
  writes.end(1);
  const first = await Promise.race([slow, other]);
  writes.end(0);

  expect([begunSoon, writes.begun]).toEqual([[[1]], [[1], [2]]]);
  expect([first, await slow]).toEqual(['result of 2', 'result of 1']);
});

it('does not repeat for each what the database refused to all', async () => {
  const writes = new Writes();
  const batcher = new Batcher({ ...writes, largest: 3 });

  const all = [1, 2].map((item) => batcher.add(item));
  await writes.endEach(1, [new DomainError('BUSY', { retryAfterSeconds: 1 })]);

  expect(await Promise.allSettled(all)).toMatchObject([{ reason: { code: 'BUSY' } }, { reason: { code: 'BUSY' } }]);
  expect(writes.begun).toEqual([[1, 2]]);
});

it('writes in the name of the request that came first', async () => {
  const named: (string | undefined)[] = [];
  const batcher = new Batcher<string>({
    run: (items) => {
      named.push(currentRequest()?.requestId);
      return Promise.resolve(items.map(() => undefined));
    },
    runAlone: () => Promise.resolve(),
    largest: 2,
  });
  const add = (name: string): Promise<void> => inRequest(notesOf(name), () => batcher.add(name));

  await Promise.all([add('first'), add('second'), add('third')]);

  expect(named).toEqual(['first', 'third']);
});
