import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import type { Parameter } from '../common/parameter.js';
import { Batcher } from '../common/batcher.js';
import { listOf, listSizeFor } from '../common/list-of.js';
import { Lookup } from '../common/lookup.js';
import { WorkQueue, type Waiting } from '../common/work-queue.js';
import { MailMessage } from './mail-message.entity.js';

/** How long a mail that a worker has taken is its own. */
export const LEASE_SECONDS = 120;
/**
 * As many mails as a worker takes out of the outbox at a time, and as many of its own instance's as it sends besides at the
 * same time. The transport's connections get through both in 80 seconds, even if the server lets each mail hang until it
 * times out.
 */
export const LARGEST_CLAIM = 10;
/** As many mails as are marked by one statement. */
const LARGEST_MARK = 32;

/** A mail that a worker has at hand. */
export type ClaimedMail = Omit<MailMessage, 'id' | 'customerId' | 'status' | 'dueAt' | 'lastError' | 'sentAt'>;

/** A mail that was queued right now, with what its payload has sealed. */
export interface QueuedMail extends ClaimedMail {
  readonly data: Readonly<Record<string, string>>;
}

/** The outbox table. */
@Injectable()
export class MailRepository {
  private readonly queue: WorkQueue<MailMessage>;
  private readonly sent = batcherOf((mails) => this.writeSent(mails));
  private readonly dropped = batcherOf((mails) => this.writeDropped(mails));
  private readonly released = batcherOf((mails) => this.writeReleased(mails));
  private readonly claims: Lookup<number>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.queue = new WorkQueue(database, clock, {
      ...{ entity: MailMessage, name: 'mail_message', hidden: ['payload'] },
      lease: LEASE_SECONDS,
    });
    const head = 'SELECT m.number AS lookup_key, m.claim FROM mail_message m WHERE m.number';
    this.claims = new Lookup(database, { head: () => head });
  }

  /** Takes as many mails that are due as one worker sends at the same time. */
  claim(): Promise<ClaimedMail[]> {
    return this.queue.claim(LARGEST_CLAIM);
  }

  /** Whether a mail that a worker has at hand is there, and still its own. */
  async isHeld({ number, claim }: ClaimedMail): Promise<boolean> {
    const [row] = await this.claims.find(number);
    return row?.['claim'] === claim;
  }

  /** Leaves a mail that a worker has at hand to any worker, at once. */
  release(mail: ClaimedMail): Promise<void> {
    return this.released.add(mail);
  }

  /** The mail went out; what it said is wiped. */
  markSent(mail: ClaimedMail): Promise<void> {
    return this.sent.add(mail);
  }

  /** Nobody was to get it; nothing of it stays. */
  remove(mail: ClaimedMail): Promise<void> {
    return this.dropped.add(mail);
  }

  /** The attempt failed; it is due again after a pause. */
  async postpone({ number, claim, attempts }: ClaimedMail, seconds: number, lastError: string): Promise<void> {
    const changes = { dueAt: this.clock.after(seconds), claim: null, attempts: attempts + 1, lastError };
    await this.database.transaction((tx) => tx.update(MailMessage, { number, claim: claim ?? '' }, changes));
  }

  /** Nothing more is tried; the row stays visible, what it said is wiped unless it is to be kept. */
  async bury({ number, claim, attempts }: ClaimedMail, lastError: string, keepsPayload: boolean): Promise<void> {
    const wiped = keepsPayload ? {} : { payload: null };
    const changes = { ...wiped, status: 'dead' as const, claim: null, attempts: attempts + 1, lastError };
    await this.database.transaction((tx) => tx.update(MailMessage, { number, claim: claim ?? '' }, changes));
  }

  waiting(): Promise<Waiting> {
    return this.queue.waiting();
  }

  purge(endedBefore: Date): Promise<number> {
    return this.queue.purge(endedBefore);
  }

  private writeSent(mails: readonly ClaimedMail[]): Promise<void> {
    const at = this.clock.now();
    const sent = `UPDATE mail_message SET status = 'sent', due_at = ?, sent_at = ?, payload = NULL, claim = NULL,
      last_error = NULL, attempts = attempts + 1`;
    return this.change(sent, [at, at], mails);
  }

  private writeDropped(mails: readonly ClaimedMail[]): Promise<void> {
    return this.change('DELETE FROM mail_message', [], mails);
  }

  private writeReleased(mails: readonly ClaimedMail[]): Promise<void> {
    return this.change('UPDATE mail_message SET claim = NULL, due_at = ?', [this.clock.now()], mails);
  }

  /** Changes those of the mails that are still the worker's: whose lease has run out is another worker's meanwhile. */
  private async change(sql: string, values: readonly Parameter[], mails: readonly ClaimedMail[]): Promise<void> {
    for (const [claim, numbers] of byClaim(mails)) {
      const { places, listed } = listOf(numbers, listSizeFor(numbers.length));
      const parameters = [...values, claim, ...listed];
      await this.database.changeAlone(`${sql} WHERE claim = ? AND number IN (${places})`, parameters);
    }
  }
}

function batcherOf(write: (mails: readonly ClaimedMail[]) => Promise<void>): Batcher<ClaimedMail> {
  return new Batcher({
    run: async (mails) => {
      await write(mails);
      return mails.map(() => undefined);
    },
    runAlone: (mail) => write([mail]),
    largest: LARGEST_MARK,
  });
}

/** Numbers of mails by the claim that they were taken with. */
function byClaim(mails: readonly ClaimedMail[]): ReadonlyMap<string, number[]> {
  const claims = new Map<string, number[]>();
  for (const { number, claim } of mails) claims.set(claim ?? '', [...(claims.get(claim ?? '') ?? []), number]);
  return claims;
}
