import { AsyncLock } from './async-lock.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('runs one task at a time, in the order in which they came', async () => {
  const lock = new AsyncLock();
  const log: string[] = [];
  const task = (name: string, ticks: number) => async (): Promise<string> => {
    log.push(`${name} begins`);
    for (let left = ticks; left > 0; left -= 1) await tick();
    log.push(`${name} ends`);
    return name;
  };

  const results = await Promise.all([lock.run(task('slow', 3)), lock.run(task('quick', 0)), lock.run(task('last', 1))]);

  expect(results).toEqual(['slow', 'quick', 'last']);
  expect(log).toEqual(['slow begins', 'slow ends', 'quick begins', 'quick ends', 'last begins', 'last ends']);
});

it('tells a failure to who ran the task, and goes on with the next', async () => {
  const lock = new AsyncLock();

  const results = await Promise.allSettled([
    lock.run(() => Promise.reject(new Error('rejected'))),
    lock.run(() => {
      throw new Error('thrown');
    }),
    lock.run(() => Promise.resolve('fine')),
  ]);

  expect(results).toEqual([
    { status: 'rejected', reason: new Error('rejected') },
    { status: 'rejected', reason: new Error('thrown') },
    { status: 'fulfilled', value: 'fine' },
  ]);
});

it('never lets two tasks overlap, however many wait', async () => {
  const lock = new AsyncLock();
  let running = 0;
  let most = 0;
  const task = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
  };

  await Promise.all(Array.from({ length: 200 }, () => lock.run(task)));

  expect(most).toBe(1);
});

it('is free again after its tasks have ended', async () => {
  const lock = new AsyncLock();
  await lock.run(() => Promise.resolve());
  await lock.run(() => Promise.reject(new Error('failed'))).catch(() => undefined);

  await expect(lock.run(() => Promise.resolve('again'))).resolves.toBe('again');
});
