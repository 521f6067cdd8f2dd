import { Field } from '@nestjs/graphql';
import { ShopifyCustomer } from './customer.types.js';
import { ShopifyType } from './shopify.schema.js';
import { ShopifyCustomerAccessToken, ShopifyCustomerUserError, ShopifyUserError } from './shopify.types.js';

const optional = { nullable: true } as const;
const formerList = { deprecationReason: 'Use `customerUserErrors` instead.' } as const;

@ShopifyType('CustomerCreatePayload')
export class ShopifyCustomerCreatePayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerUpdatePayload')
export class ShopifyCustomerUpdatePayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerAccessTokenCreatePayload')
export class ShopifyCustomerAccessTokenCreatePayload {
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerAccessTokenCreateWithMultipassPayload')
export class ShopifyCustomerAccessTokenCreateWithMultipassPayload {
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
}

@ShopifyType('CustomerAccessTokenRenewPayload')
export class ShopifyCustomerAccessTokenRenewPayload {
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyUserError]) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerAccessTokenDeletePayload')
export class ShopifyCustomerAccessTokenDeletePayload {
  @Field(() => String, optional) deletedAccessToken: string | null;
  @Field(() => String, optional) deletedCustomerAccessTokenId: string | null;
  @Field(() => [ShopifyUserError]) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerRecoverPayload')
export class ShopifyCustomerRecoverPayload {
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerResetPayload')
export class ShopifyCustomerResetPayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

@ShopifyType('CustomerResetByUrlPayload')
export class ShopifyCustomerResetByUrlPayload extends ShopifyCustomerResetPayload {}
