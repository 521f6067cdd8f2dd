import { oneLine } from '#lib/plain-text';
import { inNoRequest } from './request-notes.js';

const POLL_MS = 5_000;
const GATHER_MS = 100;

/** Does some of what is waiting, and says whether more may be. */
type Work = () => Promise<boolean>;

/** Does work whenever there is some: woken by whoever makes it, and by a slow poll for what other instances left behind. */
export class WorkLoop {
  private timer: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = true;

  /** @param failed is told why work could not be done; the next poll tries again */
  constructor(
    private readonly work: Work,
    private readonly failed: (reason: string) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  /** Begins nothing any more, and waits for what is being done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.gathering);
    await this.running;
  }

  get isRunning(): boolean {
    return !this.stopped;
  }

  /** Looks for work soon. Returns at once. */
  wake(): void {
    this.wanted = true;
    if (this.running || this.stopped) return;
    this.running = inNoRequest(() => this.drain()).finally(() => {
      this.running = null;
      if (this.wanted) this.wake();
    });
  }

  /** Looks a moment later, so that many who wake it at the same time cost one look. */
  wakeSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.wake();
    }, GATHER_MS).unref();
  }

  /** Waits until there is nothing to do any more. */
  async idle(): Promise<void> {
    this.wake();
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (this.wanted && !this.stopped) {
        this.wanted = false;
        if (await this.work()) this.wanted = true;
      }
    } catch (error) {
      this.failed(oneLine(String(error)));
    }
  }
}
