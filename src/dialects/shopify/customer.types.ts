import { Field, Float, ID } from '@nestjs/graphql';
import { countryCodes } from './shopify.countries.js';
import { shopifyEnum, ShopifyInput, ShopifyType } from './shopify.schema.js';
import { ShopifyDateTime, ShopifyNode, ShopifyUnsignedInt64 } from './shopify.types.js';

const text = { nullable: true } as const;

export const ShopifyCountryCode = shopifyEnum(
  'CountryCode',
  Object.fromEntries(countryCodes.map((code) => [code, code])),
);

/** `formatted` takes arguments and is in `ShopifyAddressFields`. */
@ShopifyType('MailingAddress', { implements: () => [ShopifyNode] })
export class ShopifyMailingAddress extends ShopifyNode {
  @Field(() => String, text) address1: string | null;
  @Field(() => String, text) address2: string | null;
  @Field(() => String, text) city: string | null;
  @Field(() => String, text) company: string | null;
  @Field(() => String, text) country: string | null;
  @Field(() => String, { ...text, deprecationReason: 'Use `countryCodeV2` instead.' }) countryCode: string | null;
  @Field(() => ShopifyCountryCode, text) countryCodeV2: string | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) formattedArea: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => Float, text) latitude: number | null;
  @Field(() => Float, text) longitude: number | null;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) phone: string | null;
  @Field(() => String, text) province: string | null;
  @Field(() => String, text) provinceCode: string | null;
  @Field(() => String, text) zip: string | null;
}

/** The fields that ask for a scope of their own or a further read are in `ShopifyCustomerFields`. */
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
