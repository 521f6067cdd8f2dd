import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { CustomerService, type Customer } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { customerNumberIn } from '../shopify.ids.js';

/** Customers by the id that a caller names; another realm's are not found (SEC-65). */
@Injectable()
export class AdminCustomers {
  constructor(private readonly customers: CustomerService) {}

  async find(id: string, { realmId }: Store): Promise<Customer | null> {
    const number = customerNumberIn(id);
    const customer = number === null ? null : await this.customers.findByNumber(number);
    return customer?.realmId === realmId ? customer : null;
  }

  /** @throws DomainError CUSTOMER_NOT_FOUND */
  async get(id: string | null | undefined, store: Store): Promise<Customer> {
    const customer = await this.find(id ?? '', store);
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }
}
