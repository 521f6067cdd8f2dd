import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { newestIds } from '../common/newest.js';
import { findRows } from '../common/numbered-list.js';
import type { Store } from '../store/index.js';
import { CALLBACKS, type CallbackField } from './webhook.columns.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookSeal } from './webhook.seal.js';
import type { Webhook } from './webhook.entity.js';

/** A call that was made. */
export interface CallbackRecord {
  readonly delivery: WebhookDelivery;
  /** What was sent, without secrets; null where it is not kept any more. */
  readonly payload: string | null;
  readonly attemptedAt: Date;
}

/** As many of a webhook as are shown beside it; its whole list has pages. */
const SHOWN_BESIDE = 10;

/** Calls that were made, whatever became of them. */
@Injectable()
export class CallbackService {
  constructor(
    private readonly database: Database,
    private readonly seal: WebhookSeal,
  ) {}

  async find({ id: storeId }: Store, number: number): Promise<CallbackRecord | null> {
    const delivery = await this.database.read((manager) =>
      manager
        .createQueryBuilder(WebhookDelivery, 'd')
        .addSelect('d.sealedPayload')
        .where({ storeId, number, attemptedAt: Not(IsNull()) })
        .getOne(),
    );
    return delivery ? this.recordOf(delivery) : null;
  }

  async list(
    { id }: Store,
    criteria: Criteria<CallbackField>,
    page: NumberedPage<CallbackField>,
  ): Promise<Counted<CallbackRecord>> {
    const { rows, total } = await findRows(this.database, CALLBACKS, { scope: { 'd.store_id': id }, criteria, page });
    return { rows: rows.map((delivery) => this.recordOf(delivery)), total };
  }

  /** The newest calls of webhooks, newest first, in the webhooks' order; two statements. */
  async of(webhooks: readonly Webhook[]): Promise<readonly (readonly CallbackRecord[])[]> {
    const groups = { table: 'webhook_delivery', group: 'webhook_id', time: 'attempted_at' };
    const owners = webhooks.map(({ id }) => id);
    const ids = await newestIds(this.database, groups, owners, SHOWN_BESIDE);
    const rows = await this.database.read((manager) =>
      manager
        .createQueryBuilder(WebhookDelivery, 'd')
        .addSelect('d.sealedPayload')
        .where({ id: In(ids) })
        .orderBy('d.attemptedAt', 'DESC')
        .addOrderBy('d.id', 'DESC')
        .getMany(),
    );
    const ofOwner = (id: number): WebhookDelivery[] => rows.filter(({ webhookId }) => webhookId === id);
    return owners.map((id) => ofOwner(id).map((delivery) => this.recordOf(delivery)));
  }

  private recordOf(delivery: WebhookDelivery): CallbackRecord {
    const { attemptedAt, createdAt } = delivery;
    return { delivery, payload: this.seal.payloadOf(delivery), attemptedAt: attemptedAt ?? createdAt };
  }
}
