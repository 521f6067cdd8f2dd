import { ToldError } from '#lib/scoped-mercurius';
import type { DomainErrorCode, ErrorTable } from '../../common/domain-error.js';

/** The vendor's codes of what may be wrong with what a customer entered. */
export const customerErrorCodes = [
  'ALREADY_ENABLED',
  'BAD_DOMAIN',
  'BLANK',
  'CONTAINS_HTML_TAGS',
  'CONTAINS_URL',
  'CUSTOMER_DISABLED',
  'INVALID',
  'INVALID_MULTIPASS_REQUEST',
  'NOT_FOUND',
  'PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE',
  'TAKEN',
  'TOKEN_INVALID',
  'TOO_LONG',
  'TOO_SHORT',
  'UNIDENTIFIED_CUSTOMER',
] as const;
export type CustomerErrorCode = (typeof customerErrorCodes)[number];

const addressMembers = [
  'address1',
  'address2',
  'city',
  'company',
  'country',
  'firstName',
  'lastName',
  'phone',
  'province',
  'zip',
] as const;

/** What a refusal is about; each operation has its own path to it. */
export type Place = 'address' | 'addressId' | 'email' | 'multipassToken' | 'password' | 'secret' | AddressMember;

type AddressMember = (typeof addressMembers)[number];

/** A refusal that travels inside the payload; `place` null: about nothing in particular. */
export interface UserFault {
  readonly code: CustomerErrorCode;
  readonly place: Place | null;
  readonly message: string;
}

/** A refusal that stands beside the data. */
export interface RuntimeFault {
  readonly runtime: 'ACCESS_DENIED' | 'NOT_FOUND' | 'THROTTLED';
  /** What follows the common text, or all of it, by code. */
  readonly text: string;
}

export type ShopifyRefusal = UserFault | RuntimeFault;

/** A refusal beside the data, on its way to the answer. */
export class ShopifyError extends ToldError {
  constructor(
    message: string,
    extensions: Readonly<Record<string, unknown>>,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message, { extensions });
  }
}

/** Several things are wrong with the input; they are told together. */
export class ShopifyInputError extends Error {
  override readonly name = 'ShopifyInputError';

  constructor(readonly faults: readonly UserFault[]) {
    super('the input was refused');
  }
}

const user = (code: CustomerErrorCode, place: Place | null, message: string): UserFault => ({ code, place, message });
const runtime = (code: RuntimeFault['runtime'], text = ''): RuntimeFault => ({ runtime: code, text });

const INVALID_PASSWORD = user('INVALID', 'password', 'Password is invalid');
const INVALID_RESET = user('TOKEN_INVALID', 'secret', 'Invalid reset token');
const INVALID_ACTIVATION = user('TOKEN_INVALID', 'secret', 'Invalid activation token');
const INVALID_MULTIPASS = user('INVALID_MULTIPASS_REQUEST', 'multipassToken', 'Invalid Multipass request');
const UNIDENTIFIED = user('UNIDENTIFIED_CUSTOMER', null, 'Unidentified customer');
export const CUSTOMER_TOKEN_REQUIRED = 'Also: Requires valid customer access token.';
export const BLANK_PASSWORD = user('BLANK', 'password', "Password can't be blank");
export const INVALID_EMAIL = user('INVALID', 'email', 'Email is invalid');
export const EMAIL_STAYS = user('INVALID', 'email', 'CustomerUpdate access denied');
export const UNKNOWN_EMAIL = user('UNIDENTIFIED_CUSTOMER', 'email', 'Could not find customer');
export const DISABLED = user('CUSTOMER_DISABLED', null, 'Customer is disabled');
export const INVALID_ACTIVATION_URL = user('INVALID', 'secret', 'Invalid activation url');

/** What is said in place of TAKEN where the owner of an address has no account yet. */
export const activationMailed = (email: string): UserFault =>
  user(
    'CUSTOMER_DISABLED',
    'email',
    `We have sent an email to ${email}, please click the link included to verify your email address.`,
  );

/** What every operation answers, unless `exceptions` says otherwise. */
export const shopifyErrors: ErrorTable<ShopifyRefusal> = {
  ACCOUNT_DISABLED: () => UNIDENTIFIED,
  ACCOUNT_LOCKED: () => UNIDENTIFIED,
  ADDRESS_EXISTS: () => user('TAKEN', 'address', 'Address already exists'),
  ADDRESS_NOT_FOUND: () => user('NOT_FOUND', 'addressId', 'Address does not exist'),
  ADDRESSES_FULL: ({ maximum }) => user('INVALID', 'address', `A customer cannot have more than ${maximum} addresses`),
  ALREADY_CONFIRMED: () => INVALID_EMAIL,
  ALREADY_ENABLED: () => user('ALREADY_ENABLED', null, 'Customer already enabled'),
  BUSY: () => runtime('THROTTLED', 'Throttled'),
  CREDENTIALS_WRONG: () => UNIDENTIFIED,
  CUSTOMER_NOT_FOUND: () => runtime('NOT_FOUND', 'Unidentified customer'),
  EMAIL_INVALID: () => INVALID_EMAIL,
  EMAIL_TAKEN: () => user('TAKEN', 'email', 'Email has already been taken'),
  EMAIL_UNCONFIRMED: () => UNIDENTIFIED,
  IDENTIFIER_TAKEN: () => user('TAKEN', null, 'Multipass identifier has already been taken'),
  IN_USE: () => user('INVALID', null, 'Something depends on it'),
  INVITATION_DECLINED: () => UNIDENTIFIED,
  LIMIT_REACHED: () => runtime('THROTTLED'),
  MULTIPASS_REJECTED: () => INVALID_MULTIPASS,
  NOT_ALLOWED: () => runtime('ACCESS_DENIED'),
  NOT_SIGNED_IN: () => runtime('ACCESS_DENIED'),
  PASSWORD_BREACHED: () => INVALID_PASSWORD,
  PASSWORD_EDGE_SPACE: () =>
    user('PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE', 'password', 'Password starts or ends with whitespace'),
  PASSWORD_HASH_REFUSED: () => INVALID_PASSWORD,
  PASSWORD_IS_CONTEXT_WORD: () => INVALID_PASSWORD,
  PASSWORD_IS_EMAIL: () => INVALID_PASSWORD,
  PASSWORD_NOT_PLAIN: () => INVALID_PASSWORD,
  PASSWORD_TOO_COMMON: () => INVALID_PASSWORD,
  PASSWORD_TOO_FEW_CLASSES: () => INVALID_PASSWORD,
  PASSWORD_TOO_LONG: ({ maximum }) =>
    user('TOO_LONG', 'password', `Password is too long (maximum is ${maximum} characters)`),
  PASSWORD_TOO_SHORT: ({ minimum }) =>
    user('TOO_SHORT', 'password', `Password is too short (minimum is ${minimum} characters)`),
  PASSWORD_WRONG: () => UNIDENTIFIED,
  PHONE_TAKEN: () => user('TAKEN', 'phone', 'Phone has already been taken'),
  PROFILE_INCOMPLETE: ({ missing: [name = 'firstName'] }) => user('BLANK', name, `${LABELS[name]} can't be blank`),
  RESET_TOKEN_EXPIRED: () => INVALID_RESET,
  RESET_TOKEN_INVALID: () => INVALID_RESET,
  SECRET_EXPIRED: () => INVALID_ACTIVATION,
  SECRET_INVALID: () => INVALID_ACTIVATION,
  STORE_UNKNOWN: () => runtime('NOT_FOUND', 'Unidentified customer'),
  TOKEN_REJECTED: () => runtime('ACCESS_DENIED', CUSTOMER_TOKEN_REQUIRED),
  TOKEN_TWICE: () => runtime('ACCESS_DENIED'),
  VALUE_TAKEN: () => user('TAKEN', null, 'Value has already been taken'),
};

export const LABELS = { firstName: 'First name', lastName: 'Last name' } as const;

/** What is an operation's own. */
interface Operation {
  /** Where its arguments hold what a refusal is about. */
  readonly paths?: Readonly<Partial<Record<Place, readonly string[]>>>;
  readonly exceptions?: Readonly<Partial<Record<DomainErrorCode, ShopifyRefusal>>>;
  /** What it says over a limit. */
  readonly throttled?: string;
}

/** Who was deleted after the token was read has no token any more. */
const GONE = { CUSTOMER_NOT_FOUND: runtime('ACCESS_DENIED', CUSTOMER_TOKEN_REQUIRED) } as const;

const profileMembers = ['email', 'firstName', 'lastName', 'password', 'phone'] as const;

const ACTIVATION_LIMIT = 'Activation attempt limit exceeded. Please try again later.';
const SIGN_IN_LIMIT = 'Login attempt limit exceeded. Please try again later.';
const RESET_LIMIT = 'Resetting password limit exceeded. Please try again later.';

const operations: Readonly<Record<string, Operation>> = {
  customerAccessTokenCreate: { throttled: SIGN_IN_LIMIT },
  customerAccessTokenCreateWithMultipass: { paths: { multipassToken: ['multipassToken'] }, throttled: SIGN_IN_LIMIT },
  customerActivate: {
    paths: { password: ['input', 'password'], secret: ['input'] },
    throttled: ACTIVATION_LIMIT,
  },
  customerActivateByUrl: {
    paths: { password: ['password'], secret: ['activationUrl'] },
    throttled: ACTIVATION_LIMIT,
  },
  customerAddressCreate: { paths: { ...inside('address', addressMembers), address: ['address'] }, exceptions: GONE },
  customerAddressDelete: { paths: { addressId: ['id'] }, exceptions: GONE },
  customerAddressUpdate: {
    paths: { ...inside('address', addressMembers), address: ['address'], addressId: ['id'] },
    exceptions: GONE,
  },
  customerCreate: {
    paths: inside('input', profileMembers),
    throttled: 'Creating Customer Limit exceeded. Please try again later.',
  },
  customerDefaultAddressUpdate: { paths: { addressId: ['addressId'] }, exceptions: GONE },
  customerRecover: { paths: { email: ['email'] }, throttled: RESET_LIMIT },
  customerReset: {
    paths: { password: ['input', 'password'], secret: ['input'] },
    exceptions: { CUSTOMER_NOT_FOUND: INVALID_RESET },
    throttled: RESET_LIMIT,
  },
  customerUpdate: { paths: inside('customer', profileMembers), exceptions: GONE },
  customerResetByUrl: { paths: { password: ['password'], secret: ['resetUrl'] }, throttled: RESET_LIMIT },
};

/** Paths of an argument's members. */
function inside(argument: string, members: readonly Place[]): Partial<Record<Place, readonly string[]>> {
  return Object.fromEntries(members.map((member) => [member, [argument, member]]));
}

/** What an operation says instead of the common text, or null. */
export function exceptionFor(operation: string, code: DomainErrorCode): ShopifyRefusal | null {
  return operations[operation]?.exceptions?.[code] ?? null;
}

/** Where an operation's arguments hold a place, or null. */
export function pathTo(operation: string, place: Place | null): string[] | null {
  const path = place === null ? undefined : operations[operation]?.paths?.[place];
  return path ? [...path] : null;
}

/** What an operation says over a limit. */
export function throttledText(operation: string): string {
  return operations[operation]?.throttled ?? 'Throttled';
}
