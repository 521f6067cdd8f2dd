import type { ErrorTable } from '../../common/domain-error.js';

/** A refusal of the token endpoint; its `status` is a number, unlike the API's. */
export interface OauthRefusal {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly status: number;
}

/** A token request that is refused before the core is asked. */
export class OauthFault extends Error {
  override readonly name = 'OauthFault';

  constructor(readonly refusal: OauthRefusal) {
    super(refusal.title);
  }
}

const bad = (title: string, detail: string): OauthRefusal => ({ title, detail, code: 'BAD_REQUEST', status: 400 });

export const invalidClient: OauthRefusal = {
  title: 'invalid_client',
  detail:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  code: 'UNAUTHORIZED',
  status: 401,
};
export const unauthorizedClient: OauthRefusal = {
  title: 'unauthorized_client',
  detail: 'The client is not authorized to perform this request using this method.',
  code: 'FORBIDDEN',
  status: 403,
};
/** Whatever keeps an application from ending a token, so that nobody learns whose it is (SEC-54). */
export const mayNotRevoke: OauthRefusal = {
  ...unauthorizedClient,
  detail: 'You are not authorized to revoke this token',
};
export const unsupportedGrant = bad(
  'unsupported_grant_type',
  'The authorization grant type is not supported by the authorization server.',
);
export const invalidScope = bad('invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
/** One answer for all that may be wrong with an assertion, and with whom it names. */
export const invalidAssertion = bad('invalid_assertion', 'The provided assertion is invalid.');
/** One answer for all that may be wrong with a name and password, so that nothing is told about the account (SEC-75). */
export const invalidGrant = bad(
  'invalid_grant',
  'The provided authorization grant is invalid, expired, revoked, or was issued to another client.',
);
const tooMany: OauthRefusal = {
  title: 'too_many_requests',
  detail: 'You made too many requests, please try again later.',
  code: 'TOO_MANY_REQUESTS',
  status: 429,
};
const busy: OauthRefusal = {
  title: 'temporarily_unavailable',
  detail: 'The service is busy, please try again soon.',
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
};
const fault: OauthRefusal = {
  title: 'server_error',
  detail: 'Internal Server Error',
  code: 'INTERNAL_SERVER_ERROR',
  status: 500,
};

export const invalidRequest = (detail: string): OauthRefusal => bad('invalid_request', detail);

/** What the token endpoint answers to each refusal of the core. */
export const oauthErrors: ErrorTable<OauthRefusal> = {
  ACCOUNT_DISABLED: () => invalidGrant,
  ACCOUNT_LOCKED: () => invalidGrant,
  ADDRESS_EXISTS: () => invalidGrant,
  ADDRESS_NOT_FOUND: () => invalidGrant,
  ADDRESSES_FULL: () => invalidGrant,
  ALREADY_CONFIRMED: () => invalidGrant,
  ALREADY_ENABLED: () => invalidGrant,
  BUSY: () => busy,
  CREDENTIALS_WRONG: () => invalidGrant,
  CUSTOMER_NOT_FOUND: () => invalidGrant,
  EMAIL_INVALID: () => invalidGrant,
  EMAIL_TAKEN: () => invalidGrant,
  EMAIL_UNCONFIRMED: () => invalidGrant,
  IDENTIFIER_TAKEN: () => invalidGrant,
  IN_USE: () => invalidGrant,
  INVITATION_DECLINED: () => invalidGrant,
  LIMIT_REACHED: () => tooMany,
  MULTIPASS_REJECTED: () => invalidGrant,
  NOT_ALLOWED: () => unauthorizedClient,
  NOT_SIGNED_IN: () => invalidClient,
  PASSWORD_BREACHED: () => invalidGrant,
  PASSWORD_EDGE_SPACE: () => invalidGrant,
  PASSWORD_HASH_REFUSED: () => invalidGrant,
  PASSWORD_IS_CONTEXT_WORD: () => invalidGrant,
  PASSWORD_IS_EMAIL: () => invalidGrant,
  PASSWORD_NOT_PLAIN: () => invalidGrant,
  PASSWORD_TOO_COMMON: () => invalidGrant,
  PASSWORD_TOO_FEW_CLASSES: () => invalidGrant,
  PASSWORD_TOO_LONG: () => invalidGrant,
  PASSWORD_TOO_SHORT: () => invalidGrant,
  PASSWORD_WRONG: () => invalidGrant,
  PHONE_TAKEN: () => invalidGrant,
  PROFILE_INCOMPLETE: () => invalidGrant,
  RESET_TOKEN_EXPIRED: () => invalidGrant,
  RESET_TOKEN_INVALID: () => invalidGrant,
  SECRET_EXPIRED: () => invalidGrant,
  SECRET_INVALID: () => invalidGrant,
  STORE_UNKNOWN: () => invalidClient,
  TOKEN_REJECTED: () => invalidGrant,
  TOKEN_TWICE: () => invalidClient,
  VALUE_TAKEN: () => invalidGrant,
};

/** A refusal by the server itself, of which only the status is known. */
export function transportRefusal(status: number): OauthRefusal {
  if (status >= 500) return fault;
  if (status === 404) return { ...invalidRequest('The requested path was not found.'), code: 'NOT_FOUND', status };
  if (status === 413) return { ...invalidRequest('The request body is too large.'), status };
  if (status !== 415) return { ...invalidRequest('The request cannot be read.'), status };
  const detail = 'The request body must be JSON or a form.';
  return { ...invalidRequest(detail), code: 'UNSUPPORTED_MEDIA_TYPE', status };
}

/** The body: the vendor's clients look for `errors`, others for `error` (RFC 6749). */
export function oauthAnswer(refusal: OauthRefusal): object {
  const { title, detail } = refusal;
  return { errors: [{ ...refusal, meta: {} }], error: title, error_description: detail };
}
