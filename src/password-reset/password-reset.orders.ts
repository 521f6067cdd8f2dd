import type { EmailAddress } from '#lib/email-address';
import type { Customer, PasswordRules } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { IssuedToken, TokenTerms } from '../token/index.js';
import type { PasswordReset } from './password-reset.entity.js';
import type { Recipient } from './recipient.js';
import type { ResetOrigin } from './reset-link.js';

/** Somebody says that a password was forgotten. */
export interface RequestOrder {
  readonly store: Store;
  readonly email: EmailAddress;
  readonly origin: ResetOrigin;
  /** In seconds; left out: the realm's. */
  readonly lifetime?: number;
  /** Whether the owner is mailed; a machine may deliver the secret itself. */
  readonly mail?: boolean;
  /** Whether Adobe's link names the customer's id as well. */
  readonly namesOwner?: boolean;
  /** Whether the mail welcomes the owner of an account that is new and has no password yet. */
  readonly welcome?: boolean;
  /** Whether the asking machine may read the secret later (SEC-33). */
  readonly readable?: boolean;
  /** What the asking machine keeps with the reset. */
  readonly notes?: ResetNotes;
  /** A machine's credential: no network limit, no spacing (design: machine callers). */
  readonly machine?: boolean;
  readonly trail: Trail;
}

/** What a machine keeps with a reset. */
export interface ResetNotes {
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly metadata: object | null;
}

/**
 * What became of a request; the dialect decides what a stranger may learn of it. `closed`: there is a customer, but not
 * one who may sign in; `suppressed`: too many requests for the address.
 */
export type RequestResult =
  | { readonly outcome: 'made'; readonly customer: Recipient; readonly reset: PasswordReset; readonly secret: string }
  | { readonly outcome: 'closed'; readonly customer: Recipient }
  | { readonly outcome: 'unknown' | 'suppressed' };

/** Who the secret is said to belong to, where the vendor sends that along (SEC-31). `id`: Adobe's id of the customer. */
export type Companion =
  | { readonly email: EmailAddress }
  | { readonly number: number }
  | { readonly id: number }
  | { readonly resetNumber: number };

/** A mailed secret comes back. */
export interface SecretOrder {
  readonly secret: string;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
  readonly companion?: Companion;
  readonly trail: Trail;
}

export interface ConfirmOrder extends SecretOrder {
  readonly password: string;
  readonly rules: (store: Store) => PasswordRules;
  /** The token to issue to the customer, where the vendor signs in at once (SEC-36). */
  readonly token?: (customer: Customer) => TokenTerms;
}

/** A password that was set by a mailed secret. */
export interface ConfirmedReset {
  readonly customer: Customer;
  readonly reset: PasswordReset;
  /** Null unless one was asked for. */
  readonly token: IssuedToken | null;
}

/** A secret that may still be spent. */
export interface OpenReset {
  readonly reset: PasswordReset;
  readonly customer: Customer;
  readonly store: Store;
}
