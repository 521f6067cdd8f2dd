import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { CustomerAddress } from './customer-address.entity.js';
import {
  addressFields,
  CustomerAddressRepository,
  insertAddress,
  isSameAddress,
  type AddressChanges,
  type AddressFields,
  type AddressKey,
} from './customer-address.repository.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';

/** As many as fit one page of any dialect; more would only fill the disk. */
const MAX_ADDRESSES = 250;

/** Whose addresses, and in whose name they are changed. */
export interface AddressBook {
  readonly customer: Pick<Customer, 'id'>;
  readonly store: Store;
  readonly trail: Trail;
}

export interface AddAddressOrder extends AddressBook {
  readonly address: AddressChanges;
  /** Whether an address that says the same as another one of the customer's is refused. */
  readonly unique?: boolean;
  /** Whether it is marked for shipping where no other one is. */
  readonly marksFirst?: boolean;
}

export interface RemoveAddressOrder extends AddressBook {
  readonly key: AddressKey;
  /** May throw to refuse; it sees which marks point to the address now. */
  readonly allow?: (current: CustomerAddress, marks: AddressMarks) => void;
}

/** Which of the owner's marks point to an address. */
export interface AddressMarks {
  readonly isBilling: boolean;
  readonly isShipping: boolean;
}

/** An address as it is kept, with the owner's marks. */
export interface KeptAddress {
  readonly address: CustomerAddress;
  readonly marks: AddressMarks;
}

export interface UpdateAddressOrder extends AddressBook {
  readonly key: AddressKey;
  /** May run more than once, and may throw to refuse. */
  readonly change: (current: CustomerAddress) => AddressChanges;
  readonly unique?: boolean;
}

/** A customer's address book; reading it is `CustomerService.addressesOf`. Another customer's address is not found. */
@Injectable()
export class AddressService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly addresses: CustomerAddressRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError ADDRESSES_FULL, ADDRESS_EXISTS, CUSTOMER_NOT_FOUND */
  add(order: AddAddressOrder): Promise<KeptAddress> {
    const { defaultBilling, defaultShipping, ...fields } = order.address;
    return this.database.transaction(async (tx) => {
      const { owner, kept } = await this.held(order, tx);
      if (kept.length >= MAX_ADDRESSES) throw new DomainError('ADDRESSES_FULL', { maximum: MAX_ADDRESSES });
      if (order.unique && kept.some((other) => isSameAddress(other, fields))) throw new DomainError('ADDRESS_EXISTS');
      const added = await insertAddress(tx, owner, fields, this.clock.now());
      const isFirst = order.marksFirst === true && owner.defaultShippingId === null;
      await this.mark(owner, added.id, { defaultBilling, defaultShipping: isFirst || defaultShipping }, tx);
      await this.record('address_created', order, tx, added);
      return { address: added, marks: marksOn(added, owner) };
    });
  }

  /**
   * Adds what the customer does not have yet, within a transaction; the first one is marked for shipping where none is.
   *
   * @throws DomainError ADDRESSES_FULL, CUSTOMER_NOT_FOUND
   */
  async addMissing(
    book: AddressBook,
    given: (owner: Customer) => readonly AddressChanges[],
    tx: EntityManager,
  ): Promise<void> {
    const { owner, kept } = await this.held(book, tx);
    for (const { defaultBilling, defaultShipping, ...fields } of given(owner)) {
      const same = kept.find((other) => isSameAddress(other, fields));
      if (!same && kept.length >= MAX_ADDRESSES) throw new DomainError('ADDRESSES_FULL', { maximum: MAX_ADDRESSES });
      const address = same ?? (await insertAddress(tx, owner, fields, this.clock.now()));
      const isFirst = !same && owner.defaultShippingId === null;
      await this.mark(owner, address.id, { defaultBilling, defaultShipping: isFirst || defaultShipping }, tx);
      if (same) continue;
      kept.push(address);
      await this.record('address_created', book, tx, address);
    }
  }

  /** @throws DomainError ADDRESS_NOT_FOUND, ADDRESS_EXISTS, CUSTOMER_NOT_FOUND */
  update(order: UpdateAddressOrder): Promise<KeptAddress> {
    return this.database.transaction(async (tx) => {
      const { owner, kept } = await this.held(order, tx);
      const current = kept.find((address) => isMeant(address, order.key));
      if (!current) throw new DomainError('ADDRESS_NOT_FOUND');
      const { defaultBilling, defaultShipping, ...changes } = order.change(current);
      const next = merged(current, changes);
      const others = kept.filter((other) => other !== current);
      if (order.unique && others.some((other) => isSameAddress(other, next))) throw new DomainError('ADDRESS_EXISTS');
      await tx.update(
        CustomerAddress,
        { id: current.id, customerId: owner.id },
        { ...next, updatedAt: this.clock.now() },
      );
      await this.mark(owner, current.id, { defaultBilling, defaultShipping }, tx);
      await this.record('address_changed', order, tx);
      const address = await tx.findOneByOrFail(CustomerAddress, { id: current.id });
      return { address, marks: marksOn(address, owner) };
    });
  }

  /** Marks that pointed to it point nowhere. @throws DomainError ADDRESS_NOT_FOUND, and whatever `allow` throws */
  remove({ key, allow, ...book }: RemoveAddressOrder): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (allow) {
        const { owner, kept } = await this.held(book, tx);
        const current = kept.find((address) => isMeant(address, key));
        if (current) allow(current, marksOn(current, owner));
      }
      const removed = await this.addresses.remove(tx, book.customer.id, key);
      if (!removed) throw new DomainError('ADDRESS_NOT_FOUND');
      await this.record('address_deleted', book, tx, removed);
    });
  }

  /** Marks one for billing, shipping or both. @throws DomainError ADDRESS_NOT_FOUND */
  setDefault(
    order: AddressBook & { readonly key: AddressKey; readonly billing: boolean; readonly shipping: boolean },
  ): Promise<Customer> {
    const { customer, key, billing, shipping } = order;
    return this.database.transaction(async (tx) => {
      const marked = await this.addresses.mark(tx, customer.id, key, { billing, shipping, at: this.clock.now() });
      if (!marked) throw new DomainError('ADDRESS_NOT_FOUND');
      await this.record('address_changed', order, tx);
      return tx.findOneByOrFail(Customer, { id: customer.id });
    });
  }

  /** The owner's row is held, so that of two changes at once each sees the other's. */
  private async held(
    { customer: { id } }: AddressBook,
    tx: EntityManager,
  ): Promise<{ owner: Customer; kept: CustomerAddress[] }> {
    const owner = await this.customers.findLocked(tx, { id });
    if (!owner) throw new DomainError('CUSTOMER_NOT_FOUND');
    return { owner, kept: await this.addresses.findAll(tx, id) };
  }

  private async mark(
    owner: Customer,
    addressId: number,
    { defaultBilling, defaultShipping }: Pick<AddressChanges, 'defaultBilling' | 'defaultShipping'>,
    tx: EntityManager,
  ): Promise<void> {
    const defaultBillingId = pointed(owner.defaultBillingId, addressId, defaultBilling);
    const defaultShippingId = pointed(owner.defaultShippingId, addressId, defaultShipping);
    if (defaultBillingId === owner.defaultBillingId && defaultShippingId === owner.defaultShippingId) return;
    Object.assign(owner, { defaultBillingId, defaultShippingId });
    await tx.update(Customer, { id: owner.id }, { defaultBillingId, defaultShippingId });
  }

  private record(
    type: EventType,
    { customer, store, trail }: AddressBook,
    tx: EntityManager,
    entry: Pick<CustomerAddress, 'entryNumber'> | null = null,
  ): Promise<void> {
    const event = { type, trail, storeId: store.id, customerId: customer.id, subject: entry?.entryNumber ?? null };
    return this.events.record(event, tx);
  }
}

/** Members that are absent or undefined stay. */
function merged(current: CustomerAddress, changes: Partial<AddressFields>): AddressFields {
  const entries: [string, unknown][] = Object.entries(changes);
  return { ...addressFields(current), ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}

function isMeant(address: CustomerAddress, key: AddressKey): boolean {
  return 'id' in key ? address.id === key.id : address.number === key.number;
}

/** Which marks of a customer point to an address. */
export function marksOn(
  { id }: Pick<CustomerAddress, 'id'>,
  { defaultBillingId, defaultShippingId }: Pick<Customer, 'defaultBillingId' | 'defaultShippingId'>,
): AddressMarks {
  return { isBilling: defaultBillingId === id, isShipping: defaultShippingId === id };
}

/** Where a mark points after an address was marked, unmarked or left alone. */
function pointed(before: number | null, addressId: number, isMarked: boolean | undefined): number | null {
  if (isMarked) return addressId;
  return isMarked === false && before === addressId ? null : before;
}
