import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import type { RealmPolicy } from './realm.policy.js';

/** An identity space: within it an e-mail address belongs to one customer. */
@Entity('realm')
export class Realm {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...textColumn(64), unique: true }) code: string;
  @Column(jsonColumn) policy: RealmPolicy;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
