/**
 * Writes what comes while a write is under way together, by the next one: the busier it is, the fewer statements it
 * takes, and nobody waits for others who might come.
 */
export class GroupCommit<T> {
  private waiting: T[] = [];
  private next: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();

  /** @param write writes all that it is given, or throws and has written nothing that counts */
  constructor(private readonly write: (items: readonly T[]) => Promise<void>) {}

  /** Returns when it is written. @throws whatever the write threw that was to write it */
  add(item: T): Promise<void> {
    this.waiting.push(item);
    if (this.next) return this.next;
    const written = this.last.then(() => this.flush());
    this.next = written;
    this.last = written.catch(() => undefined);
    return written;
  }

  private flush(): Promise<void> {
    const items = this.waiting;
    this.waiting = [];
    this.next = null;
    return this.write(items);
  }
}
