import { Injectable } from '@nestjs/common';
import { refuseAll, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { Clock } from '../../common/clock.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { isAddressField, WalletService, type AddressField, type CustomerAddress } from '../../customer/index.js';
import { TagService } from '../../tag/index.js';
import { addressesDeclaration } from './addresses.declaration.js';
import { addressFaults, addressIn } from './addresses.input.js';
import { toAddressAttributes } from './addresses.mapper.js';
import { settingsOf } from './commerce-layer.caller.js';
import { isIntegration, type AnswerContext, type CommerceLayerResource } from './commerce-layer.resource.js';
import { CustomerLabels } from './customers.labels.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

const FIELDS: Fields<AddressField> = { isField: isAddressField };

@Injectable()
export class AddressesResource implements CommerceLayerResource<CustomerAddress> {
  readonly declaration = addressesDeclaration;

  constructor(
    private readonly wallets: WalletService,
    private readonly tags: TagService,
    private readonly labels: CustomerLabels,
    private readonly clock: Clock,
  ) {}

  idOf({ number }: CustomerAddress): string {
    return toShortId(number);
  }

  attributesOf(address: CustomerAddress): Readonly<Record<string, unknown>> {
    return toAddressAttributes(address);
  }

  async related(
    name: string,
    rows: readonly CustomerAddress[],
    { caller }: AnswerContext,
  ): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'tags') return rows.map(() => []);
    const names = [...new Set(rows.flatMap(({ tags }) => tags))];
    const found = await this.tags.findByNames(caller.store.realm, names);
    return rows.map(({ tags }) => found.filter((tag) => tags.includes(tag.name)));
  }

  async find(id: string, caller: Caller): Promise<CustomerAddress | null> {
    const address = await this.wallets.find(caller.store.realm, fromShortId(id) ?? 0);
    return address && this.mayReach(address, caller) ? address : null;
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<CustomerAddress>> {
    return this.wallets.list(store.realm, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, caller: Caller): Promise<CustomerAddress> {
    refuseAll(addressFaults(written, null, settingsOf(caller.store)));
    const tags = await this.labels.tagsIn(written, [], caller.store.realm);
    return this.wallets.create({ ...addressIn(written, null), ...(tags ? { tags } : {}) }, caller);
  }

  async update(address: CustomerAddress, written: Written, caller: Caller): Promise<CustomerAddress> {
    refuseAll(addressFaults(written, address, settingsOf(caller.store)));
    const tags = await this.labels.tagsIn(written, address.tags, caller.store.realm);
    return this.wallets.update(address, { ...addressIn(written, address), ...(tags ? { tags } : {}) }, caller);
  }

  remove(address: CustomerAddress, caller: Caller): Promise<void> {
    return this.wallets.remove(address, caller);
  }

  /** Shoppers reach their own; what is in nobody's book is for a while anybody's who knows the id, as guests need it. */
  private mayReach({ customerId, createdAt }: CustomerAddress, caller: Caller): boolean {
    if (isIntegration(caller)) return true;
    if (customerId !== null) return customerId === caller.session?.customer.id;
    const { guestAddressHours } = settingsOf(caller.store);
    return createdAt > this.clock.after(-guestAddressHours * 3600);
  }
}
