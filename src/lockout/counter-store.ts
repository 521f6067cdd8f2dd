/** One counter to move: what it counts, and when its window ends if it begins now. */
export interface Count {
  readonly digest: Buffer;
  readonly endsAt: Date;
}

/** A counter whose window runs. */
export interface RunningCount extends Count {
  readonly uses: number;
}

/**
 * Where counters of limits live, shared by all instances (SEC-46). Windows begin and end by the times that are given,
 * never by the store's own clock.
 *
 * @throws DomainError BUSY, from every method but `answers`, when the store cannot be asked: nothing that is limited
 *   may happen uncounted
 */
export abstract class CounterStore {
  /**
   * Adds one to each counter, of all or of none; a window that has ended begins anew. Atomic (SEC-40): the answer is what
   * each counter stood at after this very use, so that of parallel ones as many find room as there is.
   */
  abstract add(counts: readonly Count[], at: Date): Promise<readonly RunningCount[]>;

  /** As `add`, for who does not ask what the counters stand at: uses that come together may be counted together. */
  abstract count(counts: readonly Count[], at: Date): Promise<void>;

  /** The counters whose window has not ended. */
  abstract find(digests: readonly Buffer[], at: Date): Promise<readonly RunningCount[]>;

  abstract remove(digests: readonly Buffer[]): Promise<void>;

  /** Whether the store can be asked now; never throws. */
  abstract answers(): Promise<boolean>;
}
