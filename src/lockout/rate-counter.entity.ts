import { Column, Entity, Index } from 'typeorm';
import { binaryColumn, timeColumn } from '../common/columns.js';

/** How often something was done within a window of time. */
@Entity('rate_counter')
export class RateCounter {
  /** Digest of the limit's name, the realm and what is counted. */
  @Column({ ...binaryColumn(32), primary: true }) digest: Buffer;
  @Column({ type: 'int' }) uses: number;
  @Column(timeColumn) @Index('rate_counter_expires_at') expiresAt: Date;
}
