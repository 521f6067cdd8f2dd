import { Parent, ResolveField } from '@nestjs/graphql';
import { CustomerService } from '../../customer/index.js';
import { sourceOf, toBuyerAddress } from './buyer.mapper.js';
import { CommonGroundBuyer, CommonGroundBuyerAddress } from './buyer.types.js';
import { AdminResolver } from './common-ground.schema.js';

/** Fields of a buyer that cost a read: only who asks pays. */
@AdminResolver(() => CommonGroundBuyer)
export class CommonGroundBuyerFields {
  constructor(private readonly customers: CustomerService) {}

  /** A guest has no password yet. */
  @ResolveField(() => Boolean, { nullable: true })
  async accountCreated(@Parent() parent: CommonGroundBuyer): Promise<boolean> {
    const { customer, hasPassword } = sourceOf(parent);
    return hasPassword ?? this.customers.hasPassword(customer);
  }

  @ResolveField(() => [CommonGroundBuyerAddress])
  async addresses(@Parent() parent: CommonGroundBuyer): Promise<CommonGroundBuyerAddress[]> {
    const { customer, addresses } = sourceOf(parent);
    const kept = addresses ?? (await this.customers.addressesOf(customer));
    return kept.map((address) => toBuyerAddress(address, customer));
  }
}
