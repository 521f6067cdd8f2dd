import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { bigintColumn, blobColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { Realm } from './realm.entity.js';
import type { StoreSettings } from './store.settings.js';

/** A brand of a realm: where its links lead, in whose name its mail goes out, which dialects it speaks. */
@Entity('store')
export class Store {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) @Index('store_realm_id') realmId: number;
  @ManyToOne(() => Realm, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'realm_id', foreignKeyConstraintName: 'store_realm_fk' })
  realm: Relation<Realm>;
  @Column({ ...textColumn(64), unique: true }) code: string;
  @Column(textColumn(255)) name: string;
  /** Base of every link in a mail, without a trailing slash; null: the service's own pages (SEC-37). */
  @Column({ ...textColumn(255), nullable: true }) storefrontUrl: string | null;
  @Column(textColumn(16)) locale: string;
  /** Display name and address, as in `Demo Store <hello@demo.example>`. */
  @Column(textColumn(320)) mailFrom: string;
  @Column(jsonColumn) settings: StoreSettings;
  /** See `StoreSeal`. */
  @Column({ ...blobColumn, nullable: true, select: false }) sealedMultipassSecret: Buffer | null;
  @Column({ ...blobColumn, nullable: true, select: false }) sealedUpstreamToken: Buffer | null;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
