import {
  blank,
  echo,
  errorObject,
  invalid,
  invalidAttribute,
  mustExist,
  taken,
  tooLong,
  tooShort,
  type ErrorObject,
} from '#lib/json-api';
import { isDomainError, render, type ErrorTable } from '../../common/domain-error.js';

const error = (status: number, code: string, title: string, detail = title): ErrorObject => {
  return { title, detail, code, status: String(status) };
};

/** What the vendor says of a parent that does not exist. */
export const noCustomer = mustExist('customer');

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

export const methodNotAllowed = errorObject('METHOD_NOT_ALLOWED', 'The resource does not support this method.');

/** A record that something depends on. */
export const locked = (model: string, id: string): ErrorObject =>
  error(423, 'LOCKED', 'Locked resource', `Failed to destroy ${model} with id=${echo(id)}`);

/** What a new password breaks, said of the attribute that holds it. */
function passwordErrors(password: string): Pick<ErrorTable<ErrorObject>, PasswordRefusal> {
  return {
    PASSWORD_BREACHED: () => invalid(password, 'has appeared in a data leak'),
    PASSWORD_EDGE_SPACE: () => invalid(password, "can't begin or end with white space"),
    PASSWORD_HASH_REFUSED: () => invalid(password),
    PASSWORD_IS_CONTEXT_WORD: () => invalid(password, "can't be a name"),
    PASSWORD_IS_EMAIL: () => invalid(password, "can't be the email address"),
    PASSWORD_NOT_PLAIN: () => invalid(password),
    PASSWORD_TOO_COMMON: () => invalid(password, 'is too common'),
    PASSWORD_TOO_FEW_CLASSES: ({ required }) => invalid(password, `needs ${required} classes of characters`),
    PASSWORD_TOO_LONG: ({ maximum }) => tooLong(password, maximum),
    PASSWORD_TOO_SHORT: ({ minimum }) => tooShort(password, minimum),
  };
}

type PasswordRefusal =
  | 'PASSWORD_BREACHED'
  | 'PASSWORD_EDGE_SPACE'
  | 'PASSWORD_HASH_REFUSED'
  | 'PASSWORD_IS_CONTEXT_WORD'
  | 'PASSWORD_IS_EMAIL'
  | 'PASSWORD_NOT_PLAIN'
  | 'PASSWORD_TOO_COMMON'
  | 'PASSWORD_TOO_FEW_CLASSES'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_TOO_SHORT';

/** What the API answers to each refusal of the core; `password` is the attribute that holds a new one. */
function errorTable(password: string): ErrorTable<ErrorObject> {
  return {
    ACCOUNT_DISABLED: () => noCustomer,
    ACCOUNT_LOCKED: () => denied,
    ADDRESS_EXISTS: () => taken('address'),
    ADDRESS_NOT_FOUND: () => notFound,
    ADDRESSES_FULL: ({ maximum }) => invalid('address', `can be added at most ${maximum} times`),
    ALREADY_CONFIRMED: () => noCustomer,
    ALREADY_ENABLED: () => noCustomer,
    BUSY: () => error(503, 'SERVICE_UNAVAILABLE', 'Service unavailable', 'The service is busy, please try again soon.'),
    CREDENTIALS_WRONG: () => denied,
    CUSTOMER_NOT_FOUND: () => noCustomer,
    EMAIL_INVALID: () => invalid('customer_email'),
    EMAIL_TAKEN: () => taken('email'),
    EMAIL_UNCONFIRMED: () => denied,
    IDENTIFIER_TAKEN: () => taken('reference'),
    IN_USE: () => locked('record', ''),
    INVITATION_DECLINED: () => noCustomer,
    LIMIT_REACHED: () =>
      error(429, 'TOO_MANY_REQUESTS', 'Too many requests', 'You made too many requests, please try again later.'),
    MULTIPASS_REJECTED: () => denied,
    NOT_ALLOWED: () => denied,
    NOT_SIGNED_IN: () => invalidToken,
    ...passwordErrors(password),
    PASSWORD_WRONG: () => denied,
    PHONE_TAKEN: () => taken('phone'),
    PROFILE_INCOMPLETE: () => invalid('metadata'),
    RESET_TOKEN_EXPIRED: () => invalidAttribute('_reset_password_token', 'has expired', { error: 'expired' }),
    RESET_TOKEN_INVALID: () => wrongSecret,
    SECRET_EXPIRED: () => wrongSecret,
    SECRET_INVALID: () => wrongSecret,
    STORE_UNKNOWN: () => invalidToken,
    TOKEN_REJECTED: () => invalidToken,
    TOKEN_TWICE: () => errorObject('BAD_REQUEST', 'The access token was sent more than once.'),
    VALUE_TAKEN: ({ field }) => taken(field),
  };
}

export const commerceLayerErrors = errorTable('customer_password');
const customerErrors = errorTable('password');

/** What the password of a customer breaks, or nothing. */
export function passwordFaults(check: () => void): ErrorObject[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isDomainError(error)) return [render(customerErrors, error)];
    throw error;
  }
}

/** What is said of an e-mail address that is missing or none. */
export function emailFaults(name: string, given: unknown): ErrorObject[] {
  if (given === null || given === undefined || (typeof given === 'string' && given.trim() === '')) return [blank(name)];
  if (typeof given !== 'string') return [invalid(name)];
  return [invalidAttribute(name, 'is invalid', { error: 'invalid', value: echo(given) })];
}
