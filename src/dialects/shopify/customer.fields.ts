import { Args, Info, Parent, ResolveField } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { CurrentCaller, type Caller } from '../../access/index.js';
import { CustomerService, type CustomerAddress } from '../../customer/index.js';
import { ShopifyMailingAddress, ShopifyMailingAddressConnection } from './address.types.js';
import { ShopifyCustomer } from './customer.types.js';
import { checkPage, pageOf, ShopifyPageArguments } from './shopify.connections.js';
import { customerBehind, formattedAddress, toAddress, toTags } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { refuseOutside } from './shopify.scopes.js';

/** Fields of a customer that cost a read or ask for a scope of their own. */
@ShopifyResolver(() => ShopifyCustomer)
export class ShopifyCustomerFields {
  /** Read once for all fields that show them. */
  private readonly books = new WeakMap<ShopifyCustomer, Promise<CustomerAddress[]>>();

  constructor(private readonly customers: CustomerService) {}

  @ResolveField(() => [String])
  tags(@Parent() parent: ShopifyCustomer, @CurrentCaller() caller: Caller, @Info() info: GraphQLResolveInfo): string[] {
    refuseOutside(caller, info);
    return toTags(customerBehind(parent));
  }

  /** Oldest first. */
  @ResolveField(() => ShopifyMailingAddressConnection)
  async addresses(
    @Parent() parent: ShopifyCustomer,
    @Args() page: ShopifyPageArguments,
  ): Promise<ShopifyMailingAddressConnection> {
    checkPage(page);
    return pageOf(await this.addressesOf(parent), page, toAddress);
  }

  /** Where none is marked, the oldest one. */
  @ResolveField(() => ShopifyMailingAddress, { nullable: true })
  async defaultAddress(@Parent() parent: ShopifyCustomer): Promise<ShopifyMailingAddress | null> {
    const { defaultShippingId } = customerBehind(parent);
    const addresses = await this.addressesOf(parent);
    const found = addresses.find(({ id }) => id === defaultShippingId) ?? addresses[0];
    return found ? toAddress(found) : null;
  }

  private addressesOf(parent: ShopifyCustomer): Promise<CustomerAddress[]> {
    const known = this.books.get(parent) ?? this.customers.addressesOf(customerBehind(parent));
    this.books.set(parent, known);
    return known;
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
