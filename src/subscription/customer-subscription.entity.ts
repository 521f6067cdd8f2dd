import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { bigintColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { Customer } from '../customer/index.js';

/** Something that a customer has signed up for at a store, by the name that the store's systems have for it. */
@Entity('customer_subscription')
@Index('customer_subscription_reference', ['customerId', 'storeId', 'reference'], { unique: true })
@Index('customer_subscription_store_created_at', ['storeId', 'createdAt', 'number'])
export class CustomerSubscription {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) storeId: number;
  @Column({ type: 'int' }) customerId: number;
  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id', foreignKeyConstraintName: 'customer_subscription_customer_fk' })
  customer: Relation<Customer>;
  @Column(textColumn(255)) reference: string;
  @Column({ ...textColumn(255), nullable: true }) referenceOrigin: string | null;
  @Column({ ...jsonColumn, nullable: true }) metadata: object | null;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
