import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { ShopifyDateTime } from '../shopify.types.js';
import { AdminMailingAddressInput } from './address.types.js';
import { adminEnum, AdminInput } from './admin.schema.js';
import { AdminEmailMarketingState, AdminOptInLevel } from './customer.types.js';

const text = { nullable: true } as const;

export const AdminCustomerSortKeys = adminEnum('CustomerSortKeys', [
  'CREATED_AT',
  'ID',
  'LOCATION',
  'NAME',
  'RELEVANCE',
  'UPDATED_AT',
]);

@AdminInput('CustomerEmailMarketingConsentInput')
export class AdminConsentInput {
  @Field(() => ShopifyDateTime, text) consentUpdatedAt?: Date | null;
  @Field(() => AdminOptInLevel, text) marketingOptInLevel?: string | null;
  @Field(() => AdminEmailMarketingState) marketingState: string;
}

const ADDRESSES =
  'Use the dedicated address mutations (`customerAddressCreate`, `customerAddressUpdate`, `customerAddressDelete`) instead.\n';

@AdminInput('CustomerInput')
export class AdminCustomerInput {
  @Field(() => [AdminMailingAddressInput], { ...text, deprecationReason: ADDRESSES })
  addresses?: AdminMailingAddressInput[] | null;
  @Field(() => String, text) email?: string | null;
  @Field(() => AdminConsentInput, text) emailMarketingConsent?: AdminConsentInput | null;
  @Field(() => String, text) firstName?: string | null;
  @Field(() => ID, text) id?: string | null;
  @Field(() => String, text) lastName?: string | null;
  @Field(() => String, text) locale?: string | null;
  @Field(() => String, text) multipassIdentifier?: string | null;
  @Field(() => String, text) note?: string | null;
  @Field(() => String, text) phone?: string | null;
  @Field(() => [String], text) tags?: string[] | null;
  @Field(() => Boolean, text) taxExempt?: boolean | null;
}

@AdminInput('CustomerDeleteInput')
export class AdminCustomerDeleteInput {
  @Field(() => ID) id: string;
}

@AdminInput('CustomerIdentifierInput', { isOneOf: true })
export class AdminCustomerIdentifierInput {
  @Field(() => String, text) emailAddress?: string | null;
  @Field(() => ID, text) id?: string | null;
  @Field(() => String, text) phoneNumber?: string | null;
}

@AdminInput('EmailInput')
export class AdminEmailInput {
  @Field(() => [String], text) bcc?: string[] | null;
  @Field(() => String, text) body?: string | null;
  @Field(() => String, text) customMessage?: string | null;
  @Field(() => String, text) from?: string | null;
  @Field(() => String, text) subject?: string | null;
  @Field(() => String, text) to?: string | null;
}

@ArgsType()
export class AdminCustomersArguments {
  @Field(() => String, text) after?: string | null;
  @Field(() => String, text) before?: string | null;
  @Field(() => Int, text) first?: number | null;
  @Field(() => Int, text) last?: number | null;
  @Field(() => String, text) query?: string | null;
  @Field(() => Boolean, { ...text, defaultValue: false }) reverse?: boolean | null;
  @Field(() => AdminCustomerSortKeys, { ...text, defaultValue: 'ID' }) sortKey?: string | null;
}
