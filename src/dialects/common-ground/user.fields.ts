import { Int, Parent, ResolveField } from '@nestjs/graphql';
import { CustomerService } from '../../customer/index.js';
import { TokenService } from '../../token/index.js';
import { ClientResolver } from './common-ground.schema.js';
import { customerBehind, toUserAddress } from './user.mapper.js';
import { CommonGroundLogin, CommonGroundUser, CommonGroundUserAddress } from './user.types.js';

/** Fields of a user that cost a read: only who asks pays. */
@ClientResolver(() => CommonGroundUser)
export class CommonGroundUserFields {
  constructor(private readonly customers: CustomerService) {}

  @ResolveField(() => [CommonGroundUserAddress], { nullable: true })
  async addresses(@Parent() parent: CommonGroundUser): Promise<CommonGroundUserAddress[] | null> {
    const customer = customerBehind(parent);
    if (!customer) return null;
    return (await this.customers.addressesOf(customer)).map((address) => toUserAddress(address, customer));
  }
}

@ClientResolver(() => CommonGroundLogin)
export class CommonGroundLoginFields {
  constructor(private readonly tokens: TokenService) {}

  /** Living sessions of the buyer on this surface, the new one included. */
  @ResolveField(() => Int, { nullable: true })
  async sessionsCount(@Parent() parent: CommonGroundLogin): Promise<number | null> {
    const customer = customerBehind(parent);
    return customer ? this.tokens.countAlive(customer.id, 'common-ground') : null;
  }
}
