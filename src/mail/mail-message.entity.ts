import { Column, Entity, Index } from 'typeorm';
import { bigIdColumn, bigintColumn, blobColumn, textColumn, timeColumn } from '../common/columns.js';

/** `decoy`: written where no customer was found, dropped unsent (SEC-72). */
export type MailKind =
  | 'account-exists'
  | 'decoy'
  | 'email-and-password-changed'
  | 'email-change'
  | 'email-change-requested'
  | 'email-changed'
  | 'email-confirmation'
  | 'email-confirmation-code'
  | 'email-confirmed'
  | 'invitation'
  | 'password-changed'
  | 'password-reset'
  | 'webhook-failing'
  | 'welcome'
  | 'welcome-no-password';

export type MailStatus = 'queued' | 'sent' | 'dead';

/** A mail in the outbox: written in the transaction that has a reason to send it, sent by a worker. */
@Entity('mail_message')
@Index('mail_message_status_due_at_kind', ['status', 'dueAt', 'kind'])
export class MailMessage {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) storeId: number;
  @Column({ type: 'int', nullable: true }) @Index('mail_message_customer_id') customerId: number | null;
  @Column(textColumn(32)) kind: MailKind;
  /** The address in the customer's row or the store's own, never one from a request (SEC-15). */
  @Column(textColumn(254)) recipient: string;
  @Column(textColumn(16)) locale: string;
  /** What the template needs, sealed; wiped as soon as it is not needed any more (SEC-72). */
  @Column({ ...blobColumn, nullable: true, select: false }) payload: Buffer | null;
  @Column(textColumn(16)) status: MailStatus;
  @Column({ type: 'int' }) attempts: number;
  /** When a worker may take it: now, after a back-off, or after the lease of a worker that died. Once it is sent, when that was. */
  @Column(timeColumn) dueAt: Date;
  /** The worker's claim; a claim is over when the mail is due again. */
  @Column({ ...textColumn(36), nullable: true }) claim: string | null;
  @Column({ ...textColumn(500), nullable: true }) lastError: string | null;
  @Column(timeColumn) createdAt: Date;
  @Column({ ...timeColumn, nullable: true }) sentAt: Date | null;
}
