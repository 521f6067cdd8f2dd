import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../access/index.js';
import { CustomerService, type Customer } from '../../../customer/index.js';
import { StoreDirectory } from '../../../store/index.js';
import { AdobeError } from '../adobe.refusal.js';
import { idIn, noSuchEntity } from './rest.input.js';
import { toRestCustomer } from './rest.mapper.js';
import type { AdobeRestCustomer } from './rest.types.js';

/** Customers as this API names and shows them. */
@Injectable()
export class RestCustomers {
  constructor(
    private readonly customers: CustomerService,
    private readonly stores: StoreDirectory,
  ) {}

  /** By the id in a path; another realm's is not found (SEC-65). @throws AdobeError */
  async get(given: string, { store }: Caller): Promise<Customer> {
    const id = idIn(given);
    const customer = id === null ? null : await this.customers.findById(id);
    if (customer?.realmId === store.realmId) return customer;
    throw new AdobeError(noSuchEntity(['customerId', id ?? given.slice(0, 64)]));
  }

  /** With the addresses, by one more read. */
  async shown(customer: Customer): Promise<AdobeRestCustomer> {
    const addresses = await this.customers.addressesOf(customer);
    return toRestCustomer(customer, addresses, this.stores.getById(customer.storeId).name);
  }
}
