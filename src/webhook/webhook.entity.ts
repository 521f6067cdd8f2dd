import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Annotations } from '../common/annotations.js';
import { bigintColumn, blobColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import type { PublishedType } from '../event/index.js';
import { Store } from '../store/index.js';

/** `open`: the receiver has failed too often in a row, and is not called until somebody closes the circuit. */
export type CircuitState = 'closed' | 'open';

/** A receiver that a store's events of one type are told to. */
@Entity('webhook')
@Index('webhook_store_event_type', ['storeId', 'eventType'])
export class Webhook {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) storeId: number;
  @ManyToOne(() => Store, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'store_id', foreignKeyConstraintName: 'webhook_store_fk' })
  store: Relation<Store>;
  @Column(textColumn(255)) name: string;
  /** What the surface that made it calls the events. */
  @Column(textColumn(64)) topic: string;
  /** The same in the core's word; null: a topic of which nothing happens here. */
  @Column({ ...textColumn(48), nullable: true }) eventType: PublishedType | null;
  @Column(textColumn(1024)) callbackUrl: string;
  /** Which related records are told along, as paths. */
  @Column({ ...jsonColumn, nullable: true }) includes: readonly string[] | null;
  /** What its calls are signed with, sealed (SEC-84). */
  @Column({ ...blobColumn, select: false }) sealedSecret: Buffer;
  @Column({ ...timeColumn, nullable: true }) disabledAt: Date | null;
  @Column(textColumn(8)) circuitState: CircuitState;
  /** Failures since the last success. */
  @Column({ type: 'int' }) circuitFailureCount: number;
  @Column(() => Annotations, { prefix: '' }) annotations: Annotations;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
