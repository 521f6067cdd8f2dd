import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { EventService, ownTrail } from '../event/index.js';

/** More requests of a store within an hour than this are a flood, or a very good day; both want a look. */
const MAX = 1000;
const WINDOW_SECONDS = 3600;
const INTERVAL_MS = 60_000;

/**
 * Says when a store is asked for more resets than a shop is: in the log and the audit trail, once an hour for each store.
 * Nothing is refused for it. Counted off the audit trail, so that a request costs nothing more and all instances agree.
 */
@Injectable()
export class ResetAlarm implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('limits');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.look().catch((error: unknown) => this.log.warn(`could not count resets: ${String(error)}`));
    }, INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Sounds the alarm for every store that is over the number, unless one of the instances did within the hour. */
  async look(): Promise<void> {
    const since = this.clock.after(-WINDOW_SECONDS);
    const asked = await this.events.countPerStore(['reset_requested', 'reset_suppressed'], since);
    const told = await this.events.countPerStore(['reset_alarm'], since);
    for (const [storeId, requests] of asked) {
      if (requests <= MAX || told.has(storeId)) continue;
      this.log.warn({ storeId, requests }, 'unusually many resets were asked for within the hour');
      const data = { requests };
      const event = { type: 'reset_alarm', trail: ownTrail, storeId, customerId: null, data } as const;
      await this.database.transaction((tx) => this.events.record(event, tx));
    }
  }
}
