import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { AddressService } from './address.service.js';
import { ChangeNotice } from './change-notice.js';
import type { AddressChanges } from './customer-address.repository.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { RegistrationService, type Profile } from './registration.service.js';

/** What a merchant's own system says of a customer, and that it said it. */
export interface Assertion {
  readonly email: EmailAddress;
  /** The customer's id in that system, where it has one; bound to one customer for good. */
  readonly identifier: string | null;
  /** Replaces what is known; absent members stay. */
  readonly profile: Pick<Profile, 'firstName' | 'lastName' | 'tags'>;
  /** What only a new customer gets; a phone number that is another customer's is left out. */
  readonly firstProfile: Pick<Profile, 'phone' | 'acceptsMarketing'>;
  /** The addresses as they belong to their owner; those that it has already are not added. */
  readonly addresses: (owner: Customer) => readonly AddressChanges[];
  /** The network that it was made for, as in SEC-7; null: any. */
  readonly network: string | null;
  /** What tells it from every other one. */
  readonly digest: Buffer;
  /** From then on it would be refused anyway. */
  readonly expiresAt: Date;
}

interface Arrival {
  readonly assertion: Assertion;
  readonly store: Store;
  readonly trail: Trail;
}

/** The customer that an assertion is about, made or brought up to date. */
@Injectable()
export class MultipassCustomers {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly registration: RegistrationService,
    private readonly addresses: AddressService,
    private readonly tokens: TokenService,
    private readonly notice: ChangeNotice,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError MULTIPASS_REJECTED for an identifier of somebody else's, and whom staff locked out (SEC-81) */
  async admit(arrival: Arrival, tx: EntityManager): Promise<Customer> {
    const { assertion, store, trail } = arrival;
    const known = await this.find(arrival, tx);
    if (known && known.disabledBy !== null) throw new DomainError('MULTIPASS_REJECTED', { reason: 'disabled' });
    const customer = known ?? (await this.create(arrival, tx));
    if (known) await this.update(known, arrival, tx);
    await this.addresses.addMissing({ customer, store, trail }, assertion.addresses, tx);
    return tx.findOneByOrFail(Customer, { id: customer.id });
  }

  /** An identifier never moves: neither to another customer nor to another address (SEC-59). */
  private async find({ assertion, store }: Arrival, tx: EntityManager): Promise<Customer | null> {
    const { email, identifier } = assertion;
    const { realmId } = store;
    const found = await this.customers.findLocked(tx, { realmId, emailKey: Buffer.from(email.key) });
    if (identifier === null) return found;
    const bound = await tx.findOneBy(Customer, { realmId, multipassIdentifier: identifier });
    const isAnothers = bound !== null && bound.id !== found?.id;
    const hasAnother = found !== null && ![null, identifier].includes(found.multipassIdentifier);
    if (isAnothers || hasAnother) throw new DomainError('MULTIPASS_REJECTED', { reason: 'identifier' });
    return found;
  }

  private async create({ assertion, store, trail }: Arrival, tx: EntityManager): Promise<Customer> {
    const { email, identifier, profile, firstProfile } = assertion;
    const { phone = null } = firstProfile;
    const isFree = phone !== null && !(await tx.existsBy(Customer, { realmId: store.realmId, phoneKey: phone }));
    const order = {
      store,
      trail,
      email,
      profile: { ...profile, ...firstProfile, phone: isFree ? phone : null, multipassIdentifier: identifier },
      uniquePhone: true,
      state: 'enabled',
      emailConfirmed: true,
    } as const;
    const created = await this.registration.registerWithin(order, tx);
    await tx.update(Customer, { id: created.id }, { signIn: { lastSignInAt: this.clock.now() } });
    return created;
  }

  private async update(customer: Customer, { assertion, store, trail }: Arrival, tx: EntityManager): Promise<void> {
    const { id } = customer;
    const at = this.clock.now();
    if (!customer.emailConfirmed) await this.evict(customer, tx);
    const wanted: Partial<Customer> = {
      ...assertion.profile,
      ...(assertion.identifier === null ? {} : { multipassIdentifier: assertion.identifier }),
      state: 'enabled',
      emailConfirmed: true,
    };
    const changed = changesOf(customer, wanted);
    const fields = Object.keys(changed);
    const updatedAt = fields.length > 0 ? at : customer.updatedAt;
    await tx.update(Customer, { id }, { ...changed, signIn: { lastSignInAt: at }, updatedAt });
    if (fields.length === 0) return;
    const after = await tx.findOneByOrFail(Customer, { id });
    await this.notice.tell({ before: customer, after, fields }, { store, trail }, tx);
  }

  /** Who registered without proving the mailbox may be somebody else; what they set must not outlive its owner's arrival (SEC-61). */
  private async evict({ id, passwordVersion }: Customer, tx: EntityManager): Promise<void> {
    await tx.update(Customer, { id }, { passwordHash: null, passwordVersion: passwordVersion + 1 });
    await this.tokens.revokeAll(id, 'password-changed', tx);
  }
}

function changesOf(customer: Customer, wanted: Partial<Customer>): Partial<Customer> {
  const known = new Map<string, unknown>(Object.entries(customer));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(known.get(name)),
  );
  return Object.fromEntries(changed);
}
