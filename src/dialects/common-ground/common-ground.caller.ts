import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  authorizationOf,
  CallerReader,
  headerOf,
  looksLikeJwt,
  trailOf,
  type Caller,
  type IncomingRequest,
} from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { PaceService } from '../../lockout/index.js';
import {
  ApiClientService,
  limitOf,
  StoreDirectory,
  type ApiClient,
  type CommonGroundSettings,
  type Realm,
  type Store,
} from '../../store/index.js';

const ORIGIN = 'common-ground';

/**
 * Servers and back offices: with a secret key of the store that is meant, or with a JWT that was issued for one. Without
 * a credential the caller is nobody, who may say who it is and nothing else.
 */
@Injectable()
export class CommonGroundAdminCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly clients: ApiClientService,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const store = storeOf(request, this.stores);
    const token = bearerIn(request);
    const client = token === null ? null : await this.clientOf(token, store);
    if (token !== null && client?.storeId !== store.id) throw new DomainError('TOKEN_REJECTED');
    return { store, trail: trailOf(request, ORIGIN), session: null, client };
  }

  /** A buyer's JWT is of another audience and never a lesser key (SEC-50); one of a key that was replaced is worth nothing. */
  private async clientOf(token: string, store: Store): Promise<ApiClient | null> {
    if (!looksLikeJwt(token)) return this.authenticator.client('common-ground-key', token);
    const found = await this.authenticator.jwt('common-ground-admin', token);
    if (!found?.token.apiClientId || found.audience !== `common-ground-admin:${store.code}`) return null;
    const client = await this.clients.findById(found.token.apiClientId);
    const { issuedAt } = found.token;
    return client?.digest && (client.passwordSetAt ?? issuedAt) <= issuedAt ? client : null;
  }
}

/** Storefronts and apps: anybody, or the buyer whose session is presented; a network not too often. */
@Injectable()
export class CommonGroundClientCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly authenticator: Authenticator,
    private readonly paces: PaceService,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const store = storeOf(request, this.stores);
    const trail = trailOf(request, ORIGIN);
    this.take(store.realm, trail.network);
    const token = bearerIn(request);
    if (token === null) return { store, trail, session: null, client: null };
    const found = looksLikeJwt(token) ? await this.authenticator.jwt('common-ground', token) : null;
    if (!found?.customer || found.audience !== `common-ground:${store.code}`) throw new DomainError('TOKEN_REJECTED');
    return { store, trail, session: { ...found, customer: found.customer }, client: null };
  }

  /** The vendor's limit on requests of a network, of whatever kind. @throws DomainError LIMIT_REACHED */
  private take({ id, policy }: Realm, network: string | null): void {
    const limit = limitOf(policy, 'requestNetwork');
    if (!limit || network === null) return;
    const { left, seconds } = this.paces.take(`common-ground ${id} ${network}`, limit);
    if (left < 0) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: seconds });
  }
}

/** The store of a code or of a storefront's host; absent: the default one. @throws DomainError STORE_UNKNOWN */
function storeOf(request: IncomingRequest, stores: StoreDirectory): Store {
  const name = headerOf(request, 'commonground-origin').trim();
  const store = name === '' ? stores.defaultStore : (stores.findByCode(name) ?? stores.findByHost(name.toLowerCase()));
  if (!store?.settings.commonGround) throw new DomainError('STORE_UNKNOWN');
  return store;
}

/** The token of `Bearer <token>`; null where no token is presented. @throws DomainError TOKEN_TWICE */
function bearerIn(request: IncomingRequest): string | null {
  const bearer = /^bearer(?: +(.*))?$/i.exec(authorizationOf(request));
  return bearer ? (bearer[1] ?? '') : null;
}

/** This dialect's settings of a store that it serves. */
export function settingsOf({ code, settings }: Store): CommonGroundSettings {
  if (!settings.commonGround) throw new Error(`store ${code} does not speak Common Ground's dialect`);
  return settings.commonGround;
}
