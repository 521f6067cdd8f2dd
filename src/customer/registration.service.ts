import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import { LimitService, neverSignedIn } from '../lockout/index.js';
import type { Dialect, Store } from '../store/index.js';
import { ensureTags } from '../tag/index.js';
import type { ConfirmationMeans } from './confirmation-issuer.js';
import { insertAddress, type AddressChanges, type AddressExtras } from './customer-address.repository.js';
import { Customer, type CustomerAttributes, type CustomerState } from './customer.entity.js';
import { PasswordMaker } from './password-maker.js';
import type { PasswordRules } from './password.policy.js';
import { RegistrationNotice } from './registration-notice.js';
import { orTaken } from './taken.js';

const E164 = /^\+[1-9]\d{6,14}$/;

/** What can be said about a new customer beside the address and the password; absent is null or false. */
export interface Profile {
  readonly firstName?: string | null;
  readonly middleName?: string | null;
  readonly lastName?: string | null;
  readonly namePrefix?: string | null;
  readonly nameSuffix?: string | null;
  readonly phone?: string | null;
  readonly dateOfBirth?: string | null;
  readonly gender?: number | null;
  readonly taxNumber?: string | null;
  readonly acceptsMarketing?: boolean;
  readonly tags?: readonly string[];
  readonly multipassIdentifier?: string | null;
  /** By the group's row id; the caller has looked whether it is the realm's. */
  readonly customerGroupId?: number | null;
  readonly reference?: string | null;
  readonly referenceOrigin?: string | null;
  readonly attributes?: CustomerAttributes;
}

/** An address of a new customer, with what vendors keep with it. */
export type NewAddress = AddressChanges & Pick<AddressExtras, 'attributes'>;

export interface RegisterOrder {
  readonly store: Store;
  readonly email: EmailAddress;
  /** Null: an account without a password, which a reset gives one. */
  readonly password: string | null;
  /** A hash that was made elsewhere, in the place of a password. */
  readonly passwordHash?: string | null;
  readonly rules: PasswordRules;
  readonly profile: Profile;
  /** Whether a phone number in E.164 form is refused where it is another customer's. */
  readonly uniquePhone?: boolean;
  /** Names that may not be missing. */
  readonly required?: readonly ('firstName' | 'lastName')[];
  readonly state: CustomerState;
  readonly emailConfirmed: boolean;
  readonly addresses?: readonly NewAddress[];
  /** A machine's credential or the setup: no network limit. */
  readonly machine?: boolean;
  /** Whether the owner is greeted by mail. */
  readonly welcome?: boolean;
  /** Whether the owner is asked by mail to confirm the address, by a link of that dialect's form. */
  readonly confirmThrough?: Dialect;
  /** Left out: by a link. */
  readonly confirmBy?: ConfirmationMeans;
  readonly trail: Trail;
}

/** A new customer of whom nothing has to be asked. */
type ProvenOrder = Omit<RegisterOrder, 'password' | 'rules' | 'required' | 'machine'>;

/** Makes customers. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly database: Database,
    private readonly notice: RegistrationNotice,
    private readonly limits: LimitService,
    private readonly passwords: PasswordMaker,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a new customer with its addresses, whole or not at all. Of two registrations of one address at the same
   * moment one wins: the unique index decides (SEC-14).
   *
   * @throws DomainError LIMIT_REACHED over the network's limit, PASSWORD_… (PASSWORD_HASH_REFUSED too),
   *   PROFILE_INCOMPLETE, EMAIL_TAKEN, PHONE_TAKEN, IDENTIFIER_TAKEN, BUSY
   */
  async register(order: RegisterOrder): Promise<Customer> {
    const { password, passwordHash = null, rules, email } = order;
    const owner = { ...order.profile, email: email.display };
    if (password !== null) this.passwords.check(password, rules, owner);
    const adopted = passwordHash === null ? null : this.passwords.adopt(passwordHash);
    refuseIncomplete(order);
    await this.refuseNetwork(order);
    const hash = password === null ? adopted : await this.passwords.hashOf(password, rules, owner);
    try {
      const registered = await this.database.transaction((tx) => this.store(order, hash, tx));
      await this.notice.count(order);
      return registered;
    } catch (error) {
      throw orTaken(error);
    }
  }

  /** A customer without a password, within the transaction of a verb that proved the address. */
  registerWithin(order: ProvenOrder, tx: EntityManager): Promise<Customer> {
    return this.store(order, null, tx);
  }

  private async store(order: ProvenOrder, passwordHash: string | null, tx: EntityManager): Promise<Customer> {
    const { id } = await this.insert(order, passwordHash, tx);
    const addresses = await this.insertAddresses({ id, realmId: order.store.realmId }, order.addresses ?? [], tx);
    const customer = await tx.findOneByOrFail(Customer, { id });
    await this.notice.tell(order, { customer, hasPassword: passwordHash !== null, addresses }, tx);
    return customer;
  }

  /** For who looks at the limit before the input. @throws DomainError LIMIT_REACHED when the network's is used up */
  async refuseThrottled({ realm }: Store, { network }: Trail): Promise<void> {
    await this.limits.refuseReached(realm, [{ limit: 'registerNetwork', by: network }]);
  }

  private async refuseNetwork({ store, trail, machine }: RegisterOrder): Promise<void> {
    if (machine) return;
    const retryAfterSeconds = await this.limits.take(store.realm, [{ limit: 'registerNetwork', by: trail.network }]);
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
  }

  private async insert(order: ProvenOrder, passwordHash: string | null, tx: EntityManager): Promise<Customer> {
    const at = this.clock.now();
    const { acceptsMarketing = false, tags = [], attributes = {}, ...profile } = order.profile;
    const row = tx.create(Customer, {
      ...profile,
      acceptsMarketing,
      tags,
      attributes,
      phoneKey: phoneKeyOf(profile.phone, order.uniquePhone),
      number: newNumber(),
      realmId: order.store.realmId,
      storeId: order.store.id,
      email: order.email.display,
      emailKey: Buffer.from(order.email.key),
      emailConfirmed: order.emailConfirmed,
      passwordHash,
      passwordVersion: 1,
      state: order.state,
      signIn: neverSignedIn(),
      createdAt: at,
      updatedAt: at,
    });
    await tx.insert(Customer, row);
    await ensureTags(tx, row.realmId, tags, at);
    return row;
  }

  private async insertAddresses(
    owner: Pick<Customer, 'id' | 'realmId'>,
    addresses: readonly NewAddress[],
    tx: EntityManager,
  ): Promise<number[]> {
    const at = this.clock.now();
    const numbers: number[] = [];
    for (const { defaultBilling, defaultShipping, ...address } of addresses) {
      const { id, number } = await insertAddress(tx, owner, address, at);
      numbers.push(number);
      if (defaultBilling) await tx.update(Customer, { id: owner.id }, { defaultBillingId: id });
      if (defaultShipping) await tx.update(Customer, { id: owner.id }, { defaultShippingId: id });
    }
    return numbers;
  }
}

/** The number as one customer of a realm claims it; a text of another form cannot be claimed. */
export function phoneKeyOf(phone: string | null | undefined, isUnique: boolean | undefined): string | null {
  return isUnique && phone && E164.test(phone) ? phone : null;
}

function refuseIncomplete({ required = [], profile }: RegisterOrder): void {
  const missing = required.filter((name) => !profile[name]);
  if (missing.length > 0) throw new DomainError('PROFILE_INCOMPLETE', { missing });
}
