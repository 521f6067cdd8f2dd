/** How long somebody waits for others at most. */
const LONGEST_MS = 60;

/** Where some wait for others, so that what they do next is done at the same time, together. */
export class MeetingPoint {
  private waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param enough as many go on without waiting for more
   * @param othersCome whether others are about to come, so that there is somebody to wait for
   */
  constructor(
    private readonly enough: number,
    private readonly othersCome: () => boolean,
  ) {}

  /** Returns when there are enough, nobody else is about to come, or the first of them has waited long enough. */
  meet(): Promise<void> {
    return new Promise((goOn) => {
      this.waiting.push(goOn);
      if (this.waiting.length >= this.enough || !this.othersCome()) this.leave();
      else this.timer ??= setTimeout(() => this.leave(), LONGEST_MS);
    });
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const leaving = this.waiting;
    this.waiting = [];
    for (const goOn of leaving) goOn();
  }
}
