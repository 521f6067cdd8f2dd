import { digestOf } from '#lib/opaque-token';
import type { ApiClientKind, ExtraGrant } from './api-client.entity.js';
import { clientDigest } from './api-client.service.js';
import { secretText, type SecretSetup, type Setup, type StoreSetup } from './setup.schema.js';

/** A credential as a setup names it. */
export interface ClientSetup {
  readonly kind: ApiClientKind;
  readonly name: string;
  readonly digest: Buffer | null;
  readonly passwordHash?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly extraGrants?: readonly ExtraGrant[];
}

/** The credentials of our own admin API. */
export function adminClients(tokens: Setup['adminTokens']): ClientSetup[] {
  return tokens.map((token) =>
    typeof token === 'object' && 'token' in token
      ? tokenClient('keyturn-admin', token.token, { name: token.name })
      : tokenClient('keyturn-admin', token),
  );
}

/** The credentials of a store, of all its dialects. */
export function storeClients({ shopify, adobe, commerceLayer, commonGround }: StoreSetup): ClientSetup[] {
  return [
    ...(shopify?.storefrontTokens ?? []).map(({ token, private: isPrivate, scopes }) =>
      tokenClient(isPrivate ? 'shopify-storefront-private' : 'shopify-storefront', token, { scopes }),
    ),
    ...(shopify?.adminTokens ?? []).map((token) =>
      typeof token === 'object' && 'token' in token
        ? tokenClient('shopify-admin', token.token, { scopes: token.scopes })
        : tokenClient('shopify-admin', token),
    ),
    ...(adobe?.integrationTokens ?? []).map((token) =>
      typeof token === 'object' && 'token' in token
        ? tokenClient('adobe-integration', token.token, { scopes: token.resources })
        : tokenClient('adobe-integration', token),
    ),
    ...(adobe?.admins ?? []).map(({ username }): ClientSetup => ({
      kind: 'adobe-admin',
      name: username,
      digest: null,
    })),
    ...commerceLayerClients(commerceLayer),
    ...(commonGround?.keys ?? []).map(({ accessKey, secretKey }): ClientSetup => {
      return {
        kind: 'common-ground-key',
        name: accessKey,
        digest: clientDigest('common-ground-key', secretText(secretKey)),
      };
    }),
  ];
}

function commerceLayerClients(setup: StoreSetup['commerceLayer']): ClientSetup[] {
  const { applications = [], backendAuth } = setup ?? {};
  const clients = applications.map(({ kind, clientId, clientSecret, jwtBearer }): ClientSetup => {
    const clientKind = kind === 'integration' ? 'commerce-layer-integration' : 'commerce-layer-sales-channel';
    return {
      kind: clientKind,
      name: clientId,
      digest: digestOf(clientKind, clientSecret ? secretText(clientSecret) : clientId),
      ...(jwtBearer ? { extraGrants: ['jwt-bearer'] } : {}),
    };
  });
  if (backendAuth === undefined) return clients;
  return [...clients, tokenClient('commerce-layer-backend', backendAuth, { name: 'backend' })];
}

/** Digests of all secrets that a setup names. */
export function clientDigests(setup: Setup): Buffer[] {
  const stores = setup.realms.flatMap((realm) => realm.stores);
  const clients = [...adminClients(setup.adminTokens), ...stores.flatMap(storeClients)];
  return clients.flatMap(({ digest }) => digest ?? []);
}

/** Credentials that a setup names twice: by name within a store, or by the same secret anywhere; secrets are not shown. */
export function repeatedClients(setup: Setup): string[] {
  const owned = setup.realms
    .flatMap(({ stores }) => stores)
    .flatMap((store) => storeClients(store).map((client) => ({ owner: `store ${store.code}: `, client })));
  const all = [...adminClients(setup.adminTokens).map((client) => ({ owner: '', client })), ...owned];
  const names = new Set<string>();
  const digests = new Set<string>();
  return all.flatMap(({ owner, client: { kind, name, digest } }) => {
    const byName = `${owner}${kind} ${name}`;
    const byDigest = `${kind} ${digest?.toString('hex') ?? byName}`;
    const known = names.has(byName) || digests.has(byDigest);
    names.add(byName);
    digests.add(byDigest);
    return known ? [byName] : [];
  });
}

function tokenClient(
  kind: ApiClientKind,
  token: SecretSetup,
  more: { name?: string | undefined; scopes?: string[] | undefined } = {},
): ClientSetup {
  const digest = clientDigest(kind, secretText(token));
  return { kind, name: more.name ?? `token-${digest.toString('hex', 0, 4)}`, digest, scopes: more.scopes };
}
