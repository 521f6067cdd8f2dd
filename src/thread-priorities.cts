import { readdirSync, stat } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Where Linux lists the threads of this process; other systems give no priority to single threads. */
const THREADS = '/proc/self/task';

/** Where they compete for a core, a thread of this niceness gets a tenth of what the main thread gets. */
const STEPS = 10;
const LEAST = 19;

/**
 * Lets the main thread, which answers, go before all others of this process: those of Node's pool, which hash passwords, and
 * those of V8, which collect garbage and compile. To be called before anything uses the pool, and after its size is set.
 */
export function preferMainThread(): void {
  try {
    stat(THREADS, () => undefined); // the pool begins its threads with its first work
    const threads = readdirSync(THREADS).map(Number);
    if (!threads.includes(process.pid)) return; // /proc counts otherwise than this process: those ids are other threads here
    for (const thread of threads) if (thread !== process.pid) yieldTime(thread);
  } catch {
    // another system, or a sandbox that forbids it: all threads stay alike
  }
}

function yieldTime(thread: number): void {
  setPriority(thread, Math.min(LEAST, getPriority(thread) + STEPS));
}
