import { Field, Float } from '@nestjs/graphql';
import { countryCodes } from './shopify.countries.js';
import { shopifyEnum, ShopifyInput, ShopifyType } from './shopify.schema.js';
import { ShopifyNode, ShopifyPageInfo } from './shopify.types.js';

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

@ShopifyType('MailingAddressEdge')
export class ShopifyMailingAddressEdge {
  @Field(() => String) cursor: string;
  @Field(() => ShopifyMailingAddress) node: ShopifyMailingAddress;
}

@ShopifyType('MailingAddressConnection')
export class ShopifyMailingAddressConnection {
  @Field(() => [ShopifyMailingAddressEdge]) edges: ShopifyMailingAddressEdge[];
  @Field(() => [ShopifyMailingAddress]) nodes: ShopifyMailingAddress[];
  @Field(() => ShopifyPageInfo) pageInfo: ShopifyPageInfo;
}

@ShopifyInput('MailingAddressInput')
export class ShopifyMailingAddressInput {
  @Field(() => String, text) address1?: string | null;
  @Field(() => String, text) address2?: string | null;
  @Field(() => String, text) city?: string | null;
  @Field(() => String, text) company?: string | null;
  @Field(() => String, text) country?: string | null;
  @Field(() => String, text) firstName?: string | null;
  @Field(() => String, text) lastName?: string | null;
  @Field(() => String, text) phone?: string | null;
  @Field(() => String, text) province?: string | null;
  @Field(() => String, text) zip?: string | null;
}
