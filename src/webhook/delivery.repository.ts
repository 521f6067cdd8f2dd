import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { WorkQueue, type Waiting } from '../common/work-queue.js';
import { Event } from '../event/index.js';
import { FAILURES_UNTIL_OPEN } from './delivery.policy.js';
import { WebhookDelivery, type DeliveryStatus } from './webhook-delivery.entity.js';
import { Webhook } from './webhook.entity.js';

/** What became of a call. */
export interface Outcome {
  readonly callbackUrl: string;
  readonly responseCode: string | null;
  readonly responseMessage: string;
}

/** What goes with a failure, in its transaction; it is told how many there were in a row. */
export type Told = (failures: number, tx: EntityManager) => Promise<void>;

/** A call that is to be made, with all that it is about. */
export interface DueCall {
  readonly webhook: Webhook;
  readonly event: Event;
}

/** As many calls of one webhook as an instance makes at the same time, so that a slow receiver does not stop the others. */
const CALLS_AT_ONCE = 5;

/** A call has five seconds, and so has its writing. */
const LEASE_SECONDS = 30;

/** Deliveries as the worker sees them. */
@Injectable()
export class DeliveryRepository {
  private readonly queue: WorkQueue<WebhookDelivery>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.queue = new WorkQueue(database, clock, {
      ...{ entity: WebhookDelivery, name: 'webhook_delivery', hidden: [], lease: LEASE_SECONDS },
      lane: { column: 'webhook_id', rows: CALLS_AT_ONCE },
    });
  }

  /** @param busy how many calls of each webhook the worker is making */
  claim(limit: number, busy: ReadonlyMap<number, number>): Promise<WebhookDelivery[]> {
    return this.queue.claim(limit, busy);
  }

  waiting(): Promise<Waiting> {
    return this.queue.waiting();
  }

  purge(endedBefore: Date): Promise<number> {
    return this.queue.purge(endedBefore);
  }

  /**
   * Makes a delivery of each event that webhooks wait for; says how many events there were. Of all instances one does it:
   * taking the event and making its deliveries are one transaction.
   */
  async dispatch(limit: number): Promise<number> {
    // `+id`, or SQLite would go through the whole table in the order of ids to find the few that wait
    const waiting = await this.database.select(
      `SELECT id FROM event WHERE waiting > 0 ORDER BY +id LIMIT ${limit}`,
      [],
    );
    if (waiting.length === 0) return 0;
    await this.database.transaction(async (tx) => {
      for (const { id } of waiting) await this.dispatchOne(tx, Number(id));
    });
    return waiting.length;
  }

  async find({ webhookId, eventId }: WebhookDelivery): Promise<DueCall | null> {
    return this.database.read(async (manager) => {
      const webhook = await manager
        .createQueryBuilder(Webhook, 'w')
        .addSelect('w.sealedSecret')
        .where({ id: webhookId })
        .getOne();
      const event = await manager.findOneBy(Event, { id: eventId });
      return webhook && event ? { webhook, event } : null;
    });
  }

  /** Keeps what is about to be sent, before it is, so that whoever is forgotten meanwhile is forgotten here, too. */
  async keep({ id, claim }: WebhookDelivery, sealedPayload: Buffer | null): Promise<void> {
    await this.database.transaction((tx) => tx.update(WebhookDelivery, { id, claim: claim ?? '' }, { sealedPayload }));
  }

  /** Has an event told once more to whoever listens now. */
  async fireAgain({ id }: Event): Promise<void> {
    await this.database.transaction((tx) => tx.update(Event, { id }, { waiting: 1 }));
  }

  /** The circuit closes with a success, whoever had opened it. */
  async succeed(delivery: WebhookDelivery, outcome: Outcome): Promise<void> {
    const { webhookId: id } = delivery;
    await this.database.transaction(async (tx) => {
      if (!(await this.end(tx, delivery, 'sent', outcome))) return;
      const sql = `UPDATE webhook SET circuit_failure_count = 0, circuit_state = 'closed' WHERE id = ? AND circuit_failure_count > 0`;
      if ((await this.database.change(tx, sql, [id])) > 0) await this.release(tx, id);
    });
  }

  /**
   * Counts the failure and, unless `pause` is null, queues the repetition; the failures since the last success are the
   * answer, or null where another worker has taken the delivery meanwhile.
   */
  async fail(delivery: WebhookDelivery, outcome: Outcome, pause: number | null, told: Told): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      if (!(await this.end(tx, delivery, 'failed', outcome))) return null;
      const { storeId, webhookId, eventId, customerId, attempt } = delivery;
      if (pause !== null) {
        const next = { storeId, webhookId, eventId, customerId, attempt: attempt + 1 };
        await this.insert(tx, next, this.clock.after(pause));
      }
      await this.database.change(
        tx, // the state first: MySQL counts with what an assignment before has left
        `UPDATE webhook SET circuit_state = CASE WHEN circuit_failure_count + 1 >= ? THEN 'open' ELSE circuit_state END,
           circuit_failure_count = circuit_failure_count + 1 WHERE id = ?`,
        [FAILURES_UNTIL_OPEN, webhookId],
      );
      const webhook = await tx.findOneBy(Webhook, { id: webhookId });
      if (!webhook) return null;
      await told(webhook.circuitFailureCount, tx);
      return webhook.circuitFailureCount;
    });
  }

  /** Makes no call of it: it waits until the circuit is closed, or for nothing any more. */
  async put({ id, claim }: WebhookDelivery, status: 'held' | 'dropped'): Promise<void> {
    await this.database.transaction((tx) =>
      tx.update(WebhookDelivery, { id, claim: claim ?? '' }, { status, claim: null, dueAt: this.clock.now() }),
    );
  }

  /** What waited for the circuit goes out. */
  async release(tx: EntityManager, webhookId: number): Promise<void> {
    await tx.update(WebhookDelivery, { webhookId, status: 'held' }, { status: 'queued', dueAt: this.clock.now() });
  }

  /** Forgets what was told of a person (SEC-80). */
  async forget(tx: EntityManager, customerId: number): Promise<void> {
    await tx.update(WebhookDelivery, { customerId }, { sealedPayload: null });
  }

  private async dispatchOne(tx: EntityManager, id: number): Promise<void> {
    const taken = await this.database.change(tx, 'UPDATE event SET waiting = NULL WHERE id = ? AND waiting > 0', [id]);
    if (taken === 0) return;
    const { storeId, customerId, type, subject } = await tx.findOneByOrFail(Event, { id });
    if (storeId === null || subject === null) return;
    const webhooks = await tx
      .createQueryBuilder(Webhook, 'w')
      .where({ storeId, disabledAt: IsNull() })
      .andWhere('w.eventType = :type', { type })
      .getMany();
    for (const { id: webhookId } of webhooks) {
      await this.insert(tx, { storeId, webhookId, eventId: id, customerId, attempt: 0 }, this.clock.now());
    }
  }

  private async insert(
    tx: EntityManager,
    about: Pick<WebhookDelivery, 'storeId' | 'webhookId' | 'eventId' | 'customerId' | 'attempt'>,
    dueAt: Date,
  ): Promise<void> {
    const row = { ...about, status: 'queued' as const, dueAt };
    await tx.insert(WebhookDelivery, { ...row, number: newNumber(), createdAt: this.clock.now() });
  }

  private async end(
    tx: EntityManager,
    { id, claim }: WebhookDelivery,
    status: DeliveryStatus,
    outcome: Outcome,
  ): Promise<boolean> {
    const at = this.clock.now();
    const ended = { ...outcome, status, claim: null, attemptedAt: at, dueAt: at };
    const { affected } = await tx.update(WebhookDelivery, { id, claim: claim ?? '' }, ended);
    return affected === 1;
  }
}
