import { Args, Int, Parent, ResolveField } from '@nestjs/graphql';
import { CustomerService, type CustomerAddress } from '../../../customer/index.js';
import { checkPage, pageOf, ShopifyPageArguments } from '../shopify.connections.js';
import { formattedAddress } from '../shopify.mapper.js';
import { AdminMailingAddress, AdminMailingAddressConnection } from './address.types.js';
import { customerBehind, toAdminAddress } from './admin.mapper.js';
import { AdminResolver } from './admin.schema.js';
import { AdminCustomer } from './customer.types.js';

const MOST = 250;

/** Fields of a customer that cost a read; one for all of them. */
@AdminResolver(() => AdminCustomer)
export class AdminCustomerFields {
  private readonly books = new WeakMap<AdminCustomer, Promise<CustomerAddress[]>>();

  constructor(private readonly customers: CustomerService) {}

  @ResolveField(() => [AdminMailingAddress], {
    deprecationReason: 'Limited to 250 addresses. Use `addressesV2` for paginated access to all addresses.',
  })
  async addresses(
    @Parent() parent: AdminCustomer,
    @Args('first', { type: () => Int, nullable: true }) first: number | null = null,
  ): Promise<AdminMailingAddress[]> {
    const addresses = await this.addressesOf(parent);
    return addresses.slice(0, Math.max(0, first ?? MOST)).map(toAdminAddress);
  }

  /** Oldest first. */
  @ResolveField(() => AdminMailingAddressConnection)
  async addressesV2(
    @Parent() parent: AdminCustomer,
    @Args() page: ShopifyPageArguments,
  ): Promise<AdminMailingAddressConnection> {
    checkPage(page);
    return pageOf(await this.addressesOf(parent), page, toAdminAddress);
  }

  /** Where none is marked, the oldest one. */
  @ResolveField(() => AdminMailingAddress, { nullable: true })
  async defaultAddress(@Parent() parent: AdminCustomer): Promise<AdminMailingAddress | null> {
    const { defaultShippingId } = customerBehind(parent);
    const addresses = await this.addressesOf(parent);
    const found = addresses.find(({ id }) => id === defaultShippingId) ?? addresses[0];
    return found ? toAdminAddress(found) : null;
  }

  private addressesOf(parent: AdminCustomer): Promise<CustomerAddress[]> {
    const known = this.books.get(parent) ?? this.customers.addressesOf(customerBehind(parent));
    this.books.set(parent, known);
    return known;
  }
}

/** Fields of an address that take arguments. */
@AdminResolver(() => AdminMailingAddress)
export class AdminAddressFields {
  @ResolveField(() => [String])
  formatted(
    @Parent() address: AdminMailingAddress,
    @Args('withName', { type: () => Boolean, nullable: true, defaultValue: false }) withName: boolean | null,
    @Args('withCompany', { type: () => Boolean, nullable: true, defaultValue: true }) withCompany: boolean | null,
  ): string[] {
    return formattedAddress(address, withName ?? false, withCompany ?? true);
  }
}
