import { z } from 'zod';
import { newNumber } from '#lib/opaque-token';
import { toShortId } from '../../common/public-id.js';
import type { Customer } from '../../customer/index.js';
import type { IssuedToken, Surface, TokenTerms } from '../../token/index.js';
import type { Assertion } from './oauth.assertion.js';
import { settingsOf } from './commerce-layer.caller.js';
import type { CommerceLayerToken } from './commerce-layer.types.js';
import type { OauthClient } from './oauth.clients.js';

const LIFETIMES = { integration: 2 * 3600, sales_channel: 4 * 3600 } as const;
const REFRESH_LIFETIME = 14 * 24 * 3600;
export const REFRESH: Surface = 'commerce-layer-refresh';
const REGION = 'eu-west-1';

interface MarketClaim {
  readonly id: readonly string[];
  readonly stock_location_ids: readonly string[];
  readonly geocoder_id: null;
  readonly allows_external_prices: false;
}

const refreshed = z.object({
  scope: z.string(),
  delegated: z.literal(true).optional(),
  custom_claim: z.record(z.string(), z.unknown()).optional(),
});

/** What a token is asked for: by which application, with which scope; `test`: not in production. */
export interface Grant {
  readonly by: OauthClient;
  readonly scope: string;
  readonly test: boolean;
  /** The application asks in another's name; null: it does not. */
  readonly delegation: Pick<Assertion, 'customClaim'> | null;
}

/** The token to issue; its claims are what the vendor's clients look for. */
export function tokenOrder({ by, scope, test, delegation }: Grant, owner: Customer | null): TokenTerms {
  const { client, store, kind, confidential } = by;
  const market = marketsIn(scope);
  const customClaim = delegation?.customClaim ? { custom_claim: delegation.customClaim } : {};
  const claims = {
    organization: {
      id: toShortId(store.number),
      slug: settingsOf(store).organization,
      enterprise: true,
      region: REGION,
    },
    application: {
      id: toShortId(client.number),
      client_id: client.name,
      kind,
      public: kind === 'sales_channel',
      confidential,
    },
    ...(owner ? { owner: { id: toShortId(owner.number), type: 'Customer' } } : {}),
    ...(market ? { market } : {}),
    ...customClaim,
    scope,
    test,
    rand: newNumber() / 2 ** 52,
  };
  const lifetime = LIFETIMES[kind];
  const again = { scope, ...(delegation ? { delegated: true, ...customClaim } : {}) };
  const refresh = (owner ?? delegation) && { surface: REFRESH, lifetime: REFRESH_LIFETIME, claims: again };
  return {
    ...{ surface: 'commerce-layer', form: 'jwt', scope: store.code, apiClientId: client.id, lifetime, claims },
    ...(refresh ? { refresh } : {}),
  };
}

/** There are no markets here; those that a scope names are told back to whoever asks the token. */
export function marketsIn(scope: string): MarketClaim | null {
  const named = (kind: string): string[] =>
    scope.split(' ').flatMap((item) => {
      const [type, ...value] = item.split(':');
      return type === kind && item !== 'market:all' ? [value[value.length - 1] ?? ''] : [];
    });
  const id = named('market');
  if (id.length === 0) return null;
  const stock_location_ids = named('stock_location');
  return { id, stock_location_ids, geocoder_id: null, allows_external_prices: false };
}

/** What a refresh token of ours was granted for; to be asked only of one that was found. */
export function grantedBy(refreshToken: string): Pick<Grant, 'scope' | 'delegation'> {
  const [, payload = ''] = refreshToken.split('.');
  const {
    scope,
    delegated,
    custom_claim: customClaim = null,
  } = refreshed.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return { scope, delegation: delegated ? { customClaim } : null };
}

export function toToken(
  { token, issuedAt, refreshToken }: IssuedToken,
  { by, scope }: Grant,
  owner: Customer | null,
): CommerceLayerToken {
  return {
    access_token: token,
    token_type: 'bearer',
    expires_in: LIFETIMES[by.kind],
    scope,
    created_at: Math.floor(issuedAt.getTime() / 1000),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...(owner ? { owner_id: toShortId(owner.number), owner_type: 'customer' } : {}),
  };
}
