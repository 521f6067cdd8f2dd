import { Parent, ResolveField } from '@nestjs/graphql';
import { CustomerService } from '../../customer/index.js';
import { customerBehind, toBuyerAddress } from './buyer.mapper.js';
import { CommonGroundBuyer, CommonGroundBuyerAddress } from './buyer.types.js';
import { AdminResolver } from './common-ground.schema.js';

/** Fields of a buyer that cost a read: only who asks pays. */
@AdminResolver(() => CommonGroundBuyer)
export class CommonGroundBuyerFields {
  constructor(private readonly customers: CustomerService) {}

  /** A guest has no password yet. */
  @ResolveField(() => Boolean, { nullable: true })
  accountCreated(@Parent() parent: CommonGroundBuyer): Promise<boolean> {
    return this.customers.hasPassword(customerBehind(parent));
  }

  @ResolveField(() => [CommonGroundBuyerAddress])
  async addresses(@Parent() parent: CommonGroundBuyer): Promise<CommonGroundBuyerAddress[]> {
    const customer = customerBehind(parent);
    return (await this.customers.addressesOf(customer)).map((address) => toBuyerAddress(address, customer));
  }
}
