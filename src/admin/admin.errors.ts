import type { ErrorTable } from '../common/domain-error.js';

/** An RFC 9457 problem; `detail` tells a person what to do. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
}

const unauthorized: Problem = { status: 401, title: 'Unauthorized', detail: 'An admin token is needed.' };
const invalid = (detail: string): Problem => ({ status: 422, title: 'Unprocessable Content', detail });
const conflict = (detail: string): Problem => ({ status: 409, title: 'Conflict', detail });
const busy: Problem = { status: 503, title: 'Service Unavailable', detail: 'The service is busy; try again soon.' };

const HASH_FAULTS = {
  'unknown-form':
    'it has none of the forms that can be verified. Leave it out, and the customer sets a new password by a reset.',
  'out-of-bounds':
    'its cost is out of bounds: argon2id takes 8 to 256 MiB, 1 to 10 passes and 16 to 64 bytes, bcrypt a cost of 4 to 14. ' +
    'Leave it out, and the customer sets a new password by a reset.',
} as const;

/** What the admin API answers to each refusal of the core. */
export const adminErrors: ErrorTable<Problem> = {
  ACCOUNT_DISABLED: () => conflict('The customer is disabled.'),
  ACCOUNT_LOCKED: () => conflict('The customer is locked.'),
  ADDRESS_EXISTS: () => conflict('The customer has this address already.'),
  ADDRESS_NOT_FOUND: () => ({ status: 404, title: 'Not Found', detail: 'The customer has no such address.' }),
  ADDRESSES_FULL: ({ maximum }) => conflict(`The customer has ${maximum} addresses already.`),
  ALREADY_CONFIRMED: () => conflict('The address is confirmed already.'),
  ALREADY_ENABLED: () => conflict('The customer has an account already.'),
  BUSY: () => busy,
  CREDENTIALS_WRONG: () => unauthorized,
  CUSTOMER_NOT_FOUND: () => ({ status: 404, title: 'Not Found', detail: 'There is no such customer.' }),
  EMAIL_INVALID: () => invalid('email: the address is not valid.'),
  EMAIL_TAKEN: () => conflict('The address belongs to another customer of the realm.'),
  EMAIL_UNCONFIRMED: () => conflict('The address is not confirmed.'),
  IDENTIFIER_TAKEN: () => conflict('multipassIdentifier: it belongs to another customer of the realm.'),
  IN_USE: () => conflict('Something depends on it.'),
  INVITATION_DECLINED: () => conflict('The customer has declined; send an invitation.'),
  LIMIT_REACHED: () => ({ status: 429, title: 'Too Many Requests' }),
  MULTIPASS_REJECTED: () => unauthorized,
  NOT_ALLOWED: () => ({ status: 403, title: 'Forbidden', detail: 'The token may not do this.' }),
  NOT_SIGNED_IN: () => unauthorized,
  PASSWORD_BREACHED: () => invalid('password: it has appeared in a data leak.'),
  PASSWORD_EDGE_SPACE: () => invalid('password: it begins or ends with white space.'),
  PASSWORD_HASH_REFUSED: ({ fault }) => invalid(`passwordHash: ${HASH_FAULTS[fault]}`),
  PASSWORD_IS_CONTEXT_WORD: () => invalid('password: it is a name of the customer, the store or the product.'),
  PASSWORD_IS_EMAIL: () => invalid('password: it is the e-mail address.'),
  PASSWORD_NOT_PLAIN: () => invalid('password: it has control characters.'),
  PASSWORD_TOO_COMMON: () => invalid('password: it is one of the commonest.'),
  PASSWORD_TOO_FEW_CLASSES: ({ required }) => invalid(`password: it needs ${required} classes of characters.`),
  PASSWORD_TOO_LONG: ({ maximum }) => invalid(`password: it has more than ${maximum} characters.`),
  PASSWORD_TOO_SHORT: ({ minimum }) => invalid(`password: it has fewer than ${minimum} characters.`),
  PASSWORD_WRONG: () => unauthorized,
  PHONE_TAKEN: () => conflict('The phone number belongs to another customer of the realm.'),
  PROFILE_INCOMPLETE: ({ missing }) => invalid(`missing: ${missing.join(', ')}.`),
  RESET_TOKEN_EXPIRED: () => conflict('The secret has expired.'),
  RESET_TOKEN_INVALID: () => conflict('The secret is not valid.'),
  SECRET_EXPIRED: () => conflict('The secret has expired.'),
  SECRET_INVALID: () => conflict('The secret is not valid.'),
  STORE_UNKNOWN: () => invalid('realm: there is no such realm.'),
  TOKEN_REJECTED: () => ({ ...unauthorized, detail: 'The admin token is not known.' }),
  TOKEN_TWICE: () => ({ status: 400, title: 'Bad Request', detail: 'The token was sent more than once.' }),
  VALUE_TAKEN: ({ field }) => conflict(`${field}: it belongs to another record.`),
};
