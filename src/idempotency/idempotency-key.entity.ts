import { Column, Entity, Index } from 'typeorm';
import { bigIdColumn, binaryColumn, blobColumn, timeColumn } from '../common/columns.js';

/** A request that its caller may send again without its being done again. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @Column(bigIdColumn) readonly id: number;
  /** Over the credential and the caller's key: no caller meets another one's keys. */
  @Column({ ...binaryColumn(32), unique: true }) digest: Buffer;
  /** Over what was asked. */
  @Column(binaryColumn(32)) requestDigest: Buffer;
  /** What was answered, sealed: it holds personal data, or a link; null while the request runs. */
  @Column({ ...blobColumn, nullable: true }) sealedAnswer: Buffer | null;
  /** Until when nobody else may take the request for lost. */
  @Column(timeColumn) leaseEndsAt: Date;
  @Column(timeColumn) @Index('idempotency_key_expires_at') expiresAt: Date;
}
