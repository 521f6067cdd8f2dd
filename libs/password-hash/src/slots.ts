/** Thrown when the queue in front of the hash function is full; the caller answers "busy, come back" (SEC-20). */
export class HashQueueFull extends Error {
  override readonly name = 'HashQueueFull';
}

/** Lets at most `running` tasks run and at most `waiting` wait, first come, first served. */
export class Slots {
  private active = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly running: number,
    private readonly waiting: number,
  ) {}

  /** How many tasks wait now; for metrics. */
  get depth(): number {
    return this.queue.length;
  }

  /** Whether the next task would be refused. */
  get isFull(): boolean {
    return this.active >= this.running && this.queue.length >= this.waiting;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.active >= this.running) await this.turn();
    else this.active += 1;
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private turn(): Promise<void> {
    if (this.queue.length >= this.waiting) throw new HashQueueFull('too many password hashes are waiting');
    return new Promise((resolve) => this.queue.push(resolve));
  }

  /** Hands the place to the next in line, so that nobody who arrives in between can take it. */
  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.active -= 1;
  }
}
