import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from './clock.js';

const INTERVAL_MS = 60 * 60 * 1000;

/** Removes rows that ended before a moment, a bounded batch at a time, and says how many it removed. */
type Purge = (endedBefore: Date) => Promise<number>;

interface Chore {
  readonly what: string;
  readonly keepSeconds: number;
  readonly purge: Purge;
}

/** Keeps tables that only grow from growing for ever. Every instance does it; doing it twice harms nothing. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Housekeeping.name);
  private readonly chores: Chore[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly clock: Clock) {}

  /** @param keepSeconds how long rows stay after their end */
  register(what: string, keepSeconds: number, purge: Purge): void {
    this.chores.push({ what, keepSeconds, purge });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    for (const { what, keepSeconds, purge } of this.chores) {
      try {
        while ((await purge(this.clock.after(-keepSeconds))) > 0);
      } catch (error) {
        this.log.warn(`could not remove old ${what}: ${String(error)}`);
      }
    }
  }
}
