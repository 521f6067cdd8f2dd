import { Field, ID, Int } from '@nestjs/graphql';
import { adobeEnum, AdobeInput, AdobeInterface, AdobeType } from './adobe.schema.js';

const text = { nullable: true } as const;

@AdobeType('CustomerToken')
export class AdobeCustomerToken {
  @Field(() => String, text) token: string | null;
}

@AdobeInput('GenerateCustomerTokenAsAdminInput')
export class AdobeTokenAsAdminInput {
  @Field(() => String) customer_email: string;
}

@AdobeType('GenerateCustomerTokenAsAdminOutput')
export class AdobeTokenAsAdminOutput {
  @Field(() => String) customer_token: string;
}

@AdobeType('RevokeCustomerTokenOutput')
export class AdobeRevokeCustomerTokenOutput {
  @Field(() => Boolean) result: boolean;
}

@AdobeType('IsEmailAvailableOutput')
export class AdobeIsEmailAvailableOutput {
  @Field(() => Boolean, text) is_email_available: boolean | null;
}

@AdobeType('CustomerGroupStorefront')
export class AdobeCustomerGroup {
  @Field(() => ID) uid: string;
}

@AdobeType('SearchResultPageInfo')
export class AdobePageInfo {
  @Field(() => Int, text) current_page: number | null;
  @Field(() => Int, text) page_size: number | null;
  @Field(() => Int, text) total_pages: number | null;
}

export const AdobeWishlistVisibility = adobeEnum('WishlistVisibilityEnum', { PUBLIC: 'PUBLIC', PRIVATE: 'PRIVATE' });

export const AdobeConfirmationStatus = adobeEnum('ConfirmationStatusEnum', {
  ACCOUNT_CONFIRMED: 'ACCOUNT_CONFIRMED',
  ACCOUNT_CONFIRMATION_NOT_REQUIRED: 'ACCOUNT_CONFIRMATION_NOT_REQUIRED',
});

@AdobeType('Wishlist')
export class AdobeWishlist {
  @Field(() => ID, text) id: string | null;
  @Field(() => Int, text) items_count: number | null;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) sharing_code: string | null;
  @Field(() => String, text) updated_at: string | null;
  @Field(() => AdobeWishlistVisibility) visibility: string;
}

@AdobeInterface('AttributeValueInterface', { resolveType: () => 'AttributeValue' })
export abstract class AdobeAttributeValueInterface {
  @Field(() => ID) code: string;
}

@AdobeType('AttributeValue', { implements: () => [AdobeAttributeValueInterface] })
export class AdobeAttributeValue extends AdobeAttributeValueInterface {
  @Field(() => String) value: string;
}

@AdobeInterface('AttributeSelectedOptionInterface', { resolveType: () => 'AttributeSelectedOption' })
export abstract class AdobeAttributeSelectedOptionInterface {
  @Field(() => String) label: string;
  @Field(() => String) value: string;
}

@AdobeType('AttributeSelectedOption', { implements: () => [AdobeAttributeSelectedOptionInterface] })
export class AdobeAttributeSelectedOption extends AdobeAttributeSelectedOptionInterface {}

/** In the schema because clients select its fields; values are kept, and answered, as plain texts. */
@AdobeType('AttributeSelectedOptions', { implements: () => [AdobeAttributeValueInterface] })
export class AdobeAttributeSelectedOptions extends AdobeAttributeValueInterface {
  @Field(() => [AdobeAttributeSelectedOptionInterface], { nullable: 'items' })
  selected_options: AdobeAttributeSelectedOptionInterface[];
}
