import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { GroupCommit } from '../common/group-commit.js';
import { listOf, WorkQueue, type Waiting } from '../common/work-queue.js';
import { MailMessage } from './mail-message.entity.js';

const LEASE_SECONDS = 120;
const LARGEST_CLAIM = 20;

/** The outbox table. */
@Injectable()
export class MailRepository {
  private readonly queue: WorkQueue<MailMessage>;
  private readonly sent = groupOf((mails) => this.writeSent(mails));
  private readonly dropped = groupOf((mails) => this.writeDropped(mails));

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.queue = new WorkQueue(database, clock, {
      ...{ entity: MailMessage, name: 'mail_message', hidden: ['payload'] },
      lease: LEASE_SECONDS,
    });
  }

  /** Takes as many mails that are due as one worker sends at the same time. */
  claim(): Promise<MailMessage[]> {
    return this.queue.claim(LARGEST_CLAIM);
  }

  /** The mail went out; what it said is wiped. */
  markSent(mail: MailMessage): Promise<void> {
    return this.sent.add(mail);
  }

  /** Nobody was to get it; nothing of it stays. */
  remove(mail: MailMessage): Promise<void> {
    return this.dropped.add(mail);
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

  waiting(): Promise<Waiting> {
    return this.queue.waiting();
  }

  purge(endedBefore: Date): Promise<number> {
    return this.queue.purge(endedBefore);
  }

  private async writeSent(mails: readonly MailMessage[]): Promise<void> {
    for (const [claim, ids] of byClaim(mails)) {
      const { places, values } = listOf(ids, LARGEST_CLAIM);
      await this.database.changeAlone(
        `UPDATE mail_message SET status = 'sent', sent_at = ?, payload = NULL, claim = NULL, last_error = NULL,
           attempts = attempts + 1 WHERE claim = ? AND id IN (${places})`,
        [this.clock.now(), claim, ...values],
      );
    }
  }

  private async writeDropped(mails: readonly MailMessage[]): Promise<void> {
    for (const [claim, ids] of byClaim(mails)) {
      const { places, values } = listOf(ids, LARGEST_CLAIM);
      await this.database.changeAlone(`DELETE FROM mail_message WHERE claim = ? AND id IN (${places})`, [
        claim,
        ...values,
      ]);
    }
  }
}

function groupOf(write: (mails: readonly MailMessage[]) => Promise<void>): GroupCommit<MailMessage> {
  return new GroupCommit({
    write: async (mails) => {
      await write(mails);
      return mails.map(() => undefined);
    },
    writeAlone: (mail) => write([mail]),
    largest: LARGEST_CLAIM,
  });
}

/** Ids of mails by the claim that they were taken with: whose lease has run out is another worker's meanwhile. */
function byClaim(mails: readonly MailMessage[]): ReadonlyMap<string, number[]> {
  const claims = new Map<string, number[]>();
  for (const { id, claim } of mails) claims.set(claim ?? '', [...(claims.get(claim ?? '') ?? []), id]);
  return claims;
}
