import { Injectable } from '@nestjs/common';
import { parseEmail, type EmailAddress } from '#lib/email-address';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, type Customer } from '../customer/index.js';
import { StoreDirectory, type Realm, type Store } from '../store/index.js';
import { customerNumber, Refused } from './admin.input.js';
import { toAdminCustomer } from './admin.mapper.js';

/** How calls name customers and realms, and how customers are shown. */
@Injectable()
export class AdminCustomers {
  constructor(
    private readonly customers: CustomerService,
    private readonly stores: StoreDirectory,
  ) {}

  /** A number of another form belongs to nobody. @throws DomainError CUSTOMER_NOT_FOUND */
  async get(number: string): Promise<Customer> {
    const parsed = customerNumber.safeParse(number);
    const customer = parsed.success ? await this.customers.findByNumber(parsed.data) : null;
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }

  /** The store that speaks for a customer. */
  storeOf({ storeId }: Customer): Store {
    return this.stores.getById(storeId);
  }

  /** The store that speaks for a realm; absent: the default one. @throws DomainError STORE_UNKNOWN */
  storeIn(realmCode: string | undefined): Store {
    return realmCode === undefined ? this.stores.defaultStore : this.stores.firstOf(this.realmNamed(realmCode));
  }

  /** The stores of a realm, or the one that is named. @throws DomainError STORE_UNKNOWN, Refused */
  storesNamed({ realm, store: code }: { readonly realm?: string; readonly store?: string }): readonly Store[] {
    if (code === undefined) return this.stores.allOf(this.realmNamed(realm ?? ''));
    const store = this.stores.findByCode(code);
    if (!store) throw new Refused(422, 'Unprocessable Content', 'store: there is no such store.');
    return [store];
  }

  /** @throws DomainError STORE_UNKNOWN */
  realmNamed(code: string): Realm {
    const realm = this.stores.findRealm(code);
    if (!realm) throw new DomainError('STORE_UNKNOWN');
    return realm;
  }

  async shown(customer: Customer): Promise<object> {
    const [shown] = await this.allShown([customer]);
    return shown ?? {};
  }

  /** Two statements, however many they are. */
  async allShown(customers: readonly Customer[]): Promise<object[]> {
    const [books, withPassword] = await Promise.all([
      this.customers.addressesOfAll(customers),
      this.customers.idsWithPassword(customers),
    ]);
    return customers.map((customer) => {
      const { realm } = this.storeOf(customer);
      return toAdminCustomer(customer, books.get(customer.id) ?? [], realm.code, withPassword.has(customer.id));
    });
  }
}

/** @throws DomainError EMAIL_INVALID */
export function emailIn(text: string, { realm }: Store): EmailAddress {
  const email = parseEmail(text, { eai: realm.policy.eai });
  if (!email) throw new DomainError('EMAIL_INVALID');
  return email;
}
