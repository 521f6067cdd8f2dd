import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { SealedBox } from '#lib/sealed-box';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { Config, masterKeyOf } from '../config/index.js';
import type { Store } from '../store/index.js';
import { MailMessage, type MailKind } from './mail-message.entity.js';
import { MailWorker } from './mail.worker.js';

/** A mail to queue. `to` is the address in the customer's row (SEC-15). */
export interface MailOrder {
  readonly kind: MailKind;
  readonly store: Store;
  readonly customerId: number | null;
  readonly to: string;
  /** What the template shows; sealed until it is sent. */
  readonly data: Readonly<Record<string, string>>;
}

/** The outbox: a mail is queued with the change that causes it, or not at all (SEC-72). */
@Injectable()
export class MailService {
  private readonly box: SealedBox;

  constructor(
    private readonly database: Database,
    private readonly worker: MailWorker,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'mail');
  }

  /** Leaves no mail to a customer, queued or sent (SEC-80). */
  async removeAll(customerId: number, tx: EntityManager): Promise<void> {
    await tx.delete(MailMessage, { customerId });
  }

  /** Queues a mail; the commit of the transaction wakes the worker. */
  async enqueue(order: MailOrder, tx: EntityManager): Promise<void> {
    const at = this.clock.now();
    const row = {
      number: newNumber(),
      storeId: order.store.id,
      customerId: order.customerId,
      kind: order.kind,
      recipient: order.to,
      locale: order.store.locale,
      payload: this.box.seal(JSON.stringify(order.data)),
      status: 'queued' as const,
      attempts: 0,
      dueAt: at,
      createdAt: at,
    };
    await tx.createQueryBuilder().insert().into(MailMessage).values(row).updateEntity(false).execute();
    this.database.afterCommit(tx, () => this.worker.wake());
  }
}
