import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { bigintColumn, binaryColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { Store } from './store.entity.js';

/** What a configured credential may be used for; the kinds are disjoint (SEC-50). */
export type ApiClientKind =
  | 'keyturn-admin'
  | 'shopify-storefront'
  | 'shopify-storefront-private'
  | 'shopify-admin'
  | 'adobe-integration'
  | 'adobe-admin'
  | 'commerce-layer-integration'
  | 'commerce-layer-sales-channel'
  | 'commerce-layer-backend'
  | 'common-ground-key';

/** Asking for tokens in a customer's name, with the secret alone. */
export type ExtraGrant = 'jwt-bearer';

/** A credential that a machine or an administrator presents. The secret itself is never stored. */
@Entity('api_client')
@Index('api_client_kind_digest', ['kind', 'digest'], { unique: true })
@Index('api_client_store_kind_name', ['storeId', 'kind', 'name'], { unique: true })
export class ApiClient {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  /** Null for credentials of our own admin API, which serve all stores. */
  @Column({ type: 'int', nullable: true }) storeId: number | null;
  @ManyToOne(() => Store, { onDelete: 'RESTRICT', nullable: true })
  @JoinColumn({ name: 'store_id', foreignKeyConstraintName: 'api_client_store_fk' })
  store: Relation<Store> | null;
  @Column(textColumn(48)) kind: ApiClientKind;
  /** Client id, access key, user name or label; for audit and lists. */
  @Column(textColumn(255)) name: string;
  /** Digest of the opaque secret; of the client id where there is no secret. Null for administrators with a password. */
  @Column({ ...binaryColumn(32), nullable: true }) digest: Buffer | null;
  @Column({ ...textColumn(255), nullable: true, select: false }) passwordHash: string | null;
  /** When the password or the secret was replaced: tokens that were issued for the former one are worth nothing. */
  @Column({ ...timeColumn, nullable: true }) passwordSetAt: Date | null;
  /** What the credential is narrowed to; null: everything its kind may do. */
  @Column({ ...jsonColumn, nullable: true }) scopes: readonly string[] | null;
  /** What the operator lets it do beyond its kind; null: nothing. */
  @Column({ ...jsonColumn, nullable: true }) extraGrants: readonly ExtraGrant[] | null;
  @Column(timeColumn) createdAt: Date;
}
