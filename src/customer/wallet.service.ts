import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type EventType } from '../event/index.js';
import type { Realm } from '../store/index.js';
import { ensureTags } from '../tag/index.js';
import { hasMoreTags, type Actor } from './change-notice.js';
import { insertAddress, type AddressExtras, type AddressFields } from './customer-address.repository.js';
import { CustomerAddress, type AddressEntry } from './customer-address.entity.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import type { AddressField, EntryField } from './wallet.columns.js';
import { WalletRepository } from './wallet.repository.js';

/** What an address says, and what is kept with it. */
export type AddressContent = Partial<AddressFields> & AddressExtras;

/** The place of an address in a customer's book, as a record. */
export interface WalletEntry {
  readonly address: CustomerAddress;
  readonly owner: Customer;
}

export type EntryNotes = Partial<Pick<AddressEntry, 'reference' | 'referenceOrigin' | 'metadata'>>;

const MAX_ADDRESSES = 250;

/** Addresses as records of their own: made before they are anybody's, taken into books and out of them. */
@Injectable()
export class WalletService {
  constructor(
    private readonly database: Database,
    private readonly wallets: WalletRepository,
    private readonly customers: CustomerRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /** An address of the realm by its public number, in a book or not. */
  find({ id }: Realm, number: number): Promise<CustomerAddress | null> {
    return this.wallets.find(id, { number });
  }

  list(
    { id }: Realm,
    criteria: Criteria<AddressField>,
    page: NumberedPage<AddressField>,
  ): Promise<Counted<CustomerAddress>> {
    return this.wallets.list({ scope: { 'a.realm_id': id }, criteria, page });
  }

  async findEntry({ id }: Realm, entryNumber: number): Promise<WalletEntry | null> {
    const address = await this.wallets.find(id, { entryNumber });
    const [entry = null] = address ? await this.withOwners([address]) : [];
    return entry;
  }

  /** Entries of the realm's books, or of one customer's. */
  async listEntries(
    { id }: Realm,
    owner: Customer | null,
    criteria: Criteria<EntryField>,
    page: NumberedPage<EntryField>,
  ): Promise<Counted<WalletEntry>> {
    const scope = { 'a.realm_id': id, ...(owner ? { 'a.customer_id': owner.id } : {}) };
    const { rows, total } = await this.wallets.listEntries({ scope, criteria, page });
    return { rows: await this.withOwners(rows), total };
  }

  /** The books of customers, in their order; one statement. */
  async entriesOf(owners: readonly Customer[]): Promise<readonly (readonly WalletEntry[])[]> {
    const addresses = await this.customers.findAllAddresses(owners.map(({ id }) => id));
    return owners.map((owner) =>
      addresses.filter(({ customerId }) => customerId === owner.id).map((address) => ({ address, owner })),
    );
  }

  create(content: AddressContent, { store, trail }: Actor): Promise<CustomerAddress> {
    const { realmId } = store;
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      await ensureTags(tx, realmId, content.tags ?? [], at);
      const { id } = await insertAddress(tx, { id: null, realmId }, content, at);
      const made = await tx.findOneByOrFail(CustomerAddress, { id });
      await this.record('address_created', { of: null, subject: null }, { store, trail }, tx);
      await this.tellTags(null, made, { store, trail }, tx);
      return made;
    });
  }

  update(before: CustomerAddress, content: AddressContent, actor: Actor): Promise<CustomerAddress> {
    return this.database.transaction(async (tx) => {
      const { id, customerId, realmId } = before;
      const at = this.clock.now();
      await ensureTags(tx, realmId, content.tags ?? [], at);
      await tx.update(CustomerAddress, { id }, { ...content, updatedAt: at });
      const after = await tx.findOneByOrFail(CustomerAddress, { id });
      await this.record('address_changed', { of: customerId, subject: null }, actor, tx);
      await this.tellTags(before, after, actor, tx);
      return after;
    });
  }

  /** It is gone from its owner's book, too. */
  remove(address: CustomerAddress, actor: Actor): Promise<void> {
    const { id, customerId, entryNumber } = address;
    return this.database.transaction(async (tx) => {
      await this.wallets.release(tx, address);
      await tx.delete(CustomerAddress, { id });
      await this.record('address_deleted', { of: customerId, subject: entryNumber }, actor, tx);
    });
  }

  /** @throws DomainError ADDRESS_EXISTS where it is in a book already; ADDRESSES_FULL, CUSTOMER_NOT_FOUND */
  attach(owner: Customer, address: CustomerAddress, notes: EntryNotes, actor: Actor): Promise<WalletEntry> {
    const entryNumber = newNumber();
    return this.database.transaction(async (tx) => {
      const entry = await this.enter(entryNumber, { owner, address, notes }, tx);
      await this.record('address_created', { of: owner.id, subject: entryNumber }, actor, tx);
      return entry;
    });
  }

  /**
   * Changes an entry, which stays the same record when it is given another owner or address; the address that it had
   * is nobody's then.
   *
   * @throws DomainError ADDRESS_EXISTS, ADDRESSES_FULL, CUSTOMER_NOT_FOUND
   */
  move(
    { address: former, owner: present }: WalletEntry,
    to: { readonly owner?: Customer; readonly address?: CustomerAddress; readonly notes: EntryNotes },
    actor: Actor,
  ): Promise<WalletEntry> {
    const { owner = present, address = former } = to;
    return this.database.transaction(async (tx) => {
      const number = former.entryNumber ?? newNumber();
      const notes = { ...former.entry, ...to.notes };
      if (address.id === former.id && owner.id === present.id) {
        await tx.update(CustomerAddress, { id: former.id }, { entry: this.entryOf(former, notes) });
        return { address: await tx.findOneByOrFail(CustomerAddress, { id: former.id }), owner };
      }
      await this.wallets.release(tx, former);
      await this.record('address_deleted', { of: present.id, subject: null }, actor, tx);
      const entry = await this.enter(number, { owner, address, notes }, tx);
      await this.record('address_created', { of: owner.id, subject: null }, actor, tx);
      return entry;
    });
  }

  /** The address itself stays, as nobody's. */
  detach({ address, owner }: WalletEntry, actor: Actor): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.wallets.release(tx, address);
      await this.record('address_deleted', { of: owner.id, subject: address.entryNumber }, actor, tx);
    });
  }

  private async enter(
    entryNumber: number,
    { owner, address, notes }: WalletEntry & { readonly notes: EntryNotes },
    tx: EntityManager,
  ): Promise<WalletEntry> {
    const held = await this.customers.findLocked(tx, { id: owner.id });
    if (!held) throw new DomainError('CUSTOMER_NOT_FOUND');
    const count = await tx.countBy(CustomerAddress, { customerId: held.id });
    if (count >= MAX_ADDRESSES) throw new DomainError('ADDRESSES_FULL', { maximum: MAX_ADDRESSES });
    const entry = this.entryOf(null, notes);
    const isClaimed = await this.wallets.claim(tx, address.id, { customerId: held.id, entryNumber, entry });
    if (!isClaimed) throw new DomainError('ADDRESS_EXISTS');
    return { address: await tx.findOneByOrFail(CustomerAddress, { id: address.id }), owner: held };
  }

  /** Times are written as the database writes its own, so that both can be ordered together. */
  private entryOf(former: CustomerAddress | null, notes: EntryNotes & Partial<AddressEntry>): AddressEntry {
    const now = databaseTime(this.clock.now());
    const createdAt = notes.createdAt ?? (former ? databaseTime(former.createdAt) : now);
    const { reference = null, referenceOrigin = null, metadata = null } = notes;
    return { reference, referenceOrigin, metadata, createdAt, updatedAt: now };
  }

  private async withOwners(addresses: readonly CustomerAddress[]): Promise<WalletEntry[]> {
    const ids = [...new Set(addresses.flatMap(({ customerId }) => customerId ?? []))];
    const owners = new Map((await this.customers.findRecords({ ids })).map(({ customer }) => [customer.id, customer]));
    return addresses.flatMap((address) => {
      const owner = owners.get(address.customerId ?? 0);
      return owner ? [{ address, owner }] : [];
    });
  }

  private record(
    type: EventType,
    { of: customerId, subject }: { readonly of: number | null; readonly subject: number | null },
    { store, trail }: Actor,
    tx: EntityManager,
  ): Promise<void> {
    return this.events.record({ type, trail, storeId: store.id, customerId, subject }, tx);
  }

  private async tellTags(
    before: CustomerAddress | null,
    after: CustomerAddress,
    actor: Actor,
    tx: EntityManager,
  ): Promise<void> {
    if (!hasMoreTags(before, after)) return;
    await this.record('address_tagged', { of: after.customerId, subject: after.number }, actor, tx);
  }
}

function databaseTime(time: Date): string {
  return time.toISOString().replace('T', ' ').slice(0, -1);
}
