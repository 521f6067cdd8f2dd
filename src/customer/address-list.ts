import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type EventType } from '../event/index.js';
import {
  addressFields,
  CustomerAddressRepository,
  insertAddress,
  isSameAddress,
  type AddressFields,
} from './customer-address.repository.js';
import type { AddressMarks } from './address.service.js';
import type { Actor } from './change-notice.js';
import { CustomerAddress, type AddressAttributes } from './customer-address.entity.js';
import { Customer } from './customer.entity.js';

const MAX_ADDRESSES = 250;

/** One address of a list that takes the place of what a customer has. */
export interface ListedAddress {
  /** The address that it changes; null: a new one. */
  readonly number: number | null;
  /** What it says, whole. */
  readonly fields: Partial<AddressFields>;
  /** Replaced by namespace; absent: those stay. */
  readonly attributes?: AddressAttributes;
  /** Where given for one it is given for all: which marks point to it. Left out: the first one is for shipping. */
  readonly marks?: AddressMarks;
}

interface Next {
  readonly current: CustomerAddress | null;
  readonly fields: AddressFields;
  readonly attributes: AddressAttributes;
  readonly marks: AddressMarks | undefined;
}

/** An address that is in the table now. */
interface Written {
  readonly id: number;
  readonly marks: AddressMarks | undefined;
}

/** Address books that are written as a whole. */
@Injectable()
export class AddressList {
  constructor(
    private readonly addresses: CustomerAddressRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Leaves the listed addresses and no others; of equal ones without marks the first stays. The caller holds the
   * owner's row.
   *
   * @throws DomainError ADDRESS_NOT_FOUND, ADDRESSES_FULL
   */
  async replace(owner: Customer, listed: readonly ListedAddress[], actor: Actor, tx: EntityManager): Promise<void> {
    const kept = await this.addresses.findAll(tx, owner.id);
    const next = withoutEqual(listed.map((one) => nextOf(kept, one)));
    if (next.length > MAX_ADDRESSES) throw new DomainError('ADDRESSES_FULL', { maximum: MAX_ADDRESSES });
    const gone = kept.filter((address) => !next.some(({ current }) => current === address));
    if (gone.length > 0) await tx.delete(CustomerAddress, { id: In(gone.map(({ id }) => id)), customerId: owner.id });
    for (const address of gone) await this.record('address_deleted', address, actor, tx);
    const written: Written[] = [];
    for (const one of next) {
      const { id } = one.current ?? (await this.add(owner, one, actor, tx));
      if (one.current) await this.change(one.current, one, tx);
      written.push({ id, marks: one.marks });
    }
    await tx.update(Customer, { id: owner.id }, defaultsOf(owner, written));
  }

  private async add(
    owner: Customer,
    { fields, attributes }: Next,
    actor: Actor,
    tx: EntityManager,
  ): Promise<CustomerAddress> {
    const added = await insertAddress(tx, owner, { ...fields, attributes }, this.clock.now());
    await this.record('address_created', added, actor, tx);
    return added;
  }

  private async change(current: CustomerAddress, { fields, attributes }: Next, tx: EntityManager): Promise<void> {
    const isKept = JSON.stringify(current.attributes) === JSON.stringify(attributes);
    if (isKept && isSameAddress(current, fields)) return;
    await tx.update(CustomerAddress, { id: current.id }, { ...fields, attributes, updatedAt: this.clock.now() });
  }

  private record(
    type: EventType,
    { customerId, entryNumber: subject }: CustomerAddress,
    { store, trail }: Actor,
    tx: EntityManager,
  ): Promise<void> {
    return this.events.record({ type, trail, storeId: store.id, customerId, subject }, tx);
  }
}

/** Where the owner's marks point afterwards. */
function defaultsOf(
  { defaultBillingId }: Customer,
  written: readonly Written[],
): Pick<Customer, 'defaultBillingId' | 'defaultShippingId'> {
  if (written.some(({ marks }) => marks)) {
    return {
      defaultBillingId: written.find(({ marks }) => marks?.isBilling)?.id ?? null,
      defaultShippingId: written.find(({ marks }) => marks?.isShipping)?.id ?? null,
    };
  }
  const isKept = written.some(({ id }) => id === defaultBillingId);
  return { defaultBillingId: isKept ? defaultBillingId : null, defaultShippingId: written[0]?.id ?? null };
}

function nextOf(kept: readonly CustomerAddress[], { number, fields, attributes = {}, marks }: ListedAddress): Next {
  if (number === null) return { current: null, fields: addressFields(fields), attributes, marks };
  const current = kept.find((address) => address.number === number);
  if (!current) throw new DomainError('ADDRESS_NOT_FOUND');
  return { current, fields: addressFields(fields), attributes: { ...current.attributes, ...attributes }, marks };
}

/** Also of two entries for one address the first counts. */
function withoutEqual(listed: readonly Next[]): Next[] {
  const isAgain = (one: Next, before: Next): boolean =>
    (one.current !== null && one.current === before.current) ||
    (!one.marks && isSameAddress(one.fields, before.fields));
  return listed.filter((one, at) => !listed.slice(0, at).some((before) => isAgain(one, before)));
}
