import { Field, Int } from '@nestjs/graphql';
import { CountryCodeEnum } from './adobe.countries.js';
import { AdobeInput } from './adobe.schema.js';
import { AdobeAttributeValueInput } from './profile.types.js';

const text = { nullable: true } as const;

@AdobeInput('CustomerAddressRegionInput')
export class AdobeAddressRegionInput {
  @Field(() => String, text) region?: string | null;
  @Field(() => String, text) region_code?: string | null;
  @Field(() => Int, text) region_id?: number | null;
}

@AdobeInput('CustomerAddressAttributeInput')
export class AdobeAddressAttributeInput {
  @Field(() => String) attribute_code: string;
  @Field(() => String) value: string;
}

/** Addresses have no attributes of a shop's own; those that are given are taken and forgotten. */
@AdobeInput('CustomerAddressInput')
export class AdobeAddressInput {
  @Field(() => String, text) city?: string | null;
  @Field(() => String, text) company?: string | null;
  @Field(() => CountryCodeEnum, text) country_code?: string | null;
  @Field(() => CountryCodeEnum, text) country_id?: string | null;
  @Field(() => [AdobeAddressAttributeInput], { nullable: 'itemsAndList' })
  custom_attributes?: (AdobeAddressAttributeInput | null)[] | null;
  @Field(() => [AdobeAttributeValueInput], { nullable: 'itemsAndList' })
  custom_attributesV2?: (AdobeAttributeValueInput | null)[] | null;
  @Field(() => Boolean, text) default_billing?: boolean | null;
  @Field(() => Boolean, text) default_shipping?: boolean | null;
  @Field(() => String, text) fax?: string | null;
  @Field(() => String, text) firstname?: string | null;
  @Field(() => String, text) lastname?: string | null;
  @Field(() => String, text) middlename?: string | null;
  @Field(() => String, text) postcode?: string | null;
  @Field(() => String, text) prefix?: string | null;
  @Field(() => AdobeAddressRegionInput, text) region?: AdobeAddressRegionInput | null;
  @Field(() => [String], { nullable: 'itemsAndList' }) street?: (string | null)[] | null;
  @Field(() => String, text) suffix?: string | null;
  @Field(() => String, text) telephone?: string | null;
  @Field(() => String, text) vat_id?: string | null;
}
