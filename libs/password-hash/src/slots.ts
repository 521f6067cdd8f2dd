/** Thrown when the queue in front of the hash function is full; the caller answers "busy, come back" (SEC-20). */
export class HashQueueFull extends Error {
  override readonly name = 'HashQueueFull';
}

/** Lets at most as many tasks as there are places run and at most `waiting` wait, first come, first served. */
export class Slots {
  private active = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly waiting: number,
  ) {}

  /** How many tasks run now. */
  get running(): number {
    return this.active;
  }

  /** How many tasks wait now. */
  get depth(): number {
    return this.queue.length;
  }

  /** Whether the next task would be refused. */
  get isFull(): boolean {
    return this.active >= this.places && this.queue.length >= this.waiting;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.active >= this.places) await this.turn();
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
