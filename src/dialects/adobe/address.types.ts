import { Field, ID, Int } from '@nestjs/graphql';
import { CountryCodeEnum } from './adobe.countries.js';
import { AdobeType } from './adobe.schema.js';
import { AdobePageInfo } from './adobe.types.js';

const text = { nullable: true } as const;

@AdobeType('CustomerAddressRegion')
export class AdobeAddressRegion {
  @Field(() => String, text) region: string | null;
  @Field(() => String, text) region_code: string | null;
  @Field(() => Int, text) region_id: number | null;
}

@AdobeType('CustomerAddressAttribute')
export class AdobeAddressAttribute {
  @Field(() => String, text) attribute_code: string | null;
  @Field(() => String, text) value: string | null;
}

/** The fields that take arguments are in `AdobeAddressFields`. */
@AdobeType('CustomerAddress')
export class AdobeAddress {
  @Field(() => String, text) city: string | null;
  @Field(() => String, text) company: string | null;
  @Field(() => CountryCodeEnum, text) country_code: string | null;
  @Field(() => String, { ...text, deprecationReason: 'use country_code' }) country_id: string | null;
  @Field(() => [AdobeAddressAttribute], { nullable: 'itemsAndList', deprecationReason: 'use custom_attributesV2' })
  custom_attributes: AdobeAddressAttribute[] | null;
  @Field(() => Int, { ...text, deprecationReason: 'not exposed' }) customer_id: number | null;
  @Field(() => Boolean, text) default_billing: boolean | null;
  @Field(() => Boolean, text) default_shipping: boolean | null;
  @Field(() => [AdobeAddressAttribute], { nullable: 'itemsAndList' }) extension_attributes:
    AdobeAddressAttribute[] | null;
  @Field(() => String, text) fax: string | null;
  @Field(() => String, text) firstname: string | null;
  @Field(() => Int, { ...text, deprecationReason: 'use uid' }) id: number | null;
  @Field(() => String, text) lastname: string | null;
  @Field(() => String, text) middlename: string | null;
  @Field(() => String, text) postcode: string | null;
  @Field(() => String, text) prefix: string | null;
  @Field(() => AdobeAddressRegion, text) region: AdobeAddressRegion | null;
  @Field(() => Int, text) region_id: number | null;
  @Field(() => [String], { nullable: 'itemsAndList' }) street: string[] | null;
  @Field(() => String, text) suffix: string | null;
  @Field(() => String, text) telephone: string | null;
  @Field(() => ID, text) uid: string | null;
  @Field(() => String, text) vat_id: string | null;
}

@AdobeType('CustomerAddresses')
export class AdobeAddresses {
  @Field(() => [AdobeAddress], { nullable: 'itemsAndList' }) items: AdobeAddress[] | null;
  @Field(() => AdobePageInfo, text) page_info: AdobePageInfo | null;
  @Field(() => Int, text) total_count: number | null;
}
