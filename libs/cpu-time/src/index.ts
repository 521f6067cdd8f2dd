/** How often a run that took too long is tried again, since a collection of garbage may fall into any one. */
const TRIES = 6;

/** Milliseconds of the processor that a run takes, in all threads of this process: what else runs on the machine does not count. */
export async function cpuMilliseconds(run: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** The least of some tries; none is made after one that took less than `enough`. */
export async function leastCpuMilliseconds(enough: number, run: () => unknown): Promise<number> {
  let least = Infinity;
  for (let tries = 0; tries < TRIES && least >= enough; tries += 1) least = Math.min(least, await cpuMilliseconds(run));
  return least;
}
