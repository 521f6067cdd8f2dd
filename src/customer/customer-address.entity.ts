import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Annotations } from '../common/annotations.js';
import { bigintColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { Customer } from './customer.entity.js';

/** What vendors keep with an address, one namespace for each dialect. */
export interface AddressAttributes {
  readonly commonGround?: {
    readonly description?: string | null;
    readonly type?: string | null;
    /** Stands at the end of the first line as well, where every dialect sees it. */
    readonly streetNumber?: string | null;
    /** As typed, for an address without a country's code. */
    readonly country?: string | null;
    readonly geoLoc?: { readonly type: string | null; readonly coordinates: readonly number[] | null } | null;
  };
  readonly commerceLayer?: {
    readonly business?: boolean;
    readonly email?: string | null;
    readonly notes?: string | null;
    readonly billingInfo?: string | null;
    readonly lat?: number | null;
    readonly lng?: number | null;
  };
}

/** What is kept with an address' place in a customer's book. */
export interface AddressEntry {
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly metadata: object | null;
  /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A postal address of a customer, or of nobody yet. */
@Entity('customer_address')
@Index('customer_address_realm_created_at', ['realmId', 'createdAt', 'number'])
@Index('customer_address_realm_reference', ['realmId', 'annotations.reference'])
export class CustomerAddress {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) realmId: number;
  /** Null for an address that nobody has taken into a book. */
  @Column({ type: 'int', nullable: true }) @Index('customer_address_customer_id') customerId: number | null;
  @ManyToOne(() => Customer, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'customer_address_customer_fk' })
  customer: Relation<Customer> | null;
  /** The public number of its place in the customer's book. */
  @Column({ ...bigintColumn, nullable: true })
  @Index('customer_address_entry_number', { unique: true })
  entryNumber: number | null;
  @Column({ ...jsonColumn, nullable: true }) entry: AddressEntry | null;
  @Column({ ...textColumn(255), nullable: true }) firstName: string | null;
  @Column({ ...textColumn(255), nullable: true }) middleName: string | null;
  @Column({ ...textColumn(255), nullable: true }) lastName: string | null;
  @Column({ ...textColumn(40), nullable: true }) namePrefix: string | null;
  @Column({ ...textColumn(40), nullable: true }) nameSuffix: string | null;
  @Column({ ...textColumn(255), nullable: true }) company: string | null;
  /** Street and number, in the order of the label. */
  @Column(jsonColumn) lines: readonly string[];
  @Column({ ...textColumn(255), nullable: true }) city: string | null;
  @Column({ ...textColumn(255), nullable: true }) region: string | null;
  /** Code of the state or province within its country, such as `TX`. */
  @Column({ ...textColumn(10), nullable: true }) regionCode: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  @Column({ ...textColumn(2), nullable: true }) countryCode: string | null;
  @Column({ ...textColumn(255), nullable: true }) postcode: string | null;
  /** As typed. */
  @Column({ ...textColumn(255), nullable: true }) phone: string | null;
  @Column({ ...textColumn(64), nullable: true }) fax: string | null;
  @Column({ ...textColumn(64), nullable: true }) vatNumber: string | null;
  @Column(jsonColumn) tags: readonly string[];
  @Column(jsonColumn) attributes: AddressAttributes;
  @Column(() => Annotations, { prefix: '' }) annotations: Annotations;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
