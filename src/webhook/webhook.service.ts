import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import type { Annotations } from '../common/annotations.js';
import { Clock } from '../common/clock.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { findRows } from '../common/numbered-list.js';
import { EventService, type Event, type EventType, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryWorker } from './delivery.worker.js';
import { WEBHOOKS, type WebhookField } from './webhook.columns.js';
import { Webhook } from './webhook.entity.js';
import { WebhookSeal } from './webhook.seal.js';

const SECRET_BYTES = 16;

/** What is said of a webhook; absent members stay as they are. */
export interface WebhookChanges extends Partial<Annotations> {
  readonly name?: string;
  readonly topic?: string;
  readonly eventType?: Webhook['eventType'];
  readonly callbackUrl?: string;
  readonly includes?: readonly string[] | null;
  /** Whether it is told nothing. */
  readonly isDisabled?: boolean;
  /** Whether failures until now are forgiven, and what waited goes out. */
  readonly closesCircuit?: boolean;
  readonly replacesSecret?: boolean;
}

/** What every new webhook needs; `name` is told the public number. */
export interface NewWebhook extends WebhookChanges {
  readonly nameOf: (number: number) => string;
  readonly topic: string;
  readonly eventType: Webhook['eventType'];
  readonly callbackUrl: string;
}

/** A webhook with what signs its calls; null where that was sealed under another SECRET_KEY. */
export interface WebhookRecord {
  readonly webhook: Webhook;
  readonly secret: string | null;
}

/** The receivers that a store's events are told to. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly worker: DeliveryWorker,
    private readonly seal: WebhookSeal,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  async find({ id: storeId }: Store, number: number): Promise<WebhookRecord | null> {
    const [record = null] = await this.findAll({ storeId, number });
    return record;
  }

  /** A store's webhooks by their row ids. */
  findByIds({ id: storeId }: Store, ids: readonly number[]): Promise<WebhookRecord[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.findAll({ storeId, id: In([...new Set(ids)]) });
  }

  /** A store's webhooks that listen to events of these types. */
  findListening({ id: storeId }: Store, types: readonly string[]): Promise<WebhookRecord[]> {
    return types.length === 0 ? Promise.resolve([]) : this.findAll({ storeId, eventType: In([...new Set(types)]) });
  }

  async list(
    { id }: Store,
    criteria: Criteria<WebhookField>,
    page: NumberedPage<WebhookField>,
  ): Promise<Counted<WebhookRecord>> {
    const { rows, total } = await findRows(this.database, WEBHOOKS, { scope: { 'w.store_id': id }, criteria, page });
    return { rows: rows.map((webhook) => this.recordOf(webhook)), total };
  }

  async create({ id: storeId }: Store, given: NewWebhook, trail: Trail): Promise<WebhookRecord> {
    const at = this.clock.now();
    const number = newNumber();
    const { name = given.nameOf(number), topic, eventType, callbackUrl, includes = null, isDisabled = false } = given;
    const { reference = null, referenceOrigin = null, metadata = null } = given;
    const id = await this.database.transaction(async (tx) => {
      const row = tx.create(Webhook, {
        ...{ storeId, number, name, topic, eventType, callbackUrl, includes },
        ...{ sealedSecret: this.newSecret(), disabledAt: isDisabled ? at : null },
        ...{ circuitState: 'closed', circuitFailureCount: 0, createdAt: at, updatedAt: at },
        annotations: { reference, referenceOrigin, metadata },
      });
      await tx.insert(Webhook, row);
      await this.record('webhook_created', row, trail, tx);
      return row.id;
    });
    return this.getById(id);
  }

  async update({ webhook }: WebhookRecord, changes: WebhookChanges, trail: Trail): Promise<WebhookRecord> {
    const { id, disabledAt } = webhook;
    const { isDisabled, closesCircuit, replacesSecret, reference, referenceOrigin, metadata, ...given } = changes;
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await tx.update(
        Webhook,
        { id },
        {
          ...given,
          annotations: { reference, referenceOrigin, metadata },
          ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? (disabledAt ?? at) : null }),
          ...(replacesSecret ? { sealedSecret: this.newSecret() } : {}),
          updatedAt: at,
        },
      );
      if (closesCircuit) await this.close(id, tx);
      await this.record('webhook_changed', webhook, trail, tx);
    });
    return this.getById(id);
  }

  /** What was not delivered yet is not delivered any more. */
  async remove({ webhook }: WebhookRecord, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.delete(Webhook, { id: webhook.id });
      await this.record('webhook_deleted', webhook, trail, tx);
    });
  }

  /** Tells an event once more to the webhooks that listen now. */
  async fireAgain(event: Event): Promise<void> {
    await this.deliveries.fireAgain(event);
    this.worker.wake();
  }

  /** Whoever may change webhooks decides who learns of customers, so the audit trail tells (SEC-85). */
  private record(type: EventType, { storeId, number }: Webhook, trail: Trail, tx: EntityManager): Promise<void> {
    return this.events.record({ type, trail, storeId, customerId: null, data: { webhook: number } }, tx);
  }

  private async close(id: number, tx: EntityManager): Promise<void> {
    await tx.update(Webhook, { id }, { circuitState: 'closed', circuitFailureCount: 0 });
    await this.deliveries.release(tx, id);
    this.database.afterCommit(tx, () => this.worker.wake());
  }

  private async getById(id: number): Promise<WebhookRecord> {
    const [record] = await this.findAll({ id });
    if (!record) throw new Error(`webhook ${id} does not exist`);
    return record;
  }

  private async findAll(where: object): Promise<WebhookRecord[]> {
    const webhooks = await this.database.read((manager) =>
      manager.createQueryBuilder(Webhook, 'w').addSelect('w.sealedSecret').where(where).orderBy('w.id').getMany(),
    );
    return webhooks.map((webhook) => this.recordOf(webhook));
  }

  private recordOf(webhook: Webhook): WebhookRecord {
    return { webhook, secret: this.seal.secretOf(webhook) };
  }

  private newSecret(): Buffer {
    return this.seal.sealSecret(randomBytes(SECRET_BYTES).toString('hex'));
  }
}
