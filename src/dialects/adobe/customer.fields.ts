import { Args, ID, Int, Parent, ResolveField } from '@nestjs/graphql';
import { CustomerService, marksOn } from '../../customer/index.js';
import { refuse } from './adobe.input.js';
import { customerBehind, emptyWishlist, toAddress, toAddressPage, toAttributes } from './adobe.mapper.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeAttributeValueInterface, AdobeWishlist } from './adobe.types.js';
import { AdobeAddress, AdobeAddresses } from './address.types.js';
import { AdobeCustomer } from './customer.types.js';

/** Fields of a customer that cost a read or take arguments: only who asks pays. */
@AdobeResolver(() => AdobeCustomer)
export class AdobeCustomerFields {
  constructor(private readonly customers: CustomerService) {}

  @ResolveField(() => [AdobeAddress], { nullable: 'itemsAndList' })
  async addresses(@Parent() parent: AdobeCustomer): Promise<AdobeAddress[]> {
    const customer = customerBehind(parent);
    const addresses = await this.customers.addressesOf(customer);
    return addresses.map((address) => toAddress({ address, marks: marksOn(address, customer) }));
  }

  @ResolveField(() => AdobeAddresses, { nullable: true })
  async addressesV2(
    @Parent() parent: AdobeCustomer,
    @Args('currentPage', { type: () => Int, nullable: true, defaultValue: 1 }) currentPage: number | null,
    @Args('pageSize', { type: () => Int, nullable: true, defaultValue: 5 }) pageSize: number | null,
  ): Promise<AdobeAddresses> {
    const [page, size] = [currentPage ?? 1, pageSize ?? 5];
    if (page < 1) refuse('currentPage value must be greater than 0.');
    if (size < 1) refuse('pageSize value must be greater than 0.');
    return toAddressPage(await this.addresses(parent), page, size);
  }

  @ResolveField(() => [AdobeAttributeValueInterface], { nullable: 'itemsAndList' })
  custom_attributes(
    @Parent() parent: AdobeCustomer,
    @Args('attributeCodes', { type: () => [ID], nullable: true }) codes: string[] | null,
  ): AdobeAttributeValueInterface[] {
    return toAttributes(customerBehind(parent), codes ?? null);
  }

  @ResolveField(() => AdobeWishlist, { nullable: true })
  wishlist_v2(@Parent() parent: AdobeCustomer, @Args('id', { type: () => ID }) id: string): AdobeWishlist | null {
    const wishlist = emptyWishlist(customerBehind(parent));
    return wishlist.id === id ? wishlist : null;
  }

  @ResolveField(() => [AdobeWishlist], { nullable: 'items' })
  wishlists(
    @Parent() parent: AdobeCustomer,
    @Args('pageSize', { type: () => Int, nullable: true, defaultValue: 20 }) _pageSize: number | null,
    @Args('currentPage', { type: () => Int, nullable: true, defaultValue: 1 }) currentPage: number | null,
  ): AdobeWishlist[] {
    return (currentPage ?? 1) === 1 ? [emptyWishlist(customerBehind(parent))] : [];
  }
}
