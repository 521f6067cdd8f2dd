import { Field, Int } from '@nestjs/graphql';
import { AdobeType } from './adobe.schema.js';
import { AdobeConfirmationStatus, AdobeCustomerGroup, AdobeWishlist } from './adobe.types.js';

const text = { nullable: true } as const;

/** The fields that need arguments or a further read are in `AdobeCustomerFields`. */
@AdobeType('Customer')
export class AdobeCustomer {
  @Field(() => Boolean) allow_remote_shopping_assistance: boolean;
  @Field(() => AdobeConfirmationStatus) confirmation_status: string;
  @Field(() => String, text) created_at: string | null;
  @Field(() => String, text) date_of_birth: string | null;
  @Field(() => String, text) default_billing: string | null;
  @Field(() => String, text) default_shipping: string | null;
  @Field(() => String, { ...text, deprecationReason: 'use date_of_birth' }) dob: string | null;
  @Field(() => String, text) email: string | null;
  @Field(() => String, text) firstname: string | null;
  @Field(() => Int, text) gender: number | null;
  @Field(() => AdobeCustomerGroup, text) group: AdobeCustomerGroup | null;
  @Field(() => Int, { ...text, deprecationReason: 'not exposed, use group' }) group_id: number | null;
  @Field(() => Int, { ...text, deprecationReason: 'legacy identifier' }) id: number | null;
  @Field(() => Boolean, text) is_confirmed: boolean | null;
  @Field(() => Boolean, text) is_subscribed: boolean | null;
  @Field(() => String, text) lastname: string | null;
  @Field(() => String, text) middlename: string | null;
  @Field(() => String, text) prefix: string | null;
  @Field(() => String, text) suffix: string | null;
  @Field(() => String, text) taxvat: string | null;
  @Field(() => AdobeWishlist, { deprecationReason: 'use wishlists or wishlist_v2' }) wishlist: AdobeWishlist;
}

@AdobeType('CustomerOutput')
export class AdobeCustomerOutput {
  @Field(() => AdobeCustomer) customer: AdobeCustomer;
}
