import { Column, Entity, Index } from 'typeorm';
import { binaryColumn, timeColumn } from '../common/columns.js';

/** A Multipass token that was spent; kept for as long as the token itself would be taken (SEC-58). */
@Entity('multipass_use')
export class MultipassUse {
  @Column({ ...binaryColumn(32), primary: true }) digest: Buffer;
  @Column(timeColumn) @Index('multipass_use_expires_at') expiresAt: Date;
}
