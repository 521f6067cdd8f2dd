import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { PasswordHasher } from '#lib/password-hash';
import { Database } from '../common/database.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { AddressList, type ListedAddress } from './address-list.js';
import { adoptedHash } from './adopted-hash.js';
import { Customer } from './customer.entity.js';
import { EmailChange } from './email-change.js';
import { PasswordChange } from './password-change.js';
import { ProfileService, type UpdateProfileOrder } from './profile.service.js';
import { orTaken } from './taken.js';

/** Staff change what is recorded of a customer. */
export interface UpdateRecordOrder extends Omit<UpdateProfileOrder, 'password'> {
  /** Takes the present one's place at once; absent: that stays. */
  readonly email?: EmailAddress;
  /** The hash of a password, made elsewhere: whoever knows that password signs in with it (SEC-34). */
  readonly passwordHash?: string;
  /** The hash of a new password, made by `PasswordService.hashOf`. */
  readonly ownHash?: string;
  /** The customer's own token, which lives on where a new password ends the others. */
  readonly keepTokenId?: number;
  /** Take the place of all that there are; absent: those stay. */
  readonly addresses?: readonly ListedAddress[];
}

/** What a customer signs in with from now on; what is missing stays. */
interface NewCredentials {
  readonly customer: Customer;
  readonly email: EmailAddress | undefined;
  readonly hash: string | null;
  readonly keepTokenId: number | undefined;
  readonly store: Store;
  readonly trail: Trail;
}

/** Customers' records in the hands of staff. */
@Injectable()
export class RecordService {
  constructor(
    private readonly database: Database,
    private readonly profiles: ProfileService,
    private readonly emails: EmailChange,
    private readonly passwords: PasswordChange,
    private readonly lists: AddressList,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Changes what is given, all of it or nothing. With a new address or password all that follows from one happens; of
   * both together one mail tells.
   *
   * @throws DomainError CUSTOMER_NOT_FOUND, EMAIL_TAKEN, PHONE_TAKEN, IDENTIFIER_TAKEN, PASSWORD_HASH_REFUSED,
   *   ADDRESS_NOT_FOUND, ADDRESSES_FULL
   */
  async update(wanted: UpdateRecordOrder): Promise<Customer> {
    const { email, passwordHash, ownHash, addresses, keepTokenId, ...order } = wanted;
    const { store, trail } = order;
    const hash = ownHash ?? (passwordHash === undefined ? null : adoptedHash(this.hasher, passwordHash));
    try {
      return await this.database.transaction(async (tx) => {
        const customer = await this.profiles.updateWithin(order, tx);
        if (addresses) await this.lists.replace(customer, addresses, { store, trail }, tx);
        return this.replaceCredentials({ customer, email, hash, keepTokenId, store, trail }, tx);
      });
    } catch (error) {
      throw orTaken(error);
    }
  }

  private async replaceCredentials(wanted: NewCredentials, tx: EntityManager): Promise<Customer> {
    const { email, hash, keepTokenId, ...given } = wanted;
    const whose = keepTokenId === undefined ? given : { ...given, keepTokenId };
    const isMoved = email && !whose.customer.emailKey.equals(Buffer.from(email.key));
    if (isMoved) return this.emails.apply({ ...whose, email, passwordHash: hash }, tx);
    const customer = email
      ? await this.emails.apply({ ...whose, email }, tx)
      : await tx.findOneByOrFail(Customer, { id: whose.customer.id });
    if (hash === null) return customer;
    return this.passwords.apply({ ...whose, customer, hash, reason: 'password-changed' }, tx);
  }
}
