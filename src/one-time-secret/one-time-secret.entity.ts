import { Column, Entity, Index } from 'typeorm';
import {
  bigIdColumn,
  bigintColumn,
  binaryColumn,
  bytesColumn,
  jsonColumn,
  textColumn,
  timeColumn,
} from '../common/columns.js';

/** What a mailed secret is good for; one that was made for something else opens nothing (SEC-27). */
export type SecretPurpose = 'activation' | 'confirmation-code' | 'email-change' | 'email-confirmation';

/** A mailed secret, other than a password reset's: in a link, or a code to type. Spent at most once. */
@Entity('one_time_secret')
@Index('one_time_secret_customer_id_purpose', ['customerId', 'purpose'])
export class OneTimeSecret {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column(textColumn(24)) purpose: SecretPurpose;
  /** Null for a decoy, written where no customer was found so that both cases cost the same (SEC-39). */
  @Column({ type: 'int', nullable: true }) customerId: number | null;
  @Column({ type: 'int' }) storeId: number;
  /** SHA-256 over purpose and secret, of a code over its number too; the secret itself is never stored (SEC-25). */
  @Column({ ...binaryColumn(32), unique: true, select: false }) digest: Buffer;
  /** What the customer's row must still say when the secret is spent (SEC-26). */
  @Column(bytesColumn(254)) emailKey: Buffer;
  @Column({ type: 'int' }) passwordVersion: number;
  /** What the purpose keeps with it, such as an address that waits for its confirmation; never a secret. */
  @Column({ ...jsonColumn, nullable: true }) data: Readonly<Record<string, string>> | null;
  /** Of a code: how often somebody tried one. */
  @Column({ type: 'int', default: 0 }) tries: number;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) @Index('one_time_secret_expires_at') expiresAt: Date;
  @Column({ ...timeColumn, nullable: true }) usedAt: Date | null;
  @Column({ ...timeColumn, nullable: true }) revokedAt: Date | null;
}
