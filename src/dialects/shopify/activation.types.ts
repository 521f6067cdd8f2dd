import { Field } from '@nestjs/graphql';
import { ShopifyCustomer } from './customer.types.js';
import { ShopifyInput, ShopifyType } from './shopify.schema.js';
import { ShopifyCustomerAccessToken, ShopifyCustomerUserError, ShopifyUserError } from './shopify.types.js';

const optional = { nullable: true } as const;
const formerList = { deprecationReason: 'Use `customerUserErrors` instead.' } as const;

@ShopifyInput('CustomerActivateInput')
export class ShopifyCustomerActivateInput {
  @Field(() => String) activationToken: string;
  @Field(() => String) password: string;
}

@ShopifyType('CustomerActivatePayload')
export class ShopifyCustomerActivatePayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
  @Field(() => [ShopifyUserError], formerList) userErrors: ShopifyUserError[];
}

/** Younger than the list without codes, and so without it. */
@ShopifyType('CustomerActivateByUrlPayload')
export class ShopifyCustomerActivateByUrlPayload {
  @Field(() => ShopifyCustomer, optional) customer: ShopifyCustomer | null;
  @Field(() => ShopifyCustomerAccessToken, optional) customerAccessToken: ShopifyCustomerAccessToken | null;
  @Field(() => [ShopifyCustomerUserError]) customerUserErrors: ShopifyCustomerUserError[];
}
