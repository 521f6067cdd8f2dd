import { Injectable } from '@nestjs/common';
import { one, type Registry, type Samples } from '#lib/prometheus';
import { Clock } from '../common/clock.js';
import { within } from '../common/within.js';
import type { Waiting } from '../common/work-queue.js';
import { MailWorker } from '../mail/index.js';
import { DeliveryWorker } from '../webhook/index.js';

/** A database that does not answer must not keep its own alarm from being read. */
const PATIENCE_MS = 2_000;

interface Queues {
  readonly mails: Waiting;
  readonly calls: Waiting;
}

/** How much work waits in the database, and whether the database tells. */
@Injectable()
export class QueueGauges {
  /** Read once for each time that metrics are told; null while the database does not answer in time. */
  private queues: Promise<Queues | null> = Promise.resolve(null);

  constructor(
    private readonly mails: MailWorker,
    private readonly calls: DeliveryWorker,
    private readonly clock: Clock,
  ) {}

  /** Begins to ask the database. */
  refresh(): void {
    this.queues = within(PATIENCE_MS, async () => ({
      mails: await this.mails.waiting(),
      calls: await this.calls.waiting(),
    }));
  }

  register(gauges: Registry): void {
    const tell = (name: string, help: string, read: (queues: Queues) => number): void =>
      gauges.gauge({ name, help }, async () => {
        const queues = await this.queues;
        return queues ? one(read(queues)) : [];
      });
    tell('keyturn_mail_queued', 'Mails of the outbox that have not gone out, decoys included.', (at) => at.mails.rows);
    tell('keyturn_mail_oldest_seconds', 'Age of the oldest of them.', (at) => this.ageOf(at.mails));
    tell('keyturn_webhook_queued', 'Calls of webhooks that have not been made.', (at) => at.calls.rows);
    tell('keyturn_webhook_oldest_seconds', 'Age of the oldest of them.', (at) => this.ageOf(at.calls));
    const up = async (): Promise<Samples> => one((await this.queues) === null ? 0 : 1);
    gauges.gauge({ name: 'keyturn_database_up', help: 'Whether the database answers, within two seconds.' }, up);
  }

  private ageOf({ oldest }: Waiting): number {
    return oldest ? Math.max(0, (this.clock.now().getTime() - oldest.getTime()) / 1000) : 0;
  }
}
