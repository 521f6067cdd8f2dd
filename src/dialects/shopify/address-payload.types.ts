import { Field } from '@nestjs/graphql';
import { ShopifyMailingAddress } from './address.types.js';
import { ShopifyCustomer } from './customer.types.js';
import { ShopifyType } from './shopify.schema.js';
import { ShopifyCustomerUserError, ShopifyUserError } from './shopify.types.js';

const optional = { nullable: true } as const;
const formerList = { deprecationReason: 'Use `customerUserErrors` instead.' } as const;

@ShopifyType('CustomerAddressCreatePayload')
export class ShopifyCustomerAddressCreatePayload {
  @Field(() => ShopifyMailingAddress, optional) customerAddress: ShopifyMailingAddress | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerAddressUpdatePayload')
export class ShopifyCustomerAddressUpdatePayload extends ShopifyCustomerAddressCreatePayload {}

@ShopifyType('CustomerAddressDeletePayload')
export class ShopifyCustomerAddressDeletePayload {
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => String, optional) deletedCustomerAddressId: string | null;
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerDefaultAddressUpdatePayload')
export class ShopifyCustomerDefaultAddressUpdatePayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}
