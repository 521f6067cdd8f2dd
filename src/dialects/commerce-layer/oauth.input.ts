import { z } from 'zod';
import { safeJson } from '../../token/index.js';
import { invalidClient, invalidRequest, invalidScope, OauthFault } from './oauth.errors.js';

export const DEFAULT_SCOPE = 'market:all';

/** RFC 6749's characters of a scope, within the vendor's grammar. */
const SCOPE =
  /^(?:market:all|(?:market|store|stock_location):(?:id|code):[!#-[\]-~]{1,255}|(?:market|stock_location):\d{1,20})$/;
/** As it stands in a token, which holds it twice where it names markets. */
const MAX_SCOPE = 1024;
const MAX_TEXT = 1024;
const MAX_TOKEN = 8192;

const text = z.string().max(MAX_TEXT).optional();
const token = z.string().max(MAX_TOKEN).optional();
/** Parameters that we know; others have no effect (SEC-2). A repeated one arrives as a list and is refused (SEC-1). */
const parameters = z.object({
  grant_type: text,
  client_id: text,
  client_secret: text,
  scope: z.string().max(4096).optional(),
  username: text,
  password: text,
  refresh_token: token,
  token,
  assertion: z.string().optional(), // read elsewhere, and refused in other words
});

/** A token request as it was sent; empty parameters count as left out. */
export type OauthParameters = z.infer<typeof parameters>;

/** The body of a token request. @throws OauthFault */
export function readParameters(body: unknown): OauthParameters {
  const { success, data } = parameters.safeParse(body);
  if (!success) throw new OauthFault(invalidRequest('A parameter is repeated, too long or not a text.'));
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''));
}

/** A parameter that a grant cannot do without. @throws OauthFault */
export function required(parameter: keyof OauthParameters, given: OauthParameters): string {
  const value = given[parameter];
  if (value === undefined) throw new OauthFault(invalidRequest(`Missing required parameter: ${parameter}.`));
  return value;
}

/** The scope to grant. @throws OauthFault where it breaks the grammar */
export function scopeOf({ scope = DEFAULT_SCOPE }: OauthParameters): string {
  const fits = safeJson(scope).length <= MAX_SCOPE && scope.split(' ').every((item) => SCOPE.test(item));
  if (!fits) throw new OauthFault(invalidScope);
  return scope;
}

/** The scope of a refreshed token: the one granted at first, or less of it (RFC 6749 §6). @throws OauthFault */
export function scopeWithin(granted: string, given: OauthParameters): string {
  const scope = scopeOf({ scope: granted, ...given });
  const items = granted.split(' ');
  if (!scope.split(' ').every((item) => items.includes(item))) throw new OauthFault(invalidScope);
  return scope;
}

/** Who says to be calling. */
export interface ClientCredentials {
  readonly id: string;
  /** Null: none was presented. */
  readonly secret: string | null;
}

/** The client's credentials, from HTTP Basic or the body, never from both (RFC 6749 §2.3). @throws OauthFault */
export function credentialsOf(authorization: string, given: OauthParameters): ClientCredentials {
  const basic = /^basic +(\S*)$/i.exec(authorization)?.[1];
  if (basic === undefined) {
    if (given.client_id === undefined) throw new OauthFault(invalidClient);
    return { id: given.client_id, secret: given.client_secret ?? null };
  }
  const { id, secret } = decoded(basic);
  if (given.client_secret !== undefined || (given.client_id !== undefined && given.client_id !== id)) {
    throw new OauthFault(invalidRequest('The client is named twice.'));
  }
  return { id, secret: secret === '' ? null : secret };
}

function decoded(basic: string): { readonly id: string; readonly secret: string } {
  const pair = Buffer.from(basic, 'base64').toString();
  const colon = pair.indexOf(':');
  if (colon < 1) throw new OauthFault(invalidClient);
  try {
    return { id: formText(pair.slice(0, colon)), secret: formText(pair.slice(colon + 1)) };
  } catch {
    throw new OauthFault(invalidClient);
  }
}

/** Both halves are form-encoded before they are joined. */
function formText(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}
