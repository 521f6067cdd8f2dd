import { Column, Entity, Index } from 'typeorm';
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
  | 'customer_unlocked'
  | 'customer_updated'
  | 'email_change_requested'
  | 'email_change_suppressed'
  | 'email_changed'
  | 'email_confirmation_failed'
  | 'email_confirmation_requested'
  | 'email_confirmation_suppressed'
  | 'email_confirmed'
  | 'login_by_staff'
  | 'login_ok'
  | 'login_failed'
  | 'login_locked'
  | 'multipass_failed'
  | 'multipass_ok'
  | 'password_changed'
  | 'registration_refused'
  | 'reset_deleted'
  | 'reset_requested'
  | 'reset_suppressed'
  | 'reset_completed'
  | 'reset_failed'
  | 'staff_login_failed'
  | 'staff_login_ok'
  | 'token_revoked';

/** One line of the audit trail; never changed, never with a secret. */
@Entity('event')
@Index('event_type_created_at', ['type', 'createdAt'])
export class Event {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column(textColumn(48)) type: EventType;
  @Column({ type: 'int', nullable: true }) storeId: number | null;
  @Column({ type: 'int', nullable: true }) @Index('event_customer_id') customerId: number | null;
  /** The API or page it came through, such as `adobe` or `pages`. */
  @Column(textColumn(24)) origin: string;
  /** Client network, as in SEC-7. */
  @Column({ ...textColumn(64), nullable: true }) network: string | null;
  @Column({ ...textColumn(64), nullable: true }) requestId: string | null;
  @Column({ ...jsonColumn, nullable: true }) data: Readonly<Record<string, string | number | boolean>> | null;
  @Column(timeColumn) @Index('event_created_at') createdAt: Date;
}
