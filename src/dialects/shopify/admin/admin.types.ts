import { Field, ID } from '@nestjs/graphql';
import { ShopifyUnsignedInt64 } from '../shopify.types.js';
import { adminEnum, AdminInterface, AdminType } from './admin.schema.js';

const text = { nullable: true } as const;

@AdminInterface('DisplayableError')
export abstract class AdminDisplayableError {
  @Field(() => [String], text) field: string[] | null;
  @Field(() => String) message: string;
}

@AdminInterface('Node')
export abstract class AdminNode {
  @Field(() => ID) id: string;
}

@AdminInterface('LegacyInteroperability')
export abstract class AdminLegacyInteroperability {
  @Field(() => ShopifyUnsignedInt64) legacyResourceId: string;
}

/** Without codes, but for the invitation's. */
@AdminType('UserError', { implements: () => [AdminDisplayableError] })
export class AdminUserError extends AdminDisplayableError {}

export const AdminInviteErrorCode = adminEnum('CustomerSendAccountInviteEmailUserErrorCode', ['INVALID']);

@AdminType('CustomerSendAccountInviteEmailUserError', { implements: () => [AdminDisplayableError] })
export class AdminInviteError extends AdminDisplayableError {
  @Field(() => AdminInviteErrorCode, text) code: string | null;
}

@AdminType('PageInfo')
export class AdminPageInfo {
  @Field(() => String, text) endCursor: string | null;
  @Field(() => Boolean) hasNextPage: boolean;
  @Field(() => Boolean) hasPreviousPage: boolean;
  @Field(() => String, text) startCursor: string | null;
}

@AdminType('Shop', { implements: () => [AdminNode] })
export class AdminShop extends AdminNode {
  @Field(() => String) name: string;
}
