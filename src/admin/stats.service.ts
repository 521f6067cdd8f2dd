import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { EventService, type EventType } from '../event/index.js';
import { MailService } from '../mail/index.js';

const HOUR_MS = 3_600_000;

const NOTHING = { signIns: 0, failures: 0, locks: 0, resetsAsked: 0, resetsMailed: 0, resetsFinished: 0 };

/** What each event counts as. */
const COUNTED: ReadonlyMap<string, keyof typeof NOTHING> = new Map([
  ['login_ok', 'signIns'],
  ['multipass_ok', 'signIns'],
  ['login_failed', 'failures'],
  ['login_locked', 'locks'],
  ['reset_requested', 'resetsAsked'],
  ['reset_completed', 'resetsFinished'],
] satisfies [EventType, keyof typeof NOTHING][]);

type Counts = { [Name in keyof typeof NOTHING]: number };

/** How much happened, hour by hour. */
@Injectable()
export class StatsService {
  constructor(
    private readonly events: EventService,
    private readonly mails: MailService,
    private readonly clock: Clock,
  ) {}

  /** The present hour and those before it, newest first. Read off indices alone. */
  async perHour(hours: number): Promise<object> {
    const current = Math.floor(this.clock.now().getTime() / HOUR_MS) * HOUR_MS;
    const since = new Date(current - (hours - 1) * HOUR_MS);
    const counts = new Map<string, Counts>();
    for (let back = 0; back < hours; back += 1) {
      counts.set(new Date(current - back * HOUR_MS).toISOString(), { ...NOTHING });
    }
    const add = (hour: string, name: keyof Counts | undefined, times: number): void => {
      const counted = counts.get(hour);
      if (counted && name) counted[name] += times;
    };
    const [happened, mailed] = await Promise.all([
      this.events.countPerHour([...COUNTED.keys()], since),
      this.mails.countSentPerHour('password-reset', since),
    ]);
    for (const { what, hour, times } of happened) add(hour, COUNTED.get(what), times);
    for (const { hour, times } of mailed) add(hour, 'resetsMailed', times);
    return { items: [...counts].map(([hour, numbers]) => ({ hour, ...numbers })) };
  }
}
