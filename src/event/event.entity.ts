import { Column, Entity, Index } from 'typeorm';
import { Annotations } from '../common/annotations.js';
import { bigIdColumn, bigintColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';

/** What happened (SEC-85). */
export type EventType =
  | 'admin_call'
  | 'activation_failed'
  | 'activation_link_made'
  | 'activation_requested'
  | 'activation_suppressed'
  | 'customer_activated'
  | 'address_changed'
  | 'address_created'
  | 'address_deleted'
  | 'address_tagged'
  | 'anonymization_cancelled'
  | 'anonymization_completed'
  | 'anonymization_failed'
  | 'anonymization_requested'
  | 'anonymization_started'
  | 'customer_created'
  | 'customer_deleted'
  | 'customer_disabled'
  | 'customer_enabled'
  | 'customer_invited'
  | 'customer_tagged'
  | 'customer_unlocked'
  | 'customer_updated'
  | 'customer_metadata_changed'
  | 'email_change_requested'
  | 'email_change_suppressed'
  | 'email_changed'
  | 'email_confirmation_failed'
  | 'email_confirmation_requested'
  | 'email_confirmation_suppressed'
  | 'email_confirmed'
  | 'login_by_staff'
  | 'login_delegated'
  | 'login_delegation_refused'
  | 'login_ok'
  | 'login_failed'
  | 'login_locked'
  | 'multipass_failed'
  | 'multipass_ok'
  | 'password_changed'
  | 'password_created'
  | 'registration_refused'
  | 'reset_alarm'
  | 'reset_deleted'
  | 'reset_requested'
  | 'reset_suppressed'
  | 'reset_completed'
  | 'reset_failed'
  | 'staff_login_failed'
  | 'staff_login_ok'
  | 'subscription_created'
  | 'subscription_deleted'
  | 'token_revoked'
  | 'webhook_changed'
  | 'webhook_created'
  | 'webhook_deleted';

/**
 * What machines may wait for, and see as events of a record. For all others of a type (a decoy's `reset_requested`, an
 * address that is in nobody's book) there is no record, so that its subject is null.
 */
const PUBLISHED = [
  'address_created',
  'address_deleted',
  'address_tagged',
  'anonymization_cancelled',
  'anonymization_completed',
  'anonymization_failed',
  'anonymization_started',
  'customer_created',
  'customer_deleted',
  'customer_metadata_changed',
  'customer_tagged',
  'password_created',
  'reset_completed',
  'reset_deleted',
  'reset_requested',
  'subscription_created',
  'subscription_deleted',
] as const satisfies readonly EventType[];

export type PublishedType = (typeof PUBLISHED)[number];

const published: ReadonlySet<EventType> = new Set(PUBLISHED);

export function isPublished(type: EventType): type is PublishedType {
  return published.has(type);
}

/** One line of the audit trail; what it says never changes, and is never a secret. */
@Entity('event')
@Index('event_type_created_at', ['type', 'createdAt'])
export class Event {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column(textColumn(48)) type: EventType;
  @Column({ type: 'int', nullable: true }) storeId: number | null;
  @Column({ type: 'int', nullable: true }) @Index('event_customer_id') customerId: number | null;
  /** The public number of the record that a published event is about. */
  @Column({ ...bigintColumn, nullable: true }) @Index('event_subject') subject: number | null;
  /** The API or page it came through, such as `adobe` or `pages`. */
  @Column(textColumn(24)) origin: string;
  /** Client network, as in SEC-7. */
  @Column({ ...textColumn(64), nullable: true }) network: string | null;
  @Column({ ...textColumn(64), nullable: true }) requestId: string | null;
  @Column({ ...jsonColumn, nullable: true }) data: Readonly<Record<string, string | number | boolean>> | null;
  /** How many webhooks wait to be told; null: none. */
  @Column({ type: 'int', nullable: true }) @Index('event_waiting') waiting: number | null;
  /** What a machine keeps with it. */
  @Column(() => Annotations, { prefix: '' }) annotations: Annotations;
  @Column(timeColumn) @Index('event_created_at') createdAt: Date;
  /** When a machine last changed its notes; null: never. */
  @Column({ ...timeColumn, nullable: true }) updatedAt: Date | null;
}
