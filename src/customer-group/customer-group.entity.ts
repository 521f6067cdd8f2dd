import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Annotations } from '../common/annotations.js';
import { bigintColumn, textColumn, timeColumn } from '../common/columns.js';
import { Realm } from '../store/index.js';

/** A group that a realm's customers may belong to, one at most each. */
@Entity('customer_group')
@Index('customer_group_realm_code', ['realmId', 'code'], { unique: true })
export class CustomerGroup {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) realmId: number;
  @ManyToOne(() => Realm, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'realm_id', foreignKeyConstraintName: 'customer_group_realm_fk' })
  realm: Relation<Realm>;
  @Column(textColumn(255)) name: string;
  @Column({ ...textColumn(255), nullable: true }) code: string | null;
  @Column(() => Annotations, { prefix: '' }) annotations: Annotations;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
