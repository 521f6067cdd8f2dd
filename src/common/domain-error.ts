import { noteRefusal } from './request-notes.js';

/** Every way the core refuses a request, with the facts a dialect needs to word it. */
export interface DomainErrors {
  ACCOUNT_DISABLED: void;
  ACCOUNT_LOCKED: { readonly until: Date };
  ADDRESS_EXISTS: void;
  ADDRESS_NOT_FOUND: void;
  ADDRESSES_FULL: { readonly maximum: number };
  ALREADY_CONFIRMED: void;
  ALREADY_ENABLED: void;
  BUSY: { readonly retryAfterSeconds: number };
  CREDENTIALS_WRONG: void;
  CUSTOMER_NOT_FOUND: void;
  EMAIL_INVALID: void;
  EMAIL_TAKEN: void;
  EMAIL_UNCONFIRMED: void;
  IDENTIFIER_TAKEN: void;
  /** Something else depends on it. */
  IN_USE: void;
  INVITATION_DECLINED: void;
  LIMIT_REACHED: { readonly retryAfterSeconds: number };
  /** The reason is for the audit trail, never for whoever asked. */
  MULTIPASS_REJECTED: { readonly reason: string };
  NOT_ALLOWED: void;
  NOT_SIGNED_IN: void;
  /** It was found in a leak. */
  PASSWORD_BREACHED: void;
  PASSWORD_EDGE_SPACE: void;
  PASSWORD_HASH_REFUSED: { readonly fault: 'unknown-form' | 'out-of-bounds' };
  /** It is a name: of the shop, the product, the customer or its mailbox. */
  PASSWORD_IS_CONTEXT_WORD: void;
  PASSWORD_IS_EMAIL: void;
  PASSWORD_NOT_PLAIN: void;
  /** It is one of those that are tried first. */
  PASSWORD_TOO_COMMON: void;
  PASSWORD_TOO_FEW_CLASSES: { readonly required: number };
  PASSWORD_TOO_LONG: { readonly maximum: number };
  PASSWORD_TOO_SHORT: { readonly minimum: number };
  PASSWORD_WRONG: void;
  PHONE_TAKEN: void;
  PROFILE_INCOMPLETE: { readonly missing: readonly ('firstName' | 'lastName')[] };
  RESET_TOKEN_EXPIRED: void;
  RESET_TOKEN_INVALID: void;
  SECRET_EXPIRED: void;
  SECRET_INVALID: void;
  STORE_UNKNOWN: void;
  TOKEN_REJECTED: void;
  /** One request holds it in two places. */
  TOKEN_TWICE: void;
  /** Another record has that value already, and no two may. */
  VALUE_TAKEN: { readonly field: string };
}
export type DomainErrorCode = keyof DomainErrors;

/** A refusal by the core: a fact, worded by whoever answers. A throw also rolls the open transaction back. */
export class DomainError<C extends DomainErrorCode = DomainErrorCode> extends Error {
  override readonly name = 'DomainError';
  readonly details: DomainErrors[C];

  constructor(
    readonly code: C,
    ...[details]: DomainErrors[C] extends void ? [] : [DomainErrors[C]]
  ) {
    super(code);
    this.details = details as DomainErrors[C];
  }

  is<K extends DomainErrorCode>(code: K): this is DomainError<K> {
    const own: DomainErrorCode = this.code;
    return own === code;
  }
}

/** Tells a refusal from a fault. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}

/** A dialect's wording for every code; leaving one out does not compile. */
export type ErrorTable<R> = { readonly [C in DomainErrorCode]: (details: DomainErrors[C]) => R };

/** The wording that a table has for an error. */
export function render<R>(table: ErrorTable<R>, error: DomainError): R {
  noteRefusal(error.code);
  const word = table[error.code] as (details: unknown) => R;
  return word(error.details);
}
