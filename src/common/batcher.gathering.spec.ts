import { setTimeout as sleep } from 'node:timers/promises';
import { settled, Writes } from '../../test/support/writes.js';
import { Batcher } from './batcher.js';

let othersCome = true;
let writes: Writes;
let batcher: Batcher<number, string>;

beforeEach(() => {
  othersCome = true;
  writes = new Writes();
  batcher = new Batcher({
    ...writes,
    largest: 3,
    atOnce: 8,
    othersCome: () => othersCome,
    keyOf: (item) => `${item}`,
  });
});

it('waits for others who are about to come, and begins when there are as many as it takes', async () => {
  const all = [batcher.add(1), batcher.add(2)];
  await settled();
  const begunBefore = [...writes.begun];
  all.push(batcher.add(3));
  await writes.endEach(1);
  await Promise.all(all);

  expect(begunBefore).toEqual([]);
  expect(writes.begun).toEqual([[1, 2, 3]]);
});

it('begins when the last of those who were to come is there', async () => {
  const all = [batcher.add(1)];
  await settled();
  othersCome = false;
  all.push(batcher.add(2));
  await writes.endEach(1);
  await Promise.all(all);

  expect(writes.begun).toEqual([[1, 2]]);
});

it('does not wait for long when nobody comes', async () => {
  const began = performance.now();
  const one = batcher.add(1);
  await settled();
  const begunBefore = [...writes.begun];
  await sleep(60);
  await writes.endEach(1);
  await one;

  expect(begunBefore).toEqual([]);
  expect(writes.begun).toEqual([[1]]);
  expect(performance.now() - began).toBeLessThan(1000);
});

it('begins when somebody comes who cannot be in the batch', async () => {
  const all = [batcher.add(1)];
  await settled();
  all.push(batcher.add(1));
  await settled();
  const begun = [...writes.begun];
  othersCome = false;
  await writes.endEach(2);
  await Promise.all(all);

  expect(begun).toEqual([[1]]);
  expect(writes.begun).toEqual([[1], [1]]);
});

it('waits for others beside a batch that is under way, once for all', async () => {
  othersCome = false;
  const all = [batcher.add(1)];
  await settled();
  othersCome = true;
  all.push(batcher.add(2));
  await settled();
  all.push(batcher.add(3));
  await settled();
  all.push(batcher.add(4));
  await settled();
  await writes.endEach(2);
  await Promise.all(all);
  await sleep(60);

  expect(writes.begun).toEqual([[1], [2, 3, 4]]);
});
