import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { Counted } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { findOne } from '../common/find-one.js';
import { findRows, type ListRequest } from '../common/numbered-list.js';
import { CustomerAddress } from './customer-address.entity.js';
import { Customer } from './customer.entity.js';
import { ADDRESSES, ENTRIES, type AddressField, type EntryField } from './wallet.columns.js';

/** Statements on addresses that may be nobody's. */
@Injectable()
export class WalletRepository {
  constructor(private readonly database: Database) {}

  find(
    realmId: number,
    which: { readonly number: number } | { readonly entryNumber: number },
  ): Promise<CustomerAddress | null> {
    return findOne(this.database, CustomerAddress, { realmId, ...which });
  }

  list(request: ListRequest<AddressField>): Promise<Counted<CustomerAddress>> {
    return findRows(this.database, ADDRESSES, request);
  }

  listEntries(request: ListRequest<EntryField>): Promise<Counted<CustomerAddress>> {
    return findRows(this.database, ENTRIES, request);
  }

  /** Takes an address that is nobody's into a book; of two at once one succeeds. */
  async claim(
    tx: EntityManager,
    id: number,
    to: Pick<CustomerAddress, 'customerId' | 'entryNumber' | 'entry'>,
  ): Promise<boolean> {
    const { affected } = await tx.update(CustomerAddress, { id, customerId: IsNull() }, to);
    return affected === 1;
  }

  /** Takes an address out of its book; marks of its owner that pointed to it point nowhere. */
  async release(tx: EntityManager, { id, customerId }: CustomerAddress): Promise<void> {
    await tx.update(CustomerAddress, { id }, { customerId: null, entryNumber: null, entry: null });
    if (customerId === null) return;
    for (const mark of ['defaultBillingId', 'defaultShippingId'] as const) {
      await tx.update(Customer, { id: customerId, [mark]: id }, { [mark]: null });
    }
  }
}
