import { Injectable } from '@nestjs/common';
import {
  invalidAttribute,
  JsonApiFault,
  mustExist,
  refuseAll,
  text,
  toMany,
  toOne,
  type ErrorObject,
  type ListQuery,
  type Written,
} from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { DomainError } from '../../common/domain-error.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import {
  CustomerService,
  isEntryField,
  WalletService,
  type Customer,
  type CustomerAddress,
  type EntryField,
  type WalletEntry,
} from '../../customer/index.js';
import { nameOf } from './addresses.mapper.js';
import { AddressesResource } from './addresses.resource.js';
import { isIntegration, type CommerceLayerResource, type ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { commonAttributes, linkIn, notesIn } from './common.mapper.js';
import { emailIn, isEmail } from './customers.input.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

export const customerAddressesDeclaration: ResourceDeclaration = {
  type: 'customer_addresses',
  access: {
    list: ['integration', 'customer'],
    retrieve: ['integration', 'customer'],
    create: ['integration', 'customer'],
    update: ['integration', 'customer'],
    remove: ['integration', 'customer'],
  },
  attributes: { name: text('F'), customer_email: text('CF', { maximum: 1024 }), ...COMMON },
  relationships: {
    customer: toOne('customers', 'CUQS'),
    address: toOne('addresses', 'CUQS'),
    events: toMany('events', 'Q', { inverse: 'customer_address' }),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<EntryField> = { isField: isEntryField, emails: ['customer.email'] };

/** Addresses in customers' books. An address is in one book at most, because it is its owner's to change. */
@Injectable()
export class CustomerAddressesResource implements CommerceLayerResource<WalletEntry> {
  readonly declaration = customerAddressesDeclaration;

  constructor(
    private readonly wallets: WalletService,
    private readonly customers: CustomerService,
    private readonly addresses: AddressesResource,
  ) {}

  idOf({ address }: WalletEntry): string {
    return toShortId(address.entryNumber ?? address.number);
  }

  attributesOf({ address, owner }: WalletEntry): Readonly<Record<string, unknown>> {
    const { entry, createdAt, updatedAt } = address;
    const times = entry
      ? { createdAt: timeOf(entry.createdAt), updatedAt: timeOf(entry.updatedAt) }
      : { createdAt, updatedAt };
    const notes = entry ?? { reference: null, referenceOrigin: null, metadata: null };
    return { name: nameOf(address), customer_email: owner.email, ...commonAttributes(times, notes) };
  }

  async related(name: string, rows: readonly WalletEntry[]): Promise<readonly (readonly unknown[])[]> {
    if (name === 'address') return rows.map(({ address }) => [address]);
    if (name !== 'customer') return rows.map(() => []);
    const found = await this.customers.findRecords([...new Set(rows.map(({ owner }) => owner.id))]);
    return rows.map(({ owner }) => found.filter(({ customer }) => customer.id === owner.id));
  }

  async find(id: string, { store, session }: Caller): Promise<WalletEntry | null> {
    const entry = await this.wallets.findEntry(store.realm, fromShortId(id) ?? 0);
    return session && entry?.owner.id !== session.customer.id ? null : entry;
  }

  list(query: ListQuery, { store, session }: Caller): Promise<Counted<WalletEntry>> {
    const owner = session?.customer ?? null;
    return this.wallets.listEntries(store.realm, owner, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, caller: Caller): Promise<WalletEntry> {
    const owner = await this.ownerIn(written, caller);
    const address = await this.addressIn(written, caller);
    refuseAll([
      ...(owner === undefined ? [mustExist('customer')] : []),
      ...(address === undefined ? [mustExist('address')] : []),
      ...written.faults.filter(({ detail }) => !detail.startsWith('customer_email')),
    ]);
    if (!owner || !address) throw new DomainError('CUSTOMER_NOT_FOUND');
    return this.wallets.attach(owner, address, notesIn(written), caller);
  }

  async update(entry: WalletEntry, written: Written, caller: Caller): Promise<WalletEntry> {
    const owner = await this.ownerIn(written, caller);
    const address = await this.addressIn(written, caller);
    refuseAll([...clearedFaults(written), ...written.faults]);
    const to = { ...(owner ? { owner } : {}), ...(address ? { address } : {}), notes: notesIn(written) };
    return this.wallets.move(entry, to, caller);
  }

  remove(entry: WalletEntry, caller: Caller): Promise<void> {
    return this.wallets.detach(entry, caller);
  }

  /** By the relationship, the e-mail address, or both if they agree; a shopper's own is always the shopper. */
  private async ownerIn(written: Written, caller: Caller): Promise<Customer | undefined> {
    const linked = await this.linkedOwner(written, caller);
    const given = written.values['customer_email'];
    if (given === undefined || given === null) return linked;
    const email = emailIn(given, 'customer_email', caller.store);
    if (!isEmail(email)) {
      refuseAll(email);
      return linked;
    }
    const named = await this.customers.findByEmail(caller.store, email);
    const isOther = caller.session !== null && named?.id !== caller.session.customer.id;
    if (isOther) throw new DomainError('NOT_ALLOWED');
    if (!named) throw new JsonApiFault([mustExist('customer')]);
    if (linked && linked.id !== named.id) {
      throw new JsonApiFault([invalidAttribute('customer_email', "doesn't match the customer", { error: 'invalid' })]);
    }
    return named;
  }

  private async linkedOwner(written: Written, { store, session }: Caller): Promise<Customer | undefined> {
    const id = linkIn(written, 'customer');
    if (id === undefined || id === null) return undefined;
    const number = fromShortId(id) ?? 0;
    if (session && session.customer.number !== number) throw new DomainError('NOT_ALLOWED');
    const record = await this.customers.findRecord(store, number);
    if (!record) throw new JsonApiFault([mustExist('customer')]);
    return record.customer;
  }

  /** One that the caller may reach (SEC-65). */
  private async addressIn(written: Written, caller: Caller): Promise<CustomerAddress | undefined> {
    const id = linkIn(written, 'address');
    if (id === undefined || id === null) return undefined;
    const address = await this.addresses.find(id, caller);
    if (address) return address;
    if (!isIntegration(caller)) throw new DomainError('NOT_ALLOWED');
    throw new JsonApiFault([mustExist('address')]);
  }
}

/** Both ends are needed: neither can be cleared. */
function clearedFaults(written: Written): ErrorObject[] {
  return ['customer', 'address'].filter((name) => linkIn(written, name) === null).map((name) => mustExist(name));
}

function timeOf(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}
