import { Field } from '@nestjs/graphql';
import { ShopifyCountryCode } from './address.types.js';
import { ShopifyType } from './shopify.schema.js';
import { ShopifyNode, ShopifyUrl } from './shopify.types.js';

const text = { nullable: true } as const;

@ShopifyType('ApiVersion')
export class ShopifyApiVersion {
  @Field(() => String) displayName: string;
  @Field(() => String) handle: string;
  @Field(() => Boolean) supported: boolean;
}

@ShopifyType('Domain')
export class ShopifyDomain {
  @Field(() => String) host: string;
  @Field(() => Boolean) sslEnabled: boolean;
  @Field(() => ShopifyUrl) url: string;
}

@ShopifyType('SocialLoginProvider')
export class ShopifySocialLoginProvider {
  @Field(() => String) handle: string;
}

@ShopifyType('Shop', { implements: () => [ShopifyNode] })
export class ShopifyShop extends ShopifyNode {
  @Field(() => String, text) customerAccountUrl: string | null;
  @Field(() => String, text) description: string | null;
  @Field(() => String) moneyFormat: string;
  @Field(() => String) name: string;
  @Field(() => ShopifyDomain) primaryDomain: ShopifyDomain;
  @Field(() => [ShopifyCountryCode]) shipsToCountries: string[];
  @Field(() => [ShopifySocialLoginProvider]) socialLoginProviders: ShopifySocialLoginProvider[];
}
