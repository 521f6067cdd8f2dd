import { digestOf } from '../../libs/opaque-token/src/index.js';
import type { CounterStore } from '../../src/lockout/counter-store.js';

/** What every store of counters does; `makeStore` is asked once all of the suite's own set-up is done. */
export function counterStoreContract(makeStore: () => CounterStore): void {
  const at = (seconds: number): Date => new Date(Date.UTC(2031, 0, 1) + seconds * 1000);
  let made = 0;
  const aCounter = (): Buffer => digestOf('a test', String((made += 1)));
  const usesOf = async (digest: Buffer, seconds: number): Promise<number | null> =>
    (await makeStore().find([digest], at(seconds)))[0]?.uses ?? null;

  it('counts from one, and keeps the end of the window that the first use began', async () => {
    const digest = aCounter();
    await makeStore().add([{ digest, endsAt: at(60) }], at(0));
    await makeStore().add([{ digest, endsAt: at(90) }], at(30));

    expect(await makeStore().find([digest], at(30))).toEqual([{ digest, uses: 2, endsAt: at(60) }]);
  });

  it('ends a window at its end, to the millisecond, by the time that it is told', async () => {
    const digest = aCounter();
    await makeStore().add([{ digest, endsAt: at(60) }], at(0));

    expect(await usesOf(digest, 59.999)).toBe(1);
    expect(await usesOf(digest, 60)).toBeNull();
  });

  it('begins anew after the end', async () => {
    const digest = aCounter();
    for (let use = 0; use < 3; use += 1) await makeStore().add([{ digest, endsAt: at(60) }], at(0));
    await makeStore().add([{ digest, endsAt: at(120) }], at(60));

    expect(await makeStore().find([digest], at(60))).toEqual([{ digest, uses: 1, endsAt: at(120) }]);
  });

  it('tells each of parallel uses which one it was (SEC-40)', async () => {
    const digest = aCounter();

    const counted = await Promise.all(Array.from({ length: 16 }, () => makeStore().add([{ digest, endsAt: at(60) }], at(0)))); // prettier-ignore

    const ordinals = counted.flatMap((found) => found.map(({ uses }) => uses)).sort((one, other) => one - other);
    expect(ordinals).toEqual(Array.from({ length: 16 }, (_, use) => use + 1));
  });

  it('moves several counters together, each with its own window', async () => {
    const [hour, day, other] = [aCounter(), aCounter(), aCounter()];
    const both = (seconds: number): Promise<unknown> =>
      makeStore().add(
        [
          { digest: hour, endsAt: at(seconds + 3600) },
          { digest: day, endsAt: at(seconds + 86400) },
        ],
        at(seconds),
      );
    await both(0);
    await both(3600);

    const found = await makeStore().find([hour, day, other], at(3600));

    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ digest: hour, uses: 1, endsAt: at(7200) });
    expect(found).toContainEqual({ digest: day, uses: 2, endsAt: at(86400) });
  });

  it('loses no use of a hundred at the same time, whatever their order (SEC-40)', async () => {
    const [one, other] = [aCounter(), aCounter()];
    const counts = [one, other].map((digest) => ({ digest, endsAt: at(60) }));

    await Promise.all(
      Array.from({ length: 100 }, (_, use) => makeStore().add(use % 2 ? counts : [...counts].reverse(), at(0))),
    );

    expect([await usesOf(one, 0), await usesOf(other, 0)]).toEqual([100, 100]);
  });

  it('loses no use of a hundred that nobody asks the number of, some of the same counter in one (SEC-40)', async () => {
    const [one, other] = [aCounter(), aCounter()];
    const counts = [one, other, one].map((digest) => ({ digest, endsAt: at(60) }));
    await makeStore().count(counts, at(0));

    await Promise.all(
      Array.from({ length: 100 }, (_, use) => makeStore().count(use % 2 ? counts : [...counts].reverse(), at(0))),
    );

    expect(await makeStore().find([one, other], at(0))).toEqual([
      { digest: one, uses: 202, endsAt: at(60) },
      { digest: other, uses: 101, endsAt: at(60) },
    ]);
  });

  it('begins anew after the end where nobody asks the number either', async () => {
    const digest = aCounter();
    for (let use = 0; use < 3; use += 1) await makeStore().count([{ digest, endsAt: at(60) }], at(0));
    await makeStore().count([{ digest, endsAt: at(120) }], at(60));

    expect(await makeStore().find([digest], at(60))).toEqual([{ digest, uses: 1, endsAt: at(120) }]);
  });

  it('forgets what it is told to, and that alone', async () => {
    const [gone, kept] = [aCounter(), aCounter()];
    for (const digest of [gone, kept]) await makeStore().add([{ digest, endsAt: at(60) }], at(0));

    await makeStore().remove([gone, aCounter()]);

    expect([await usesOf(gone, 0), await usesOf(kept, 0)]).toEqual([null, 1]);
  });

  it('says that it answers', async () => {
    expect(await makeStore().answers()).toBe(true);
  });
}
