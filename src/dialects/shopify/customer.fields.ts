import { Args, Info, Parent, ResolveField } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { CurrentCaller, type Caller } from '../../access/index.js';
import { CustomerService } from '../../customer/index.js';
import { ShopifyCustomer, ShopifyMailingAddress } from './customer.types.js';
import { customerBehind, formattedAddress, toAddress, toTags } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { refuseOutside } from './shopify.scopes.js';

/** Fields of a customer that cost a read or ask for a scope of their own. */
@ShopifyResolver(() => ShopifyCustomer)
export class ShopifyCustomerFields {
  constructor(private readonly customers: CustomerService) {}

  @ResolveField(() => [String])
  tags(@Parent() parent: ShopifyCustomer, @CurrentCaller() caller: Caller, @Info() info: GraphQLResolveInfo): string[] {
    refuseOutside(caller, info);
    return toTags(customerBehind(parent));
  }

  /** Where none is marked, the oldest one. */
  @ResolveField(() => ShopifyMailingAddress, { nullable: true })
  async defaultAddress(@Parent() parent: ShopifyCustomer): Promise<ShopifyMailingAddress | null> {
    const customer = customerBehind(parent);
    const addresses = await this.customers.addressesOf(customer);
    const found = addresses.find(({ id }) => id === customer.defaultShippingId) ?? addresses[0];
    return found ? toAddress(found) : null;
  }
}

/** Fields of an address that take arguments. */
@ShopifyResolver(() => ShopifyMailingAddress)
export class ShopifyAddressFields {
  @ResolveField(() => [String])
  formatted(
    @Parent() address: ShopifyMailingAddress,
    @Args('withName', { type: () => Boolean, nullable: true, defaultValue: false }) withName: boolean | null,
    @Args('withCompany', { type: () => Boolean, nullable: true, defaultValue: true }) withCompany: boolean | null,
  ): string[] {
    return formattedAddress(address, withName ?? false, withCompany ?? true);
  }
}
