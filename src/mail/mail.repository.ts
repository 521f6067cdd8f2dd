import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { WorkQueue } from '../common/work-queue.js';
import { MailMessage } from './mail-message.entity.js';

const LEASE_SECONDS = 120;

/** The outbox table. */
@Injectable()
export class MailRepository {
  private readonly queue: WorkQueue<MailMessage>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.queue = new WorkQueue(database, clock, {
      ...{ entity: MailMessage, name: 'mail_message', hidden: ['payload'] },
      lease: LEASE_SECONDS,
    });
  }

  claim(limit: number): Promise<MailMessage[]> {
    return this.queue.claim(limit);
  }

  /** The mail went out; what it said is wiped. */
  async markSent({ id, claim, attempts }: MailMessage): Promise<void> {
    const sent = {
      status: 'sent' as const,
      sentAt: this.clock.now(),
      payload: null,
      claim: null,
      attempts: attempts + 1,
    };
    await this.database.transaction((tx) =>
      tx.update(MailMessage, { id, claim: claim ?? '' }, { ...sent, lastError: null }),
    );
  }

  /** The attempt failed; it is due again after a pause. */
  async postpone({ id, claim, attempts }: MailMessage, seconds: number, lastError: string): Promise<void> {
    const changes = { dueAt: this.clock.after(seconds), claim: null, attempts: attempts + 1, lastError };
    await this.database.transaction((tx) => tx.update(MailMessage, { id, claim: claim ?? '' }, changes));
  }

  /** Nothing more is tried; the row stays visible, what it said is wiped unless it is to be kept. */
  async bury({ id, claim, attempts }: MailMessage, lastError: string, keepsPayload: boolean): Promise<void> {
    const wiped = keepsPayload ? {} : { payload: null };
    const changes = { ...wiped, status: 'dead' as const, claim: null, attempts: attempts + 1, lastError };
    await this.database.transaction((tx) => tx.update(MailMessage, { id, claim: claim ?? '' }, changes));
  }

  async remove(id: number): Promise<void> {
    await this.database.transaction((tx) => tx.delete(MailMessage, { id }));
  }

  purge(endedBefore: Date): Promise<number> {
    return this.queue.purge(endedBefore);
  }
}
