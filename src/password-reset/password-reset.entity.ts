import { Column, Entity, Index } from 'typeorm';
import {
  bigIdColumn,
  bigintColumn,
  binaryColumn,
  blobColumn,
  bytesColumn,
  jsonColumn,
  textColumn,
  timeColumn,
} from '../common/columns.js';

/** A request to set a new password; spent at most once. */
@Entity('password_reset')
@Index('password_reset_open', ['customerId', 'revokedAt', 'usedAt', 'expiresAt'])
export class PasswordReset {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  /** Null for a decoy, written where no customer was found so that both cases cost the same (SEC-39). */
  @Column({ type: 'int', nullable: true }) customerId: number | null;
  @Column({ type: 'int' }) storeId: number;
  /** SHA-256 over purpose and secret; the secret itself is never stored (SEC-25). */
  @Column({ ...binaryColumn(32), unique: true, select: false }) digest: Buffer;
  /** What the customer's row must still say when the secret is spent (SEC-26). */
  @Column(bytesColumn(254)) emailKey: Buffer;
  @Column({ type: 'int' }) passwordVersion: number;
  /** A copy of the secret for the machine that asked for it, sealed; wiped as soon as it opens nothing (SEC-33). */
  @Column({ ...blobColumn, nullable: true, select: false }) sealedSecret: Buffer | null;
  /** What the machine that asked keeps with it. */
  @Column({ ...textColumn(255), nullable: true }) reference: string | null;
  @Column({ ...textColumn(255), nullable: true }) referenceOrigin: string | null;
  @Column({ ...jsonColumn, nullable: true }) metadata: object | null;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
  @Column(timeColumn) @Index('password_reset_expires_at') expiresAt: Date;
  @Column({ ...timeColumn, nullable: true }) usedAt: Date | null;
  @Column({ ...timeColumn, nullable: true }) revokedAt: Date | null;
}
