import { z } from 'zod';
import { isTidyObject } from '#lib/json-api';
import { fromShortId } from '../../common/public-id.js';
import { safeJson } from '../../token/index.js';
import { invalidAssertion, OauthFault } from './oauth.errors.js';

const MAX_ASSERTION = 4096;
/** As it stands in a token, where all that is not ASCII is longer; with the longest scope a token stays below 8 KiB. */
const MAX_CLAIM = 3072;
const MAX_DEPTH = 10;
const SKEW_SECONDS = 5;
const NOBODY = 0;
const FORM = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;

const customClaim = z.custom<object>((value) => isTidyObject(value, MAX_DEPTH) && safeJson(value).length <= MAX_CLAIM);
const owner = z.object({ type: z.literal('Customer'), id: z.string().max(64) });
const payload = z.object({
  exp: z.number().optional(),
  nbf: z.number().optional(),
  'https://commercelayer.io/claims': z
    .object({ owner: owner.optional(), custom_claim: customClaim.optional() })
    .refine((claims) => claims.owner !== undefined || claims.custom_claim !== undefined),
});

/** What an application says of whom it asks a token for. */
export interface Assertion {
  /** The public number of a customer, who need not exist; null: nobody. */
  readonly owner: number | null;
  readonly customClaim: object | null;
}

/**
 * Reads an assertion. Its signature is not looked at, as with the vendor, whose clients sign with a key that everybody
 * knows: what is trusted is the secret of the application. `exp` and `nbf` need not be there, but count where they are.
 *
 * @throws OauthFault
 */
export function readAssertion(assertion: string, at: Date): Assertion {
  const [, header = '', body = ''] = (assertion.length <= MAX_ASSERTION && FORM.exec(assertion)) || [];
  const { data } = payload.safeParse(decoded(body));
  const now = at.getTime() / 1000;
  const isTimely = data && (data.exp ?? Infinity) > now && (data.nbf ?? 0) <= now + SKEW_SECONDS;
  if (!isTidyObject(decoded(header), 1) || !isTimely) throw new OauthFault(invalidAssertion);
  const claims = data['https://commercelayer.io/claims'];
  return {
    owner: claims.owner ? (fromShortId(claims.owner.id) ?? NOBODY) : null,
    customClaim: claims.custom_claim ?? null,
  };
}

/** The JSON of a part, or null for whatever else it may be. */
function decoded(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')));
  } catch {
    return null;
  }
}
