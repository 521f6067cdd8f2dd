import { Field, ID } from '@nestjs/graphql';
import { ShopifyDateTime, ShopifyUnsignedInt64, ShopifyUrl } from '../shopify.types.js';
import { adminEnum, AdminType } from './admin.schema.js';
import {
  AdminInviteError,
  AdminLegacyInteroperability,
  AdminNode,
  AdminPageInfo,
  AdminShop,
  AdminUserError,
} from './admin.types.js';

const text = { nullable: true } as const;
const former = (deprecationReason: string) => ({ ...text, deprecationReason });

export const AdminCustomerState = adminEnum('CustomerState', ['DECLINED', 'DISABLED', 'ENABLED', 'INVITED']);
export const AdminEmailAddressMarketingState = adminEnum('CustomerEmailAddressMarketingState', [
  'INVALID',
  'NOT_SUBSCRIBED',
  'PENDING',
  'SUBSCRIBED',
  'UNSUBSCRIBED',
]);
export const AdminEmailMarketingState = adminEnum('CustomerEmailMarketingState', [
  'INVALID',
  'NOT_SUBSCRIBED',
  'PENDING',
  'REDACTED',
  'SUBSCRIBED',
  'UNSUBSCRIBED',
]);
export const AdminOptInLevel = adminEnum('CustomerMarketingOptInLevel', [
  'CONFIRMED_OPT_IN',
  'SINGLE_OPT_IN',
  'UNKNOWN',
]);

@AdminType('CustomerEmailAddress')
export class AdminEmailAddress {
  @Field(() => String) emailAddress: string;
  @Field(() => AdminOptInLevel, text) marketingOptInLevel: string | null;
  @Field(() => AdminEmailAddressMarketingState) marketingState: string;
  @Field(() => ShopifyDateTime, text) marketingUpdatedAt: Date | null;
  @Field(() => Boolean) validFormat: boolean;
}

@AdminType('CustomerEmailMarketingConsentState')
export class AdminEmailMarketingConsentState {
  @Field(() => ShopifyDateTime, text) consentUpdatedAt: Date | null;
  @Field(() => AdminOptInLevel, text) marketingOptInLevel: string | null;
  @Field(() => AdminEmailMarketingState) marketingState: string;
}

@AdminType('CustomerPhoneNumber')
export class AdminPhoneNumber {
  @Field(() => String) phoneNumber: string;
}

const CONSENT =
  'Use `defaultEmailAddress.marketingState`, `defaultEmailAddress.marketingOptInLevel`, `defaultEmailAddress.marketingUpdatedAt`, and `defaultEmailAddress.sourceLocation` instead.';

/** The addresses cost a read and are in `AdminCustomerFields`. */
@AdminType('Customer', { implements: () => [AdminLegacyInteroperability, AdminNode] })
export class AdminCustomer implements AdminLegacyInteroperability, AdminNode {
  @Field(() => Boolean) canDelete: boolean;
  @Field(() => ShopifyDateTime) createdAt: Date;
  @Field(() => AdminEmailAddress, text) defaultEmailAddress: AdminEmailAddress | null;
  @Field(() => AdminPhoneNumber, text) defaultPhoneNumber: AdminPhoneNumber | null;
  @Field(() => String) displayName: string;
  @Field(() => String, former('Use `defaultEmailAddress.emailAddress` instead.')) email: string | null;
  @Field(() => AdminEmailMarketingConsentState, former(CONSENT))
  emailMarketingConsent: AdminEmailMarketingConsentState | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => ID) id: string;
  @Field(() => String, text) lastName: string | null;
  @Field(() => ShopifyUnsignedInt64) legacyResourceId: string;
  @Field(() => String) locale: string;
  @Field(() => String, text) multipassIdentifier: string | null;
  @Field(() => String, text) note: string | null;
  @Field(() => ShopifyUnsignedInt64) numberOfOrders: string;
  @Field(() => String, former('Use `defaultPhoneNumber.phoneNumber` instead.')) phone: string | null;
  @Field(() => AdminCustomerState) state: string;
  @Field(() => [String]) tags: string[];
  @Field(() => Boolean) taxExempt: boolean;
  @Field(() => ShopifyDateTime) updatedAt: Date;
  @Field(() => Boolean) verifiedEmail: boolean;
}

@AdminType('CustomerEdge')
export class AdminCustomerEdge {
  @Field(() => String) cursor: string;
  @Field(() => AdminCustomer) node: AdminCustomer;
}

@AdminType('CustomerConnection')
export class AdminCustomerConnection {
  @Field(() => [AdminCustomerEdge]) edges: AdminCustomerEdge[];
  @Field(() => [AdminCustomer]) nodes: AdminCustomer[];
  @Field(() => AdminPageInfo) pageInfo: AdminPageInfo;
}

@AdminType('CustomerCreatePayload')
export class AdminCustomerCreatePayload {
  @Field(() => AdminCustomer, text) customer: AdminCustomer | null;
  @Field(() => [AdminUserError]) userErrors: AdminUserError[];
}

@AdminType('CustomerUpdatePayload')
export class AdminCustomerUpdatePayload extends AdminCustomerCreatePayload {}

@AdminType('CustomerDeletePayload')
export class AdminCustomerDeletePayload {
  @Field(() => ID, text) deletedCustomerId: string | null;
  @Field(() => AdminShop) shop: AdminShop;
  @Field(() => [AdminUserError]) userErrors: AdminUserError[];
}

@AdminType('CustomerGenerateAccountActivationUrlPayload')
export class AdminActivationUrlPayload {
  @Field(() => ShopifyUrl, text) accountActivationUrl: string | null;
  @Field(() => [AdminUserError]) userErrors: AdminUserError[];
}

@AdminType('CustomerSendAccountInviteEmailPayload')
export class AdminInvitePayload {
  @Field(() => AdminCustomer, text) customer: AdminCustomer | null;
  @Field(() => [AdminInviteError]) userErrors: AdminInviteError[];
}
