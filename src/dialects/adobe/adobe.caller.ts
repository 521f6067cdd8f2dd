import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  authorizationOf,
  CallerReader,
  looksLikeJwt,
  trailOf,
  type Caller,
  type IncomingRequest,
  type Wanted,
} from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import type { Session } from '../../customer/index.js';
import { ApiClientService, StoreDirectory, type AdobeSettings, type ApiClient, type Store } from '../../store/index.js';

type Credentials = Pick<Caller, 'session' | 'client'>;

/** As long as the vendor's tokens of customers live. */
export const CUSTOMER_TOKEN_SECONDS = 3600;

export const GUEST: Credentials = { session: null, client: null };

/** Reads the `Store` and `Authorization` headers. */
@Injectable()
export class AdobeCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly clients: ApiClientService,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const store = this.storeOf(request);
    if (!store) throw new DomainError('STORE_UNKNOWN');
    const trail = trailOf(request, 'adobe');
    const credentials = await this.credentialsOf(request, store);
    if (!credentials && settingsOf(store).profile !== '2.4.7') throw new DomainError('TOKEN_REJECTED');
    return { store, trail, ...(credentials ?? GUEST) };
  }

  /** The store view; absent, empty and the word `default` in any case mean the default one. Null: unknown, or not Adobe's. */
  storeOf(request: Pick<IncomingRequest, 'headers'>): Store | null {
    return this.storeNamed(String(request.headers['store'] ?? '').trim());
  }

  /** As `storeOf`, by the code. */
  storeNamed(code: string): Store | null {
    const store = code === '' || /^default$/i.test(code) ? this.stores.defaultStore : this.stores.findByCode(code);
    return store?.settings.adobe ? store : null;
  }

  /** Who presents a token; a guest where there is none, null where it is no good. @throws DomainError TOKEN_TWICE */
  credentialsOf(
    request: IncomingRequest,
    store: Store,
    wanted: Wanted = {},
  ): Credentials | Promise<Credentials | null> {
    const token = bearerOf(authorizationOf(request));
    if (token === null) return GUEST;
    if (looksLikeJwt(token)) return this.holderOf(token, store, wanted);
    return this.authenticator.client('adobe-integration', token).then((client) => machine(client, store));
  }

  /** A customer's token serves the whole realm: a shopper changes the store view and stays signed in. */
  private async holderOf(token: string, store: Store, wanted: Wanted): Promise<Credentials | null> {
    const found = await this.authenticator.jwt('adobe', token, wanted);
    if (!found || found.audience !== `adobe:${store.realm.code}`) return null;
    const { customer, token: row } = found;
    if (customer) return { session: { ...found, customer }, client: null };
    const client = row.apiClientId === null ? null : await this.clients.findById(row.apiClientId);
    const isOutdated = (client?.passwordSetAt ?? row.issuedAt) > row.issuedAt;
    return isOutdated ? null : machine(client, store);
  }
}

/** A machine's credential and an administrator's serve their own store (SEC-50). */
function machine(client: ApiClient | null, { id }: Store): Credentials | null {
  return client?.storeId === id ? { session: null, client } : null;
}

/** The token of `Bearer <token>`; any other form of the header, the empty one too, means a guest. */
function bearerOf(header: string): string | null {
  const [scheme, token, ...rest] = header.split(' ');
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

/** Adobe's settings of a store that this dialect serves. */
export function settingsOf({ code, settings }: Store): AdobeSettings {
  if (!settings.adobe) throw new Error(`store ${code} does not speak Adobe's dialect`);
  return settings.adobe;
}

/** The customer who is signed in. @throws DomainError NOT_SIGNED_IN */
export function sessionOf({ session }: Caller): Session {
  if (!session) throw new DomainError('NOT_SIGNED_IN');
  return session;
}
