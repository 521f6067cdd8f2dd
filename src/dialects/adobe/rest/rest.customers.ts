import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../access/index.js';
import {
  CustomerService,
  RecordService,
  type Customer,
  type CustomerAddress,
  type UpdateRecordOrder,
} from '../../../customer/index.js';
import { StoreDirectory } from '../../../store/index.js';
import { AdobeError } from '../adobe.refusal.js';
import { addressList, profileChanges } from './customer.changes.js';
import type { GivenCustomer } from './customer.schema.js';
import { idIn, noSuchEntity } from './rest.input.js';
import { toRestCustomer } from './rest.mapper.js';
import type { AdobeRestCustomer } from './rest.types.js';

/** Customers as this API names, shows and changes them. */
@Injectable()
export class RestCustomers {
  constructor(
    private readonly customers: CustomerService,
    private readonly records: RecordService,
    private readonly stores: StoreDirectory,
  ) {}

  /** By the id in a path; another realm's is not found (SEC-65). @throws AdobeError */
  async get(given: string, { store }: Caller): Promise<Customer> {
    const id = idIn(given);
    const customer = id === null ? null : await this.customers.findById(id);
    if (customer?.realmId === store.realmId) return customer;
    throw new AdobeError(noSuchEntity(['customerId', id ?? given.slice(0, 64)]));
  }

  /** With the addresses, by one more read unless they are known. */
  async shown(customer: Customer, known?: readonly CustomerAddress[]): Promise<AdobeRestCustomer> {
    const addresses = known ?? (await this.customers.addressesOf(customer));
    return toRestCustomer(customer, addresses, this.stores.getById(customer.storeId).name);
  }

  /** Several, all addresses by one read. */
  async shownAll(customers: readonly Customer[]): Promise<AdobeRestCustomer[]> {
    const books = await this.customers.addressesOfAll(customers);
    return customers.map((customer) =>
      toRestCustomer(customer, books.get(customer.id) ?? [], this.stores.getById(customer.storeId).name),
    );
  }

  /** Addresses that are given take the place of all that there are, all of it or nothing. */
  async update(
    customer: Customer,
    given: GivenCustomer,
    credentials: Pick<UpdateRecordOrder, 'email' | 'passwordHash'>,
    caller: Caller,
  ): Promise<AdobeRestCustomer> {
    const { store, trail } = caller;
    const changes = profileChanges(given, customer, caller);
    const addresses = addressList(given, customer, await this.customers.addressesOf(customer), caller);
    const order = { customer, changes, ...credentials, ...(addresses ? { addresses } : {}), store, trail };
    return this.shown(await this.records.update(order));
  }
}
