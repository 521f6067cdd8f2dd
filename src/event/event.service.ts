import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { hourOf, toHourlyCount, type HourlyCount } from '../common/hourly.js';
import type { BoundStatement } from '../common/insert-statement.js';
import { keysetPage, type Keyset, type KeysetPage } from '../common/keyset.js';
import type { Parameter } from '../common/parameter.js';
import { Replicas } from '../common/replicas.js';
import { Config, masterKeyOf } from '../config/index.js';
import { Event, isPublished, type EventType, type PublishedType } from './event.entity.js';
import { countEvent } from './event.metrics.js';
import type { Trail } from './trail.js';

/** An event to record; `data` never holds a secret, nor an address of an unknown account (SEC-85). */
export interface EventRecord {
  readonly type: EventType;
  readonly trail: Trail;
  readonly storeId: number | null;
  readonly customerId: number | null;
  /** The public number of the record that a published event is about; left out: there is none. */
  readonly subject?: number | null;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

type Wake = () => void;

/** Counted within the transaction of the event: never an older count, and as costly for a decoy as for anybody (SEC-39). */
const LISTENERS = `(SELECT COUNT(*) FROM webhook w WHERE w.store_id = ? AND w.event_type = ?)`;

/** The audit trail: a row in the transaction that did it, and a log line after its commit. */
@Injectable()
export class EventService {
  private readonly log = new Logger('audit');

  private readonly pseudonymKey: Buffer;
  private readonly wakes: Wake[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly replicas: Replicas,
    config: Config,
  ) {
    this.pseudonymKey = Buffer.from(hkdfSync('sha256', masterKeyOf(config), Buffer.alloc(0), 'audit', 32));
  }

  /** Stands for an address that may belong to nobody: equal addresses are seen to be equal, and no more (SEC-85). */
  pseudonym(emailKey: string): string {
    return createHmac('sha256', this.pseudonymKey).update(emailKey).digest('hex').slice(0, 16);
  }

  /** Calls back after each commit that may have told somebody's webhook something. */
  onPublished(wake: Wake): void {
    this.wakes.push(wake);
  }

  record(event: EventRecord, tx: EntityManager): Promise<void> {
    return this.recordAll([event], tx);
  }

  /**
   * How many webhooks wait for a store's events of a type: a column for what the same transaction reads before. For who
   * records many events that is cheaper than to have them counted in the row of each.
   */
  listeners(storeId: number | null, type: PublishedType): BoundStatement<Parameter> {
    return { sql: LISTENERS, parameters: [storeId, type] };
  }

  /**
   * Records what happened to several at once, by one statement: events of one type, and of one store if it is published.
   *
   * @param listeners what was read of `listeners` in this transaction; left out: they are counted by the statement
   */
  async recordAll(events: readonly EventRecord[], tx: EntityManager, listeners?: number): Promise<void> {
    const [first] = events;
    if (!first) return;
    const { type } = first;
    const createdAt = this.clock.now();
    const rows = events.map(({ trail, storeId, customerId, subject = null, data = null }) => ({
      ...{ number: newNumber(), type, storeId, customerId },
      subject: isPublished(type) ? subject : null,
      ...trail,
      ...{ data, createdAt, waiting: listeners },
    }));
    const isCounted = isPublished(type) && listeners === undefined;
    await this.database.insert(tx, Event, rows, isCounted ? { waiting: this.listeners(first.storeId, type) } : {});
    this.database.afterCommit(tx, () => {
      for (const { trail, storeId, customerId, data } of events) {
        countEvent(type);
        this.log.log({ event: type, customerId, storeId, ...trail, ...data });
      }
      if (isPublished(type)) for (const wake of this.wakes) wake();
    });
  }

  /** Newest first; of one customer, or of all. */
  async list(customerId: number | null, { after, size }: Keyset): Promise<KeysetPage<Event>> {
    const where = {
      ...(customerId === null ? {} : { customerId }),
      ...(after === null ? {} : { id: LessThan(after) }),
    };
    const found = await this.replicas.read((manager) =>
      manager.find(Event, { where, order: { id: 'DESC' }, take: size + 1 }),
    );
    return keysetPage(found, size, ({ id }) => id);
  }

  /** How often any of these happened since a moment, by store; stores without any are left out. */
  async countPerStore(types: readonly EventType[], since: Date): Promise<ReadonlyMap<number, number>> {
    const marks = types.map(() => '?').join(', ');
    const rows = await this.database.select(
      `SELECT store_id AS store, COUNT(*) AS times FROM event
       WHERE type IN (${marks}) AND created_at > ? AND store_id IS NOT NULL GROUP BY store_id`,
      [...types, since],
    );
    return new Map(rows.map(({ store, times }) => [Number(store), Number(times)]));
  }

  /** How often each of these happened in each hour since a moment; hours without any are left out. */
  async countPerHour(types: readonly string[], since: Date): Promise<readonly HourlyCount[]> {
    const marks = types.map(() => '?').join(', ');
    const rows = await this.replicas.select(
      `SELECT type AS what, ${hourOf('created_at')} AS hour, COUNT(*) AS times FROM event
       WHERE type IN (${marks}) AND created_at >= ? GROUP BY what, hour`,
      [...types, since],
    );
    return rows.map(toHourlyCount);
  }
}
