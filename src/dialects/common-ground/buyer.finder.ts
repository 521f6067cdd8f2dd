import { Injectable } from '@nestjs/common';
import { fromObjectId } from '../../common/public-id.js';
import { CustomerService, type Customer } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { CommonGroundError } from './common-ground.errors.js';
import { idOf } from './common-ground.mapper.js';

/** Finds the buyer that an id names. */
@Injectable()
export class CommonGroundBuyerFinder {
  constructor(private readonly customers: CustomerService) {}

  /** An id of another form, second or realm is nobody's (SEC-65). @throws CommonGroundError NOT_FOUND */
  async get(userRef: string, store: Store): Promise<Customer> {
    const parts = fromObjectId(userRef);
    const customer = parts ? await this.customers.findByNumber(parts.number) : null;
    if (customer?.realmId === store.realmId && idOf(customer) === userRef) return customer;
    throw new CommonGroundError({ message: 'No buyer has this id.', code: 'NOT_FOUND' });
  }
}
