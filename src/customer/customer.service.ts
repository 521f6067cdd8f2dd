import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { Database } from '../common/database.js';
import { findOne } from '../common/find-one.js';
import { keysetPage, type Keyset, type KeysetPage } from '../common/keyset.js';
import type { Store } from '../store/index.js';
import type { Surface } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerAddress } from './customer-address.entity.js';
import { CustomerRepository, type CustomerRecord, type Session, type TokenHolder } from './customer.repository.js';

/** Customers as they are found; what changes them is in the services beside this one. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
  ) {}

  /** The customer that holds a living token of a surface, or null. One statement, for all that are asked for at the same time. */
  async findByToken(digest: Buffer, surface: Surface): Promise<Session | null> {
    const holder = await this.findHolder(digest, surface);
    return holder?.customer ? { ...holder, customer: holder.customer } : null;
  }

  /** As `findByToken`, with or without a customer: a machine's token is nobody's. */
  findHolder(digest: Buffer, surface: Surface): Promise<TokenHolder | null> {
    return this.customers.findHolder(digest, surface);
  }

  /** As `findHolder`, with the customer's address book, by the same one statement. */
  findHolderWithAddresses(digest: Buffer, surface: Surface): Promise<TokenHolder | null> {
    return this.customers.findHolderWithAddresses(digest, surface);
  }

  findById(id: number): Promise<Customer | null> {
    return findOne(this.database, Customer, { id });
  }

  findByNumber(number: number): Promise<Customer | null> {
    return findOne(this.database, Customer, { number });
  }

  /** A customer of the store's realm, with whether there is a password; one statement. */
  async findRecord({ realmId }: Store, number: number): Promise<CustomerRecord | null> {
    const [record = null] = await this.customers.findRecords({ realmId, numbers: [number] });
    return record;
  }

  /** Customers by their rows' ids, with whether there is a password; one statement. */
  findRecords(ids: readonly number[]): Promise<CustomerRecord[]> {
    return this.customers.findRecords({ ids });
  }

  findByEmail(store: Store, email: EmailAddress): Promise<Customer | null> {
    return findOne(this.database, Customer, { realmId: store.realmId, emailKey: Buffer.from(email.key) });
  }

  /** The customer of the store's realm who claims a phone number, in E.164 form. */
  findByPhone({ realmId }: Store, phoneKey: string): Promise<Customer | null> {
    return findOne(this.database, Customer, { realmId, phoneKey });
  }

  /** Every customer with that address, one for each realm. */
  findAllByEmail(email: EmailAddress): Promise<Customer[]> {
    return this.database.read((manager) => manager.findBy(Customer, { emailKey: Buffer.from(email.key) }));
  }

  /** Whether there is a password to sign in with; the hash itself is not read. */
  hasPassword({ id }: Customer): Promise<boolean> {
    return this.database.read((manager) => manager.existsBy(Customer, { id, passwordHash: Not(IsNull()) }));
  }

  /** Of these customers, the ids of those who have a password. */
  async idsWithPassword(customers: readonly Customer[]): Promise<ReadonlySet<number>> {
    const where = { id: In(customers.map(({ id }) => id)), passwordHash: Not(IsNull()) };
    const found = await this.database.read((manager) => manager.find(Customer, { where, select: { id: true } }));
    return new Set(found.map(({ id }) => id));
  }

  /** By number; of one realm, or of all. */
  async list(realmId: number | null, { after, size }: Keyset): Promise<KeysetPage<Customer>> {
    const where = {
      ...(realmId === null ? {} : { realmId }),
      ...(after === null ? {} : { number: MoreThan(after) }),
    };
    const found = await this.database.read((manager) =>
      manager.find(Customer, { where, order: { number: 'ASC' }, take: size + 1 }),
    );
    return keysetPage(found, size, ({ number }) => number);
  }

  /** Oldest first. */
  addressesOf(customer: Customer): Promise<CustomerAddress[]> {
    return this.customers.findAddresses(customer.id);
  }

  /** Of several customers, in one statement; each oldest first. */
  async addressesOfAll(customers: readonly Customer[]): Promise<ReadonlyMap<number, readonly CustomerAddress[]>> {
    const ids = customers.map(({ id }) => id);
    const all = await this.customers.findAllAddresses(ids);
    const books = new Map<number, CustomerAddress[]>(ids.map((id) => [id, []]));
    for (const address of all) books.get(address.customerId ?? 0)?.push(address);
    return books;
  }

  /** An address of the store's realm with its owner, or null. */
  async findAddress({ realmId }: Store, id: number): Promise<{ address: CustomerAddress; owner: Customer } | null> {
    const address = await this.database.read((manager) =>
      manager.findOne(CustomerAddress, { where: { id, customer: { realmId } }, relations: { customer: true } }),
    );
    return address?.customer ? { address, owner: address.customer } : null;
  }

  /** The customer with that address, its row held until the transaction ends. */
  findHeld(store: Store, email: EmailAddress, tx: EntityManager): Promise<Customer | null> {
    return this.customers.findLocked(tx, { realmId: store.realmId, emailKey: Buffer.from(email.key) });
  }

  /** The customer with that id, its row held until the transaction ends. */
  findHeldById(id: number, tx: EntityManager): Promise<Customer | null> {
    return this.customers.findLocked(tx, { id });
  }
}
