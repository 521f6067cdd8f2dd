import { GroupCommit } from './group-commit.js';

/** Writes that end when they are told to. */
class Writes {
  readonly begun: number[][] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  readonly write = (items: readonly number[]): Promise<void> => {
    this.begun.push([...items]);
    return new Promise((resolve, reject) => this.ends.push((error) => (error ? reject(error) : resolve())));
  };

  end(at: number, error?: Error): void {
    this.ends[at]?.(error);
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('writes the first at once, and together what comes meanwhile', async () => {
  const writes = new Writes();
  const group = new GroupCommit(writes.write);

  const first = group.add(1);
  await settled();
  const others = [group.add(2), group.add(3)];
  await settled();
  const begunMeanwhile = [...writes.begun];
  writes.end(0);
  await first;
  await settled();
  writes.end(1);
  await Promise.all(others);

  expect(begunMeanwhile).toEqual([[1]]);
  expect(writes.begun).toEqual([[1], [2, 3]]);
});

it('tells those whose write failed, and them alone', async () => {
  const writes = new Writes();
  const group = new GroupCommit(writes.write);

  const first = group.add(1);
  await settled();
  const second = group.add(2);
  writes.end(0, new Error('the disk is full'));
  await expect(first).rejects.toThrow('the disk is full');
  await settled();
  writes.end(1);

  await expect(second).resolves.toBeUndefined();
});

it('returns only after its own write has ended', async () => {
  const writes = new Writes();
  const group = new GroupCommit(writes.write);
  let isWritten = false;

  void group.add(1);
  await settled();
  const second = group.add(2).then(() => (isWritten = true));
  writes.end(0);
  await settled();
  const before = isWritten;
  writes.end(1);
  await second;

  expect([before, isWritten]).toEqual([false, true]);
});
