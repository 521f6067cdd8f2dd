import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  CallerReader,
  headerOf,
  looksLikeJwt,
  trailOf,
  type Caller,
  type IncomingRequest,
} from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import type { Session } from '../../customer/index.js';
import { StoreDirectory, type AdobeSettings, type Store } from '../../store/index.js';

type Credentials = Pick<Caller, 'session' | 'client'>;

/** As long as the vendor's tokens of customers live. */
export const CUSTOMER_TOKEN_SECONDS = 3600;

const GUEST: Credentials = { session: null, client: null };

/** Reads the `Store` and `Authorization` headers. */
@Injectable()
export class AdobeCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const store = this.storeOf(request);
    if (!store) throw new DomainError('STORE_UNKNOWN');
    const trail = trailOf(request, 'adobe');
    const token = bearerOf(headerOf(request, 'authorization'));
    if (token === null) return { store, trail, ...GUEST };
    const credentials = await this.credentialsOf(token, store);
    if (!credentials && settingsOf(store).profile !== '2.4.7') throw new DomainError('TOKEN_REJECTED');
    return { store, trail, ...(credentials ?? GUEST) };
  }

  /** The store view; absent, empty and the word `default` in any case mean the default one. Null: unknown, or not Adobe's. */
  storeOf(request: Pick<IncomingRequest, 'headers'>): Store | null {
    const code = String(request.headers['store'] ?? '').trim();
    const store = code === '' || /^default$/i.test(code) ? this.stores.defaultStore : this.stores.findByCode(code);
    return store?.settings.adobe ? store : null;
  }

  /** A token serves the whole realm: a shopper changes the store view and stays signed in. */
  private async credentialsOf(token: string, { id, realm }: Store): Promise<Credentials | null> {
    if (!looksLikeJwt(token)) {
      const client = await this.authenticator.client('adobe-integration', token);
      return client?.storeId === id ? { session: null, client } : null;
    }
    const found = await this.authenticator.jwt('adobe', token);
    if (!found?.customer || found.audience !== `adobe:${realm.code}`) return null;
    return { session: { ...found, customer: found.customer }, client: null };
  }
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
