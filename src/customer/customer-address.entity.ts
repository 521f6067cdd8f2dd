import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { bigintColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { Customer } from './customer.entity.js';

/** A postal address of a customer. */
@Entity('customer_address')
export class CustomerAddress {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) @Index('customer_address_customer_id') customerId: number;
  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'customer_address_customer_fk' })
  customer: Relation<Customer>;
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
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
