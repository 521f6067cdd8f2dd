import { JsonApiFault, pointerTo, type ErrorObject } from '#lib/json-api';
import type { ErrorTable } from '../../common/domain-error.js';

type Facts = Readonly<Record<string, string | number>>;

const error = (status: number, code: string, title: string, detail = title): ErrorObject => {
  return { title, detail, code, status: String(status) };
};

/** A value that breaks a rule; `facts.error` is the machine's name of the rule. */
export function invalidAttribute(name: string, message: string, facts: Facts): ErrorObject {
  return {
    title: message,
    detail: `${name} - ${message}`,
    code: 'VALIDATION_ERROR',
    source: pointerTo('data', 'attributes', name),
    status: '422',
    meta: facts,
  };
}

export const blank = (name: string): ErrorObject => invalidAttribute(name, "can't be blank", { error: 'blank' });
export const invalid = (name: string, message = 'is invalid'): ErrorObject =>
  invalidAttribute(name, message, { error: 'invalid' });
export const tooLong = (name: string, count: number): ErrorObject =>
  invalidAttribute(name, `is too long (maximum is ${count} characters)`, { error: 'too_long', count });

/** What the vendor says of a parent that does not exist. */
export const noCustomer: ErrorObject = {
  ...invalidAttribute('customer', 'must exist', { error: 'blank' }),
  source: pointerTo('data', 'relationships', 'customer'),
};

const invalidToken = error(401, 'INVALID_TOKEN', 'Invalid token', 'The access token you provided is invalid.');
const denied = error(
  401,
  'UNAUTHORIZED',
  'Access denied',
  'You are not authorized to perform this action on the requested resource.',
);
const wrongSecret = invalid('_reset_password_token');

export const notFound = error(
  404,
  'RECORD_NOT_FOUND',
  'Record not found',
  'The requested resource was not found. Please double-check the resource id.',
);
export const internal = error(500, 'INTERNAL_SERVER_ERROR', 'Internal Server Error');

const PASSWORD = 'customer_password';

/** What the API answers to each refusal of the core. */
export const commerceLayerErrors: ErrorTable<ErrorObject> = {
  ACCOUNT_DISABLED: () => noCustomer,
  ACCOUNT_LOCKED: () => denied,
  ADDRESS_EXISTS: () => invalidAttribute('address', 'has already been taken', { error: 'taken' }),
  ADDRESS_NOT_FOUND: () => notFound,
  ADDRESSES_FULL: ({ maximum }) => invalid('address', `can be added at most ${maximum} times`),
  ALREADY_CONFIRMED: () => noCustomer,
  ALREADY_ENABLED: () => noCustomer,
  BUSY: () => error(503, 'SERVICE_UNAVAILABLE', 'Service unavailable', 'The service is busy, please try again soon.'),
  CREDENTIALS_WRONG: () => denied,
  CUSTOMER_NOT_FOUND: () => noCustomer,
  EMAIL_INVALID: () => invalid('customer_email'),
  EMAIL_TAKEN: () => invalidAttribute('email', 'has already been taken', { error: 'taken' }),
  EMAIL_UNCONFIRMED: () => denied,
  IDENTIFIER_TAKEN: () => invalidAttribute('reference', 'has already been taken', { error: 'taken' }),
  INVITATION_DECLINED: () => noCustomer,
  LIMIT_REACHED: () =>
    error(429, 'TOO_MANY_REQUESTS', 'Too many requests', 'You made too many requests, please try again later.'),
  MULTIPASS_REJECTED: () => denied,
  NOT_ALLOWED: () => denied,
  NOT_SIGNED_IN: () => invalidToken,
  PASSWORD_EDGE_SPACE: () => invalid(PASSWORD, "can't begin or end with white space"),
  PASSWORD_HASH_REFUSED: () => invalid(PASSWORD),
  PASSWORD_IS_EMAIL: () => invalid(PASSWORD, "can't be the email address"),
  PASSWORD_NOT_PLAIN: () => invalid(PASSWORD),
  PASSWORD_TOO_FEW_CLASSES: ({ required }) => invalid(PASSWORD, `needs ${required} classes of characters`),
  PASSWORD_TOO_LONG: ({ maximum }) => tooLong(PASSWORD, maximum),
  PASSWORD_TOO_SHORT: ({ minimum }) =>
    invalidAttribute(PASSWORD, `is too short (minimum is ${minimum} characters)`, {
      error: 'too_short',
      count: minimum,
    }),
  PASSWORD_WRONG: () => denied,
  PHONE_TAKEN: () => invalidAttribute('phone', 'has already been taken', { error: 'taken' }),
  PROFILE_INCOMPLETE: () => invalid('metadata'),
  RESET_TOKEN_EXPIRED: () => invalidAttribute('_reset_password_token', 'has expired', { error: 'expired' }),
  RESET_TOKEN_INVALID: () => wrongSecret,
  SECRET_EXPIRED: () => wrongSecret,
  SECRET_INVALID: () => wrongSecret,
  STORE_UNKNOWN: () => invalidToken,
  TOKEN_REJECTED: () => invalidToken,
};

/** @throws JsonApiFault when there is any fault */
export function refuseAll(faults: readonly ErrorObject[]): void {
  const [first, ...more] = faults;
  if (first) throw new JsonApiFault([first, ...more]);
}
