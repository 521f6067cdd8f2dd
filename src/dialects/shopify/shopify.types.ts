import { Field, ID } from '@nestjs/graphql';
import { GraphQLScalarType } from 'graphql';
import { customerErrorCodes, type CustomerErrorCode } from './shopify.errors.js';
import { shopifyEnum, ShopifyInterface, ShopifyType } from './shopify.schema.js';

const text = { nullable: true } as const;

/** UTC, whole seconds. */
export const ShopifyDateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (at) => (at instanceof Date ? `${at.toISOString().slice(0, 19)}Z` : String(at)),
  parseValue: timeIn,
});

/** A number as decimal digits, since JavaScript's are too short for it. */
export const ShopifyUnsignedInt64 = new GraphQLScalarType({ name: 'UnsignedInt64', serialize: String });

/** A text with scheme and host. */
export const ShopifyUrl = new GraphQLScalarType({ name: 'URL', serialize: String, parseValue: urlText });

function timeIn(value: unknown): Date {
  const isTime =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value);
  const at = isTime ? new Date(value) : null;
  if (!at || Number.isNaN(at.getTime())) throw new TypeError('DateTime cannot represent a value that is no time');
  return at;
}

function urlText(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (!url || url.host === '') throw new TypeError('URL cannot represent a value without scheme and host');
  return String(value);
}

export const ShopifyCustomerErrorCode = shopifyEnum(
  'CustomerErrorCode',
  Object.fromEntries(customerErrorCodes.map((code) => [code, code])),
);

@ShopifyInterface('DisplayableError')
export abstract class ShopifyDisplayableError {
  @Field(() => [String], text) field: string[] | null;
  @Field(() => String) message: string;
}

@ShopifyType('PageInfo')
export class ShopifyPageInfo {
  @Field(() => String, text) endCursor: string | null;
  @Field(() => Boolean) hasNextPage: boolean;
  @Field(() => Boolean) hasPreviousPage: boolean;
  @Field(() => String, text) startCursor: string | null;
}

@ShopifyInterface('Node')
export abstract class ShopifyNode {
  @Field(() => ID) id: string;
}

@ShopifyType('CustomerUserError', { implements: () => [ShopifyDisplayableError] })
export class ShopifyCustomerUserError extends ShopifyDisplayableError {
  @Field(() => ShopifyCustomerErrorCode, text) code: CustomerErrorCode | null;
}

@ShopifyType('UserError', { implements: () => [ShopifyDisplayableError] })
export class ShopifyUserError extends ShopifyDisplayableError {}

@ShopifyType('CustomerAccessToken')
export class ShopifyCustomerAccessToken {
  @Field(() => String) accessToken: string;
  @Field(() => ShopifyDateTime) expiresAt: Date;
}
