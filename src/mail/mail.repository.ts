import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { MailMessage } from './mail-message.entity.js';

const LEASE_SECONDS = 120;
const KEPT: readonly MailMessage['status'][] = ['sent', 'dead'];

/** The outbox table. */
@Injectable()
export class MailRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes mails that are due, for a lease: one conditional UPDATE, so that of all workers of all instances one gets
   * each. A worker that dies lets the lease run out, and another takes the mail.
   */
  async claim(limit: number): Promise<MailMessage[]> {
    const at = this.clock.now();
    const due = await this.database.read((manager) =>
      manager.find(MailMessage, {
        where: { status: 'queued', dueAt: LessThanOrEqual(at) },
        select: { id: true },
        order: { dueAt: 'ASC' },
        take: limit,
      }),
    );
    if (due.length === 0) return [];
    const claim = randomUUID();
    const ids = In(due.map(({ id }) => id));
    await this.database.transaction((tx) =>
      tx.update(
        MailMessage,
        { id: ids, status: 'queued', dueAt: LessThanOrEqual(at) },
        { claim, dueAt: this.clock.after(LEASE_SECONDS) },
      ),
    );
    return this.database.read((manager) =>
      manager.createQueryBuilder(MailMessage, 'm').addSelect('m.payload').where({ claim }).orderBy('m.id').getMany(),
    );
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

  async purge(endedBefore: Date): Promise<number> {
    const old = await this.database.read((manager) =>
      manager.find(MailMessage, {
        where: { status: In(KEPT), dueAt: LessThanOrEqual(endedBefore) },
        select: { id: true },
        take: 1000,
      }),
    );
    if (old.length > 0) {
      await this.database.transaction((tx) =>
        tx.delete(
          MailMessage,
          old.map(({ id }) => id),
        ),
      );
    }
    return old.length;
  }
}
