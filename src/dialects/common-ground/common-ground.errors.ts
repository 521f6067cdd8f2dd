import { ToldError } from '#lib/scoped-mercurius';
import type { ErrorTable } from '../../common/domain-error.js';

export type CommonGroundCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'INVALID_CREDENTIALS'
  | 'NOT_VERIFIED'
  | 'INVALID_TOKEN'
  | 'REAUTHENTICATION_REQUIRED'
  | 'RATE_LIMITED';

/** What is wrong with a new password. */
export type PasswordFault = 'TOO_SHORT' | 'TOO_LONG' | 'COMMON' | 'CONTAINS_CONTEXT';

/** A refusal as this dialect words it. */
export interface CommonGroundRefusal {
  readonly message: string;
  readonly code: CommonGroundCode;
  readonly reason?: PasswordFault;
  /** Absent: 200. */
  readonly status?: 400 | 401 | 429 | 503;
  readonly retryAfterSeconds?: number;
}

/** A refusal on its way to the answer. */
export class CommonGroundError extends ToldError {
  constructor(readonly refusal: CommonGroundRefusal) {
    const { message, code, reason } = refusal;
    super(message, { extensions: reason ? { code, reason } : { code } });
  }
}

/** @throws CommonGroundError, always */
export function refuse(text: string): never {
  throw new CommonGroundError(badInput(text));
}

export type CommonGroundErrors = ErrorTable<CommonGroundRefusal>;

const badInput = (message: string, reason?: PasswordFault): CommonGroundRefusal => ({
  message,
  code: 'BAD_USER_INPUT',
  ...(reason ? { reason } : {}),
});

const unauthenticated: CommonGroundRefusal = {
  message: 'Authentication is required.',
  code: 'UNAUTHENTICATED',
  status: 401,
};
const wrongCredentials: CommonGroundRefusal = {
  message: 'The email or password is incorrect.',
  code: 'INVALID_CREDENTIALS',
};
const notActive: CommonGroundRefusal = { message: 'The buyer is not active.', code: 'FORBIDDEN' };
const badToken: CommonGroundRefusal = {
  message: 'The password reset token is invalid or has expired.',
  code: 'INVALID_TOKEN',
};
const badConfirmation: CommonGroundRefusal = {
  message: 'The verification token or code is invalid or has expired.',
  code: 'INVALID_TOKEN',
};
const badCharacters = badInput('The password contains characters that are not allowed.');

/** What servers and back offices hear: they may read every account anyway. */
export const adminErrors: CommonGroundErrors = {
  ACCOUNT_DISABLED: () => notActive,
  ACCOUNT_LOCKED: () => notActive,
  ADDRESS_EXISTS: () => ({ message: 'The address exists already.', code: 'CONFLICT' }),
  ADDRESS_NOT_FOUND: () => ({ message: 'The address does not exist.', code: 'NOT_FOUND' }),
  ADDRESSES_FULL: ({ maximum }) => badInput(`At most ${maximum} addresses can be kept.`),
  ALREADY_CONFIRMED: () => badInput('The email address is confirmed already.'),
  ALREADY_ENABLED: () => badInput('The account is active already.'),
  BUSY: ({ retryAfterSeconds }) => ({
    message: 'The service is busy. Please try again later.',
    code: 'RATE_LIMITED',
    status: 503,
    retryAfterSeconds,
  }),
  CREDENTIALS_WRONG: () => unauthenticated,
  CUSTOMER_NOT_FOUND: () => ({ message: 'No buyer has this email address.', code: 'NOT_FOUND' }),
  EMAIL_INVALID: () => badInput('The email address is not valid.'),
  EMAIL_TAKEN: () => ({ message: 'The email address is already in use.', code: 'CONFLICT' }),
  EMAIL_UNCONFIRMED: () => ({ message: 'Please confirm your email address.', code: 'NOT_VERIFIED' }),
  IDENTIFIER_TAKEN: () => ({ message: 'The identifier is already in use.', code: 'CONFLICT' }),
  IN_USE: () => ({ message: 'Something depends on it.', code: 'CONFLICT' }),
  INVITATION_DECLINED: () => notActive,
  LIMIT_REACHED: ({ retryAfterSeconds }) => ({
    message: 'Too many requests. Please try again later.',
    code: 'RATE_LIMITED',
    status: 429,
    retryAfterSeconds,
  }),
  MULTIPASS_REJECTED: () => wrongCredentials,
  NOT_ALLOWED: () => unauthenticated,
  NOT_SIGNED_IN: () => unauthenticated,
  PASSWORD_BREACHED: () => badInput('The password has appeared in a data leak.', 'COMMON'),
  PASSWORD_EDGE_SPACE: () => badCharacters,
  PASSWORD_HASH_REFUSED: () => badInput('The password hash cannot be verified.'),
  PASSWORD_IS_CONTEXT_WORD: () =>
    badInput('The password must not be the name of the shop or of its owner.', 'CONTAINS_CONTEXT'),
  PASSWORD_IS_EMAIL: () => badInput('The password must not be the email address.', 'CONTAINS_CONTEXT'),
  PASSWORD_NOT_PLAIN: () => badCharacters,
  PASSWORD_TOO_COMMON: () => badInput('The password is too common.', 'COMMON'),
  PASSWORD_TOO_FEW_CLASSES: ({ required }) =>
    badInput(`The password needs at least ${required} different kinds of characters.`),
  PASSWORD_TOO_LONG: ({ maximum }) => badInput(`The password must have at most ${maximum} characters.`, 'TOO_LONG'),
  PASSWORD_TOO_SHORT: ({ minimum }) => badInput(`The password needs at least ${minimum} characters.`, 'TOO_SHORT'),
  PASSWORD_WRONG: () => wrongCredentials,
  PHONE_TAKEN: () => ({ message: 'The telephone number is already in use.', code: 'CONFLICT' }),
  PROFILE_INCOMPLETE: ({ missing }) => badInput(`Missing: ${missing.join(', ')}.`),
  RESET_TOKEN_EXPIRED: () => badToken,
  RESET_TOKEN_INVALID: () => badToken,
  SECRET_EXPIRED: () => badConfirmation,
  SECRET_INVALID: () => badConfirmation,
  STORE_UNKNOWN: () => ({ ...badInput('Unknown store.'), status: 400 }),
  TOKEN_REJECTED: () => unauthenticated,
  TOKEN_TWICE: () => ({ ...badInput('The token was sent more than once.'), status: 400 }),
  VALUE_TAKEN: () => ({ message: 'The value is already in use.', code: 'CONFLICT' }),
};

/** What storefronts hear: of a sign-in that fails, nothing about the account (SEC-75). */
export const clientErrors: CommonGroundErrors = {
  ...adminErrors,
  ACCOUNT_DISABLED: () => wrongCredentials,
  ACCOUNT_LOCKED: () => wrongCredentials,
  CREDENTIALS_WRONG: () => wrongCredentials,
  CUSTOMER_NOT_FOUND: () => badToken,
};
