import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { bigIdColumn, bigintColumn, blobColumn, textColumn, timeColumn } from '../common/columns.js';
import { Webhook } from './webhook.entity.js';

/**
 * `held`: waits until the circuit is closed. `failed`: the call did not succeed, and another row is its repetition unless
 * it was the last. `dropped`: never called, because the webhook was disabled meanwhile.
 */
export type DeliveryStatus = 'queued' | 'held' | 'sent' | 'failed' | 'dropped';

/** One call of a webhook about one event: waiting, or with what became of it. A repetition is a row of its own. */
@Entity('webhook_delivery')
@Index('webhook_delivery_status_due_at', ['status', 'dueAt'])
@Index('webhook_delivery_webhook_status', ['webhookId', 'status'])
@Index('webhook_delivery_store_attempted_at', ['storeId', 'attemptedAt', 'number'])
export class WebhookDelivery {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) storeId: number;
  @Column({ type: 'int' }) webhookId: number;
  @ManyToOne(() => Webhook, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'webhook_id', foreignKeyConstraintName: 'webhook_delivery_webhook_fk' })
  webhook: Relation<Webhook>;
  @Column(bigintColumn) @Index('webhook_delivery_event_id') eventId: number;
  /** Whom the payload is about. */
  @Column({ type: 'int', nullable: true }) @Index('webhook_delivery_customer_id') customerId: number | null;
  /** How many calls were made before, for this event. */
  @Column({ type: 'int' }) attempt: number;
  @Column(textColumn(16)) status: DeliveryStatus;
  /** When a worker may take it: now, after a back-off, or after the lease of a worker that died; once ended, then. */
  @Column(timeColumn) dueAt: Date;
  @Column({ ...textColumn(36), nullable: true }) claim: string | null;
  /** Null until it was tried, as all that follows. */
  @Column({ ...timeColumn, nullable: true }) attemptedAt: Date | null;
  @Column({ ...textColumn(1024), nullable: true }) callbackUrl: string | null;
  /** The status of the answer; null: there was none. */
  @Column({ ...textColumn(8), nullable: true }) responseCode: string | null;
  @Column({ ...textColumn(255), nullable: true }) responseMessage: string | null;
  /** What was sent, without secrets, sealed; null where it was too much to keep, or is about somebody who is forgotten. */
  @Column({ ...blobColumn, nullable: true, select: false }) sealedPayload: Buffer | null;
  @Column(timeColumn) createdAt: Date;
}
