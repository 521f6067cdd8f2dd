import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  CallerReader,
  headerOf,
  trailOf,
  type Caller,
  type IncomingRequest,
} from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import type { Session } from '../../customer/index.js';
import { StoreDirectory, type ApiClient, type Store } from '../../store/index.js';

export const PUBLIC_TOKEN = 'x-shopify-storefront-access-token';
export const PRIVATE_TOKEN = 'shopify-storefront-private-token';
export const BUYER_IP = 'shopify-storefront-buyer-ip';

/** Reads the storefront's token; the customer's is an argument of the field that wants it. */
@Injectable()
export class ShopifyCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  /** A caller without a token sees what is public; a token that is unknown is refused. */
  override async read(request: IncomingRequest): Promise<Caller> {
    const client = await this.clientOf(request);
    const store = served(client ? this.ownerOf(client) : this.stores.defaultStore);
    return { store, client, session: null, trail: trailOf(withBuyer(request, client), 'shopify') };
  }

  /** The session behind a customer's token, or null; another store's token is unknown (SEC-50). */
  async sessionOf({ store }: Caller, token: string): Promise<Session | null> {
    const session = await this.authenticator.opaqueSession('shopify', token);
    return session?.token.storeId === store.id ? session : null;
  }

  /** @throws DomainError TOKEN_REJECTED */
  async getSession(caller: Caller, token: string): Promise<Session> {
    const session = await this.sessionOf(caller, token);
    if (!session) throw new DomainError('TOKEN_REJECTED');
    return session;
  }

  /** Of two tokens the private one counts. */
  private async clientOf(request: IncomingRequest): Promise<ApiClient | null> {
    const [secret, open] = [headerOf(request, PRIVATE_TOKEN), headerOf(request, PUBLIC_TOKEN)];
    if (secret === '' && open === '') return null;
    const client =
      secret === ''
        ? await this.authenticator.client('shopify-storefront', open)
        : await this.authenticator.client('shopify-storefront-private', secret);
    if (!client) throw new DomainError('TOKEN_REJECTED');
    return client;
  }

  private ownerOf({ storeId }: ApiClient): Store | null {
    return storeId === null ? null : this.stores.getById(storeId);
  }
}

/** A store that does not speak this dialect is as good as none. @throws DomainError TOKEN_REJECTED */
function served(store: Store | null): Store {
  if (!store?.settings.shopify) throw new DomainError('TOKEN_REJECTED');
  return store;
}

/**
 * The address of the buyer: a storefront's own server says whose browser it speaks for; nobody else is believed (SEC-6).
 * None where the client had gone before its connection was taken.
 */
export function buyerOf(request: IncomingRequest, client: ApiClient | null): string | undefined {
  return withBuyer(request, client).ip;
}

function withBuyer(request: IncomingRequest, client: ApiClient | null): IncomingRequest {
  const buyer = headerOf(request, BUYER_IP).trim();
  if (client?.kind !== 'shopify-storefront-private' || isIP(buyer) === 0) return request;
  const { headers, id, url, method } = request;
  return { headers, id, url, method, ip: buyer };
}
