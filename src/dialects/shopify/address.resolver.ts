import { Args, ID, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import {
  AddressService,
  type AddressBook,
  type AddressChanges,
  type AddressKey,
  type Customer,
  type CustomerAddress,
} from '../../customer/index.js';
import { changesIn, newAddressIn } from './address.input.js';
import {
  ShopifyCustomerAddressCreatePayload,
  ShopifyCustomerAddressDeletePayload,
  ShopifyCustomerAddressUpdatePayload,
  ShopifyCustomerDefaultAddressUpdatePayload,
} from './address-payload.types.js';
import { ShopifyMailingAddressInput } from './address.types.js';
import { ShopifyCaller } from './shopify.caller.js';
import { addressNumberIn } from './shopify.ids.js';
import { payload, toAddress, toCustomer, type Refusals } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';

/** A payload without its lists of refusals. */
type Body<P extends Refusals> = Omit<P, keyof Refusals>;

/** A customer's addresses. */
@ShopifyResolver()
export class ShopifyAddressResolver {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly addresses: AddressService,
  ) {}

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAddressCreatePayload, { nullable: true })
  customerAddressCreate(
    @Args('address', { type: () => ShopifyMailingAddressInput }) input: ShopifyMailingAddressInput,
    @Args('customerAccessToken', { type: () => String }) token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAddressCreatePayload> {
    const nothing: Body<ShopifyCustomerAddressCreatePayload> = { customerAddress: null };
    return payload('customerAddressCreate', nothing, async () => {
      const book = await this.bookOf(caller, token);
      const address = newAddressIn(input, book.customer);
      const added = await this.addresses.add({ ...book, address, unique: true, marksFirst: true });
      return { customerAddress: toAddress(added.address) };
    });
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAddressUpdatePayload, { nullable: true })
  customerAddressUpdate(
    @Args('address', { type: () => ShopifyMailingAddressInput }) input: ShopifyMailingAddressInput,
    @Args('customerAccessToken', { type: () => String }) token: string,
    @Args('id', { type: () => ID }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAddressUpdatePayload> {
    const nothing: Body<ShopifyCustomerAddressUpdatePayload> = { customerAddress: null };
    return payload('customerAddressUpdate', nothing, async () => {
      const book = await this.bookOf(caller, token);
      const change = (current: CustomerAddress): AddressChanges => changesIn(input, current);
      const changed = await this.addresses.update({ ...book, key: keyIn(id), change, unique: true });
      return { customerAddress: toAddress(changed.address) };
    });
  }

  /** The id is told as it was given. */
  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAddressDeletePayload, { nullable: true })
  customerAddressDelete(
    @Args('customerAccessToken', { type: () => String }) token: string,
    @Args('id', { type: () => ID }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAddressDeletePayload> {
    const nothing: Body<ShopifyCustomerAddressDeletePayload> = { deletedCustomerAddressId: null };
    return payload('customerAddressDelete', nothing, async () => {
      const book = await this.bookOf(caller, token);
      await this.addresses.remove({ ...book, key: keyIn(id) });
      return { deletedCustomerAddressId: id };
    });
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerDefaultAddressUpdatePayload, { nullable: true })
  customerDefaultAddressUpdate(
    @Args('addressId', { type: () => ID }) id: string,
    @Args('customerAccessToken', { type: () => String }) token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerDefaultAddressUpdatePayload> {
    const nothing: Body<ShopifyCustomerDefaultAddressUpdatePayload> = { customer: null };
    return payload('customerDefaultAddressUpdate', nothing, async () => {
      const book = await this.bookOf(caller, token);
      const customer = await this.addresses.setDefault({ ...book, key: keyIn(id), billing: false, shipping: true });
      return { customer: toCustomer(customer) };
    });
  }

  private async bookOf(caller: Caller, token: string): Promise<AddressBook & { readonly customer: Customer }> {
    const { customer } = await this.caller.getSession(caller, token);
    return { customer, store: caller.store, trail: caller.trail };
  }
}

/** @throws DomainError ADDRESS_NOT_FOUND for the id of something else */
function keyIn(id: string): AddressKey {
  const number = addressNumberIn(id);
  if (number === null) throw new DomainError('ADDRESS_NOT_FOUND');
  return { number };
}
