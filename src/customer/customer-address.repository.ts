import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Database } from '../common/database.js';
import { CustomerAddress } from './customer-address.entity.js';
import type { Customer } from './customer.entity.js';

/** An address by either of its ids; the owner's id always goes along in the same statement (SEC-65). */
export type AddressKey = { readonly id: number } | { readonly number: number };

type AddressField =
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'namePrefix'
  | 'nameSuffix'
  | 'company'
  | 'lines'
  | 'city'
  | 'region'
  | 'regionCode'
  | 'countryCode'
  | 'postcode'
  | 'phone'
  | 'fax'
  | 'vatNumber';

/** What is written on an envelope, whole. */
export type AddressFields = { readonly [F in AddressField]: CustomerAddress[F] };

/** What is said or changed of an address, and whether it is marked; absent members are left as they are. */
export type AddressChanges = Partial<AddressFields> & {
  readonly defaultBilling?: boolean;
  readonly defaultShipping?: boolean;
};

/** The fields alone, in one order; what is missing is null. */
export function addressFields({
  firstName = null,
  middleName = null,
  lastName = null,
  namePrefix = null,
  nameSuffix = null,
  company = null,
  lines = [],
  city = null,
  region = null,
  regionCode = null,
  countryCode = null,
  postcode = null,
  phone = null,
  fax = null,
  vatNumber = null,
}: Partial<AddressFields>): AddressFields {
  const name = { firstName, middleName, lastName, namePrefix, nameSuffix };
  const place = { company, lines, city, region, regionCode, countryCode, postcode };
  return { ...name, ...place, phone, fax, vatNumber };
}

/** Whether two addresses say the same. */
export function isSameAddress(one: Partial<AddressFields>, other: Partial<AddressFields>): boolean {
  return JSON.stringify(addressFields(one)) === JSON.stringify(addressFields(other));
}

/** What wires that know more of an address keep with it. */
export type AddressExtras = Partial<Pick<CustomerAddress, 'tags' | 'attributes' | 'annotations'>>;

/** Whose an address is; without an id nobody's yet. */
export type AddressOwner = Pick<Customer, 'realmId'> & { readonly id: number | null };

/** Stores an address. */
export async function insertAddress(
  tx: EntityManager,
  { id: customerId, realmId }: AddressOwner,
  { tags = [], attributes = {}, annotations, ...address }: Partial<AddressFields> & AddressExtras,
  at: Date,
): Promise<CustomerAddress> {
  const number = newNumber();
  const row = tx.create(CustomerAddress, {
    ...addressFields(address),
    ...(annotations ? { annotations } : {}),
    number,
    realmId,
    customerId,
    entryNumber: customerId === null ? null : number,
    tags,
    attributes,
    createdAt: at,
    updatedAt: at,
  });
  await tx.insert(CustomerAddress, row);
  return row;
}

/** Statements on addresses and the marks that point to them. */
@Injectable()
export class CustomerAddressRepository {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  findAll(tx: EntityManager, customerId: number): Promise<CustomerAddress[]> {
    return tx.find(CustomerAddress, { where: { customerId }, order: { id: 'ASC' } });
  }

  /** Deletes it and takes away the marks that point to it; null where the customer has no such address. */
  async remove(tx: EntityManager, customerId: number, key: AddressKey): Promise<CustomerAddress | null> {
    const present = await tx.findOneBy(CustomerAddress, { ...key, customerId });
    const its = idOf(key);
    const without = (column: string): string =>
      `${column} = CASE WHEN ${column} = ${its.sql} THEN NULL ELSE ${column} END`;
    await this.database.change(
      tx,
      `UPDATE customer SET ${without('default_billing_id')}, ${without('default_shipping_id')} WHERE id = ?`,
      [its.value, customerId, its.value, customerId, customerId],
    );
    const { affected } = await tx.delete(CustomerAddress, { ...key, customerId });
    return affected === 1 ? present : null;
  }

  /** Marks it; false where the customer has no such address. */
  async mark(
    tx: EntityManager,
    customerId: number,
    key: AddressKey,
    marks: { readonly billing: boolean; readonly shipping: boolean; readonly at: Date },
  ): Promise<boolean> {
    const its = idOf(key);
    const columns = [
      ...(marks.billing ? ['default_billing_id'] : []),
      ...(marks.shipping ? ['default_shipping_id'] : []),
    ];
    const matched = await this.database.change(
      tx,
      `UPDATE customer SET ${columns.map((column) => `${column} = ${its.sql}, `).join('')}updated_at = ?
       WHERE id = ? AND EXISTS ${its.sql}`,
      [...columns.flatMap(() => [its.value, customerId]), marks.at, customerId, its.value, customerId],
    );
    return matched === 1;
  }
}

/** The row's id as a subquery; its parameters are `value` and the owner's id. */
function idOf(key: AddressKey): { readonly sql: string; readonly value: number } {
  const [column, value] = 'id' in key ? ['id', key.id] : ['number', key.number];
  return { sql: `(SELECT a.id FROM customer_address a WHERE a.${column} = ? AND a.customer_id = ?)`, value };
}
