import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import {
  addressFields,
  CustomerAddressRepository,
  insertAddress,
  isSameAddress,
  type AddressFields,
} from './customer-address.repository.js';
import { CustomerAddress } from './customer-address.entity.js';
import { Customer } from './customer.entity.js';

const MAX_ADDRESSES = 250;

/** One address of a list that takes the place of what a customer has. */
export interface ListedAddress {
  /** The address that it changes; null: a new one. */
  readonly number: number | null;
  /** What it says, whole. */
  readonly fields: Partial<AddressFields>;
}

interface Next {
  readonly current: CustomerAddress | null;
  readonly fields: AddressFields;
}

/** Address books that are written as a whole. */
@Injectable()
export class AddressList {
  constructor(
    private readonly addresses: CustomerAddressRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Leaves the listed addresses and no others; of equal ones the first stays. The first of all is marked for shipping.
   * The caller holds the owner's row.
   *
   * @throws DomainError ADDRESS_NOT_FOUND, ADDRESSES_FULL
   */
  async replace(owner: Customer, listed: readonly ListedAddress[], tx: EntityManager): Promise<void> {
    const kept = await this.addresses.findAll(tx, owner.id);
    const next = withoutEqual(listed.map(({ number, fields }) => nextOf(kept, number, fields)));
    if (next.length > MAX_ADDRESSES) throw new DomainError('ADDRESSES_FULL', { maximum: MAX_ADDRESSES });
    const gone = kept.filter((address) => !next.some(({ current }) => current === address)).map(({ id }) => id);
    if (gone.length > 0) await tx.delete(CustomerAddress, { id: In(gone), customerId: owner.id });
    const ids: number[] = [];
    for (const one of next) ids.push(await this.write(owner.id, one, tx));
    const { defaultBillingId } = owner;
    await tx.update(
      Customer,
      { id: owner.id },
      {
        defaultShippingId: ids[0] ?? null,
        defaultBillingId: defaultBillingId !== null && ids.includes(defaultBillingId) ? defaultBillingId : null,
      },
    );
  }

  private async write(customerId: number, { current, fields }: Next, tx: EntityManager): Promise<number> {
    const at = this.clock.now();
    if (!current) return (await insertAddress(tx, customerId, fields, at)).id;
    if (!isSameAddress(current, fields)) {
      await tx.update(CustomerAddress, { id: current.id, customerId }, { ...fields, updatedAt: at });
    }
    return current.id;
  }
}

function nextOf(kept: readonly CustomerAddress[], number: number | null, fields: Partial<AddressFields>): Next {
  if (number === null) return { current: null, fields: addressFields(fields) };
  const current = kept.find((address) => address.number === number);
  if (!current) throw new DomainError('ADDRESS_NOT_FOUND');
  return { current, fields: addressFields(fields) };
}

/** Also of two entries for one address the first counts. */
function withoutEqual(listed: readonly Next[]): Next[] {
  return listed.filter(({ current, fields }, at) =>
    listed
      .slice(0, at)
      .every((before) => !isSameAddress(before.fields, fields) && (current === null || before.current !== current)),
  );
}
