import { Field, Float, ID, Int } from '@nestjs/graphql';
import { adobeEnum, AdobeType } from './adobe.schema.js';

const text = { nullable: true } as const;

@AdobeType('Region')
export class AdobeRegion {
  @Field(() => String, text) code: string | null;
  @Field(() => Int, text) id: number | null;
  @Field(() => String, text) name: string | null;
}

@AdobeType('Country')
export class AdobeCountry {
  @Field(() => [AdobeRegion], { nullable: 'itemsAndList' }) available_regions: AdobeRegion[] | null;
  @Field(() => String, text) full_name_english: string | null;
  @Field(() => String, text) full_name_locale: string | null;
  @Field(() => String, text) id: string | null;
  @Field(() => String, text) three_letter_abbreviation: string | null;
  @Field(() => String, text) two_letter_abbreviation: string | null;
}

@AdobeType('StoreConfig')
export class AdobeStoreConfig {
  @Field(() => Boolean, text) autocomplete_on_storefront: boolean | null;
  @Field(() => String, text) base_currency_code: string | null;
  @Field(() => String, text) base_link_url: string | null;
  @Field(() => String, text) base_media_url: string | null;
  @Field(() => String, text) base_url: string | null;
  @Field(() => String, { ...text, deprecationReason: 'use store_code' }) code: string | null;
  @Field(() => String, text) countries_with_required_region: string | null;
  @Field(() => Boolean, text) create_account_confirmation: boolean | null;
  @Field(() => Float, text) customer_access_token_lifetime: number | null;
  @Field(() => String, text) default_display_currency_code: string | null;
  @Field(() => Boolean, text) display_state_if_optional: boolean | null;
  @Field(() => Boolean, text) graphql_share_customer_group: boolean | null;
  @Field(() => Int, { ...text, deprecationReason: 'use store_code' }) id: number | null;
  @Field(() => Boolean, text) is_default_store: boolean | null;
  @Field(() => Boolean, text) is_default_store_group: boolean | null;
  @Field(() => String, text) locale: string | null;
  @Field(() => String, text) minimum_password_length: string | null;
  @Field(() => Boolean) newsletter_enabled: boolean;
  @Field(() => String, text) optional_zip_countries: string | null;
  @Field(() => String, text) required_character_classes_number: string | null;
  @Field(() => ID, text) root_category_uid: string | null;
  @Field(() => String, text) secure_base_link_url: string | null;
  @Field(() => String, text) secure_base_media_url: string | null;
  @Field(() => String, text) secure_base_url: string | null;
  @Field(() => ID, text) store_code: string | null;
  @Field(() => ID, text) store_group_code: string | null;
  @Field(() => String, text) store_group_name: string | null;
  @Field(() => String, text) store_name: string | null;
  @Field(() => Int, text) store_sort_order: number | null;
  @Field(() => String, text) timezone: string | null;
  @Field(() => ID, text) website_code: string | null;
  @Field(() => Int, { ...text, deprecationReason: 'not needed' }) website_id: number | null;
  @Field(() => String, text) website_name: string | null;
  @Field(() => String, text) magento_wishlist_general_is_enabled: string | null;
  @Field(() => Boolean, text) use_store_in_url: boolean | null;
}

export const AdobeSubscriptionStatus = adobeEnum('SubscriptionStatusesEnum', {
  NOT_ACTIVE: 'NOT_ACTIVE',
  SUBSCRIBED: 'SUBSCRIBED',
  UNSUBSCRIBED: 'UNSUBSCRIBED',
  UNCONFIRMED: 'UNCONFIRMED',
});

@AdobeType('SubscribeEmailToNewsletterOutput')
export class AdobeSubscribeOutput {
  @Field(() => AdobeSubscriptionStatus, text) status: string | null;
}
