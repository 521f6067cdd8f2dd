import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { bigintColumn, bytesColumn, foldedColumn, jsonColumn, textColumn, timeColumn } from '../common/columns.js';
import { SignInState } from '../lockout/index.js';
import { Realm } from '../store/index.js';

/** `disabled`, `invited` and `declined` have no account to sign in to yet; `enabled` has, or is a guest without password. */
export type CustomerState = 'enabled' | 'disabled' | 'invited' | 'declined';

export type AnonymizationStatus = 'requested' | 'started' | 'completed' | 'failed' | 'cancelled';

/** A request to forget a person; times are ISO 8601. */
export interface Anonymization {
  /** The credential that asked. */
  readonly requester: string;
  readonly requestedAt: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly failedAt?: string;
  readonly cancelledAt?: string;
}

/** A list that a customer is on; the list itself is another system's. Times are milliseconds since the epoch. */
export interface ListMembership {
  readonly number: number;
  readonly ref: string;
  readonly added: number;
  readonly lastModified: number;
}

/** What the vendors keep beside the core's columns, one namespace for each dialect. */
export interface CustomerAttributes {
  readonly adobe?: {
    readonly allowRemoteShoppingAssistance?: boolean;
    readonly custom?: Readonly<Record<string, string>>;
  };
  readonly commonGround?: {
    /** Of staff, for staff. */
    readonly notes?: string | null;
    readonly organisation?: string | null;
    readonly lists?: readonly ListMembership[];
    readonly preferences?: object;
  };
  readonly commerceLayer?: {
    readonly shopperReference?: string | null;
    readonly profileId?: string | null;
    readonly taxExemptionCode?: string | null;
    readonly metadata?: object;
  };
  readonly shopify?: {
    readonly note?: string | null;
    readonly taxExempt?: boolean;
    readonly locale?: string;
    /** How and when the customer agreed to mails, as it was told; whether, is the core's `acceptsMarketing`. */
    readonly consent?: { readonly state: string; readonly level: string; readonly at: string };
  };
}

/** A person known to a realm: table and domain object in one. */
@Entity('customer')
@Index('customer_realm_email_key', ['realmId', 'emailKey'], { unique: true })
@Index('customer_realm_multipass', ['realmId', 'multipassIdentifier'], { unique: true })
@Index('customer_realm_number', ['realmId', 'number'])
@Index('customer_realm_created_at', ['realmId', 'createdAt', 'number'])
@Index('customer_realm_updated_at', ['realmId', 'updatedAt', 'number'])
@Index('customer_realm_id', ['realmId', 'id'])
@Index('customer_realm_last_name', ['realmId', 'lastName', 'number'])
@Index('customer_realm_reference', ['realmId', 'reference'])
@Index('customer_realm_phone_key', ['realmId', 'phoneKey'], { unique: true })
export class Customer {
  @PrimaryGeneratedColumn() readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ type: 'int' }) realmId: number;
  @ManyToOne(() => Realm, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'realm_id', foreignKeyConstraintName: 'customer_realm_fk' })
  realm: Relation<Realm>;
  /** The store that the account was made in; its mails speak for it. */
  @Column({ type: 'int' }) storeId: number;
  /** As typed; shown and mailed to. */
  @Column(textColumn(254)) email: string;
  /** The identity: normalised, compared byte by byte (SEC-12, SEC-13). */
  @Column(bytesColumn(254)) @Index('customer_email_key') emailKey: Buffer;
  @Column({ type: 'boolean' }) emailConfirmed: boolean;
  /** PHC string; null for a customer without a password. */
  @Column({ ...textColumn(255), nullable: true, select: false }) passwordHash: string | null;
  /** Grows with every new password and address, so that secrets made before are void, for good (SEC-26, SEC-29). */
  @Column({ type: 'int' }) passwordVersion: number;
  @Column(textColumn(16)) state: CustomerState;
  /** `staff`: locked out by staff; nothing but staff lifts it (SEC-81). */
  @Column({ ...textColumn(16), nullable: true }) disabledBy: string | null;
  @Column(() => SignInState, { prefix: '' }) signIn: SignInState;
  /** Found whatever the case, as the last name is. */
  @Column({ ...foldedColumn(255), nullable: true }) firstName: string | null;
  @Column({ ...textColumn(255), nullable: true }) middleName: string | null;
  @Column({ ...foldedColumn(255), nullable: true }) lastName: string | null;
  @Column({ ...textColumn(40), nullable: true }) namePrefix: string | null;
  @Column({ ...textColumn(40), nullable: true }) nameSuffix: string | null;
  @Column({ ...textColumn(40), nullable: true }) phone: string | null;
  /** The same number in E.164 form where it is nobody else's in the realm; null where it is only kept as typed. */
  @Column({ ...textColumn(16), nullable: true }) phoneKey: string | null;
  /** `YYYY-MM-DD`. */
  @Column({ ...textColumn(10), nullable: true }) dateOfBirth: string | null;
  /** 1 male, 2 female, 3 not specified. */
  @Column({ type: 'int', nullable: true }) gender: number | null;
  @Column({ ...textColumn(255), nullable: true }) taxNumber: string | null;
  @Column({ type: 'boolean' }) acceptsMarketing: boolean;
  @Column(jsonColumn) tags: readonly string[];
  @Column({ ...textColumn(255), nullable: true }) multipassIdentifier: string | null;
  @Column({ type: 'int', nullable: true }) defaultBillingId: number | null;
  @Column({ type: 'int', nullable: true }) defaultShippingId: number | null;
  @Column(jsonColumn) attributes: CustomerAttributes;
  @Column({ type: 'int', nullable: true }) @Index('customer_group_id') customerGroupId: number | null;
  /** What another system knows the customer by, and which system that is. */
  @Column({ ...textColumn(255), nullable: true }) reference: string | null;
  @Column({ ...textColumn(255), nullable: true }) referenceOrigin: string | null;
  /** How far a request to forget the person has come; null: there is none. */
  @Column({ ...textColumn(16), nullable: true })
  @Index('customer_anonymization_status')
  anonymizationStatus: AnonymizationStatus | null;
  @Column({ ...jsonColumn, nullable: true }) anonymization: Anonymization | null;
  @Column(timeColumn) createdAt: Date;
  @Column(timeColumn) updatedAt: Date;
}
