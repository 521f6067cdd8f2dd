/** Thrown when nobody else may wait. */
export class SlotsFull extends Error {
  override readonly name = 'SlotsFull';
}

/** Lets at most as many tasks as there are places run, and at most `waiting` wait, first come, first served. */
export class Slots {
  private active = 0;
  private readonly queue: (() => void)[] = [];

  /** @param waiting left out: any number */
  constructor(
    private readonly places: number,
    private readonly waiting = Infinity,
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

  /** @throws SlotsFull when as many wait as may; whatever the task throws */
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
    if (this.queue.length >= this.waiting) throw new SlotsFull(`${this.waiting} wait already`);
    return new Promise((resolve) => this.queue.push(resolve));
  }

  /** Hands the place to the next in line, so that nobody who arrives in between can take it. */
  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.active -= 1;
  }
}
