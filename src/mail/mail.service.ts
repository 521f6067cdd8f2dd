import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { SealedBox } from '#lib/sealed-box';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { hourOf, toHourlyCount, type HourlyCount } from '../common/hourly.js';
import { keysetPage, type Keyset, type KeysetPage } from '../common/keyset.js';
import { Replicas } from '../common/replicas.js';
import { Config, masterKeyOf } from '../config/index.js';
import type { Store } from '../store/index.js';
import { MailMessage, type MailKind } from './mail-message.entity.js';
import { LEASE_SECONDS } from './mail.repository.js';
import { MailWorker } from './mail.worker.js';
import { SHAM } from './sham.js';

/** A mail to queue. `to` is the address in the customer's row (SEC-15). */
export interface MailOrder {
  readonly kind: MailKind;
  readonly store: Store;
  readonly customerId: number | null;
  readonly to: string;
  /** What the template shows; sealed until it is sent. */
  readonly data: Readonly<Record<string, string>>;
}

/** A mail to nobody: it is queued, and dropped instead of sent, where an address must cost what a known one does (SEC-72). */
export function decoyMail(store: Store): MailOrder {
  return { kind: 'decoy', store, customerId: null, to: '', data: SHAM };
}

/** The outbox: a mail is queued with the change that causes it, or not at all (SEC-72). */
@Injectable()
export class MailService {
  private readonly box: SealedBox;

  constructor(
    private readonly database: Database,
    private readonly worker: MailWorker,
    private readonly clock: Clock,
    private readonly replicas: Replicas,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'mail');
  }

  /** Leaves no mail to a customer, queued or sent (SEC-80). */
  async removeAll(customerId: number, tx: EntityManager): Promise<void> {
    await tx.delete(MailMessage, { customerId });
  }

  /** Queues a mail; the commit of the transaction wakes the worker. */
  enqueue(order: MailOrder, tx: EntityManager): Promise<void> {
    return this.enqueueAll([order], tx);
  }

  /**
   * Queues mails by one statement, or none if there are none. As many as this instance's worker has room for are its own
   * from the beginning, which saves the three statements that find and take a mail.
   */
  async enqueueAll(orders: readonly MailOrder[], tx: EntityManager): Promise<void> {
    if (orders.length === 0) return;
    const at = this.clock.now();
    const claims = this.worker.claimsFor(orders.length);
    const leaseEndsAt = this.clock.after(LEASE_SECONDS);
    const rows = orders.map((order, place) => ({
      number: newNumber(),
      storeId: order.store.id,
      customerId: order.customerId,
      kind: order.kind,
      recipient: order.to,
      locale: order.store.locale,
      payload: this.box.seal(JSON.stringify(order.data)),
      status: 'queued' as const,
      attempts: 0,
      claim: claims[place] ?? null,
      dueAt: claims[place] ? leaseEndsAt : at,
      createdAt: at,
    }));
    await this.database.insert(tx, MailMessage, rows);
    const queued = rows.map((row, place) => ({ ...row, data: orders[place]?.data ?? {} }));
    const own = queued.filter(({ claim }) => claim !== null);
    this.database.afterCommit(tx, () => {
      this.worker.send(own);
      if (own.length < rows.length) this.worker.wake();
    });
  }

  /** Newest first; to one customer, or to all. What was never meant to be sent is not among them. */
  async list(customerId: number | null, { after, size }: Keyset): Promise<KeysetPage<MailMessage>> {
    const where = {
      kind: Not('decoy' as const),
      ...(customerId === null ? {} : { customerId }),
      ...(after === null ? {} : { id: LessThan(after) }),
    };
    const found = await this.replicas.read((manager) =>
      manager.find(MailMessage, { where, order: { id: 'DESC' }, take: size + 1 }),
    );
    return keysetPage(found, size, ({ id }) => id);
  }

  /**
   * Has a mail that was given up, or that waits, tried again at once. What one said is wiped when it is given up for its
   * recipient's sake; such a mail cannot be sent any more.
   *
   * @returns whether there is such a mail that can still be sent
   */
  async retry(number: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const unsent = {
        number,
        status: In(['queued', 'dead'] as const),
        kind: Not('decoy' as const),
        payload: Not(IsNull()),
      };
      const again = { status: 'queued' as const, dueAt: this.clock.now(), claim: null };
      const { affected } = await tx.update(MailMessage, { ...unsent, claim: IsNull() }, again);
      this.database.afterCommit(tx, () => this.worker.wake());
      return affected === 1;
    });
  }

  /** How many of a kind went out in each hour since a moment; hours without any are left out. */
  async countSentPerHour(kind: MailKind, since: Date): Promise<readonly HourlyCount[]> {
    const rows = await this.replicas.select(
      `SELECT kind AS what, ${hourOf('due_at')} AS hour, COUNT(*) AS times FROM mail_message
       WHERE status = 'sent' AND due_at >= ? AND kind = ? GROUP BY what, hour`,
      [since, kind],
    );
    return rows.map(toHourlyCount);
  }
}
