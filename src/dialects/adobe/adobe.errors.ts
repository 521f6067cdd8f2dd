import type { DomainErrorCode, ErrorTable } from '../../common/domain-error.js';
import { authentication, authorization, input, type AdobeRefusal } from './adobe.refusal.js';

const SIGN_IN_REFUSED =
  'The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.';
const UNCONFIRMED = "This account isn't confirmed. Verify and try again.";
const TOO_MANY = 'We received too many requests. Please wait and try again later.';
export const MISMATCHED = 'The password token is mismatched. Reset and try again.';
const NO_RESET = "Cannot reset the customer's password";
const NOT_SET = "Cannot set the customer's password";
const NOT_CONFIRMED = 'There was an error confirming the account';
const NOT_SENT = 'There was an error when sending the confirmation email';
const TAKEN = 'A customer with the same email address already exists in an associated website.';

/** What every operation answers, unless `operationErrors` says otherwise. Texts: Adobe Commerce 2.4.8. */
export const adobeErrors: ErrorTable<AdobeRefusal> = {
  ACCOUNT_DISABLED: () => authentication(SIGN_IN_REFUSED),
  ACCOUNT_LOCKED: () => authentication('The account is locked.'),
  ADDRESS_EXISTS: () => input('The customer has this address already.'),
  ADDRESS_NOT_FOUND: () => ({ message: 'The customer has no such address.', category: 'graphql-no-such-entity' }),
  ADDRESSES_FULL: ({ maximum }) => input('A customer can have at most %1 addresses.', [String(maximum)]),
  ALREADY_CONFIRMED: () => input('The account is already active.'),
  ALREADY_ENABLED: () => input('The account is already active.'),
  BUSY: () => input('The service is busy. Please try again later.'),
  CREDENTIALS_WRONG: () => authentication(SIGN_IN_REFUSED),
  CUSTOMER_NOT_FOUND: () => ({ message: 'The customer does not exist.', category: 'graphql-no-such-entity' }),
  EMAIL_INVALID: () => input('The email address has an invalid format.'),
  EMAIL_TAKEN: () => input(TAKEN),
  EMAIL_UNCONFIRMED: () => authentication(UNCONFIRMED),
  IDENTIFIER_TAKEN: () => input('A customer with the same identifier already exists.'),
  IN_USE: () => input('Something depends on it.'),
  INVITATION_DECLINED: () => authentication(SIGN_IN_REFUSED),
  LIMIT_REACHED: () => input(TOO_MANY),
  MULTIPASS_REJECTED: () => authentication(SIGN_IN_REFUSED),
  NOT_ALLOWED: () => authorization("The current customer isn't authorized."),
  NOT_SIGNED_IN: () => authorization("The current customer isn't authorized."),
  PASSWORD_BREACHED: () => input('The password has appeared in a data leak. Create a new password and try again.'),
  PASSWORD_EDGE_SPACE: () => input("The password can't begin or end with a space. Verify the password and try again."),
  PASSWORD_HASH_REFUSED: () => input('The password hash cannot be verified. Leave it out and reset the password.'),
  PASSWORD_IS_CONTEXT_WORD: () =>
    input("The password can't be a name of the customer or of the store. Create a new password and try again."),
  PASSWORD_IS_EMAIL: () =>
    input("The password can't be the same as the email address. Create a new password and try again."),
  PASSWORD_NOT_PLAIN: () =>
    input('The password contains characters that are not allowed. Create a new password and try again.'),
  PASSWORD_TOO_COMMON: () => input('The password is too common. Create a new password and try again.'),
  PASSWORD_TOO_FEW_CLASSES: ({ required }) =>
    input(
      'Minimum of different classes of characters in password is %1. ' +
        'Classes of characters: Lower Case, Upper Case, Digits, Special Characters.',
      [String(required)],
    ),
  PASSWORD_TOO_LONG: ({ maximum }) => input('Please enter a password with at most %1 characters.', [String(maximum)]),
  PASSWORD_TOO_SHORT: ({ minimum }) =>
    input('The password needs at least %1 characters. Create a new password and try again.', [String(minimum)]),
  PASSWORD_WRONG: () => authentication('Invalid login or password.'),
  PHONE_TAKEN: () => input('A customer with the same phone number already exists.'),
  PROFILE_INCOMPLETE: ({ missing }) => {
    const [first = '', ...also] = missing.map((field) => `"${LABELS[field]}" is a required value.`);
    return { ...input(first), also: also.map((message) => ({ message })) };
  },
  RESET_TOKEN_EXPIRED: () => input('The password token is expired. Reset and try again.'),
  RESET_TOKEN_INVALID: () => input(MISMATCHED),
  SECRET_EXPIRED: () => input(MISMATCHED),
  SECRET_INVALID: () => input(MISMATCHED),
  STORE_UNKNOWN: () => input('Requested store is not found'),
  TOKEN_REJECTED: () => authentication('The token is invalid or has expired.'),
  TOKEN_TWICE: () => input('The token was sent more than once.'),
  VALUE_TAKEN: () => input('The value is already in use.'),
};

export const LABELS = { firstName: 'First Name', lastName: 'Last Name' } as const;

export type Exceptions = Partial<Record<DomainErrorCode, AdobeRefusal>>;

/** One text for all that may go wrong with a sign-in, so that nothing is told about the account. */
const signIn: Exceptions = {
  ACCOUNT_LOCKED: authentication(SIGN_IN_REFUSED),
  EMAIL_INVALID: authentication(SIGN_IN_REFUSED),
  LIMIT_REACHED: authentication(SIGN_IN_REFUSED),
};

const TAKEN_AT_UPDATE: Exceptions = { EMAIL_TAKEN: { message: TAKEN, category: 'graphql-already-exists' } };

/** An operation's own texts. */
interface OperationErrors {
  readonly always: Exceptions;
  /** What strangers hear in private mode besides. */
  readonly private?: Exceptions;
  /** What releases up to 2.4.7 say. */
  readonly legacy?: Exceptions;
}

/** Where an operation's texts differ from `adobeErrors`. */
const operationErrors: Readonly<Record<string, OperationErrors>> = {
  confirmEmail: {
    always: {
      CUSTOMER_NOT_FOUND: input(NOT_CONFIRMED),
      LIMIT_REACHED: input(NOT_CONFIRMED),
      SECRET_EXPIRED: input('This confirmation key is invalid or has expired.'),
      SECRET_INVALID: input('The confirmation token is invalid. Verify the token and try again.'),
    },
    private: { ALREADY_CONFIRMED: input(NOT_CONFIRMED) },
  },
  generateCustomerToken: { always: signIn, legacy: { EMAIL_UNCONFIRMED: authentication(SIGN_IN_REFUSED) } },
  requestPasswordResetEmail: {
    always: {
      ACCOUNT_LOCKED: input('The account is locked'),
      CUSTOMER_NOT_FOUND: input(NO_RESET),
      LIMIT_REACHED: input(NO_RESET),
    },
  },
  resendConfirmationEmail: {
    always: {
      ALREADY_CONFIRMED: input("Confirmation isn't needed."),
      CUSTOMER_NOT_FOUND: input('There is no user registered with that email address.'),
      LIMIT_REACHED: input(NOT_SENT),
    },
  },
  resetPassword: {
    always: { ACCOUNT_LOCKED: input('The account is locked'), CUSTOMER_NOT_FOUND: input(NOT_SET) },
    private: { CUSTOMER_NOT_FOUND: input(MISMATCHED), RESET_TOKEN_EXPIRED: input(MISMATCHED) },
  },
  updateCustomer: { always: TAKEN_AT_UPDATE },
  updateCustomerEmail: { always: TAKEN_AT_UPDATE },
};

/** How the store that was meant answers. */
export interface Voice {
  readonly isPrivate: boolean;
  readonly isLegacy: boolean;
}

/** What an operation says instead of the common texts. */
export function exceptionsOf(operation: string, { isPrivate, isLegacy }: Voice): Exceptions {
  const { always, legacy, private: hushed } = operationErrors[operation] ?? { always: {} };
  return { ...always, ...(isLegacy ? legacy : {}), ...(isPrivate ? hushed : {}) };
}

const operationFaults: Readonly<Record<string, AdobeRefusal>> = {
  confirmEmail: input(NOT_CONFIRMED),
  requestPasswordResetEmail: input(NO_RESET),
  resendConfirmationEmail: input(NOT_SENT),
  resetPassword: input(NOT_SET),
  revokeCustomerToken: input("Failed to revoke customer's access tokens"),
};

/** What an operation says of a fault of ours, where the vendor has a text for that, or null. */
export function faultFor(operation: string): AdobeRefusal | null {
  return operationFaults[operation] ?? null;
}
