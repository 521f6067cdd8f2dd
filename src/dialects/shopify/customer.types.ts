import { Field, ID } from '@nestjs/graphql';
import { ShopifySocialLoginProvider } from './shop.types.js';
import { ShopifyInput, ShopifyType } from './shopify.schema.js';
import { ShopifyDateTime, ShopifyUnsignedInt64 } from './shopify.types.js';

const text = { nullable: true } as const;

/** Fields that ask for a scope of their own or a further read are in `ShopifyCustomerFields`; orders in `shopify.context`. */
@ShopifyType('Customer')
export class ShopifyCustomer {
  @Field(() => Boolean) acceptsMarketing: boolean;
  @Field(() => String, text) avatarUrl: string | null;
  @Field(() => ShopifyDateTime) createdAt: Date;
  @Field(() => String) displayName: string;
  @Field(() => String, text) email: string | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => ID) id: string;
  @Field(() => String, text) lastName: string | null;
  @Field(() => ShopifyUnsignedInt64) numberOfOrders: string;
  @Field(() => String, text) phone: string | null;
  @Field(() => ShopifySocialLoginProvider, text) socialLoginProvider: ShopifySocialLoginProvider | null;
  @Field(() => ShopifyDateTime) updatedAt: Date;
}

@ShopifyInput('CustomerCreateInput')
export class ShopifyCustomerCreateInput {
  @Field(() => Boolean, text) acceptsMarketing?: boolean | null;
  @Field(() => String) email: string;
  @Field(() => String, text) firstName?: string | null;
  @Field(() => String, text) lastName?: string | null;
  @Field(() => String) password: string;
  @Field(() => String, text) phone?: string | null;
}

@ShopifyInput('CustomerUpdateInput')
export class ShopifyCustomerUpdateInput {
  @Field(() => Boolean, text) acceptsMarketing?: boolean | null;
  @Field(() => String, text) email?: string | null;
  @Field(() => String, text) firstName?: string | null;
  @Field(() => String, text) lastName?: string | null;
  @Field(() => String, text) password?: string | null;
  @Field(() => String, text) phone?: string | null;
}

@ShopifyInput('CustomerAccessTokenCreateInput')
export class ShopifyCustomerAccessTokenCreateInput {
  @Field(() => String) email: string;
  @Field(() => String) password: string;
}

@ShopifyInput('CustomerResetInput')
export class ShopifyCustomerResetInput {
  @Field(() => String) password: string;
  @Field(() => String) resetToken: string;
}
