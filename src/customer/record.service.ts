import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { Database } from '../common/database.js';
import { AddressList, type ListedAddress } from './address-list.js';
import { Customer } from './customer.entity.js';
import { EmailChange } from './email-change.js';
import { ProfileService, type UpdateProfileOrder } from './profile.service.js';
import { orTaken } from './taken.js';

/** Staff change what is recorded of a customer. */
export interface UpdateRecordOrder extends Omit<UpdateProfileOrder, 'password'> {
  /** Takes the present one's place at once; absent: that stays. */
  readonly email?: EmailAddress;
  /** Take the place of all that there are; absent: those stay. */
  readonly addresses?: readonly ListedAddress[];
}

/** Customers' records in the hands of staff. */
@Injectable()
export class RecordService {
  constructor(
    private readonly database: Database,
    private readonly profiles: ProfileService,
    private readonly emails: EmailChange,
    private readonly lists: AddressList,
  ) {}

  /**
   * Changes what is given, all of it or nothing. With a new address all that follows from one happens.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND, EMAIL_TAKEN, PHONE_TAKEN, IDENTIFIER_TAKEN, ADDRESS_NOT_FOUND, ADDRESSES_FULL
   */
  async update({ email, addresses, ...order }: UpdateRecordOrder): Promise<Customer> {
    const { store, trail } = order;
    try {
      return await this.database.transaction(async (tx) => {
        const held = await this.profiles.updateWithin(order, tx);
        if (addresses) await this.lists.replace(held, addresses, tx);
        if (!email) return tx.findOneByOrFail(Customer, { id: held.id });
        return this.emails.apply({ customer: held, email, store, trail }, tx);
      });
    } catch (error) {
      throw orTaken(error);
    }
  }
}
