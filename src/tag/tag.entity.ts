import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Annotations } from '../common/annotations.js';
import { bigintColumn, textColumn, timeColumn } from '../common/columns.js';
import { Realm } from '../store/index.js';

/** A tag that something of a realm carries or may carry; who carries it keeps its name. */
@Entity('tag')
@Index('tag_realm_name', ['realmId', 'name'], { unique: true })
export class Tag {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) realmId: number;
  @ManyToOne(() => Realm, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'realm_id', foreignKeyConstraintName: 'tag_realm_fk' })
  realm: Relation<Realm>;
  @Column(textColumn(255)) name: string;
  @Column(() => Annotations, { prefix: '' }) annotations: Annotations;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
