import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  authorizationOf,
  CallerReader,
  headerOf,
  type Caller,
  type IncomingRequest,
} from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { ApiClientService, StoreDirectory, type CommerceLayerSettings, type Store } from '../../store/index.js';
import { CommerceLayerPace } from './commerce-layer.pace.js';
import { CommerceLayerShopper } from './commerce-layer.shopper.js';

/** Reads the access token: it alone tells the organization, whatever host was asked. */
@Injectable()
export class CommerceLayerCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly clients: ApiClientService,
    private readonly authenticator: Authenticator,
    private readonly pace: CommerceLayerPace,
    private readonly shoppers: CommerceLayerShopper,
  ) {
    super();
  }

  /** Counts the request too; one without a good token counts for its network. */
  override async read(request: IncomingRequest): Promise<Caller> {
    const caller = await this.identified(request);
    const trail = await this.shoppers.trailOf(request, caller?.store ?? null);
    const { realm } = caller?.store ?? this.stores.defaultStore;
    this.pace.take(request, { realm, trail, client: caller?.client ?? null });
    if (caller) return { ...caller, trail };
    throw new DomainError(headerOf(request, 'authorization') === '' ? 'NOT_SIGNED_IN' : 'TOKEN_REJECTED');
  }

  /** Whose token is presented; null where it is none, or not good. */
  private async identified(request: IncomingRequest): Promise<Omit<Caller, 'trail'> | null> {
    const [, bearer] = /^bearer +(\S+)$/i.exec(authorizationOf(request)) ?? [];
    const found = bearer ? await this.authenticator.jwt('commerce-layer', bearer) : null;
    if (!found) return null;
    const { token, customer, audience, claims } = found;
    const store = this.stores.getById(token.storeId);
    const client = token.apiClientId === null ? null : await this.clients.findById(token.apiClientId);
    const isOwn = audience === `commerce-layer:${store.code}` && client?.storeId === store.id;
    if (!isOwn || !store.settings.commerceLayer || namesAnother(request, store, this.stores)) {
      return null;
    }
    const session = customer ? { token, customer } : null;
    return { store, client, session, claims };
  }
}

/** Whether the host's first label is the name of another organization than the store's. */
export function namesAnother(request: IncomingRequest, { settings }: Store, stores: StoreDirectory): boolean {
  const [label = ''] = headerOf(request, 'host').toLowerCase().split('.');
  return label !== settings.commerceLayer?.organization && stores.findByOrganization(label) !== null;
}

/** Commerce Layer's settings of a store that this dialect serves. */
export function settingsOf({ code, settings }: Store): CommerceLayerSettings {
  if (!settings.commerceLayer) throw new Error(`store ${code} does not speak Commerce Layer's dialect`);
  return settings.commerceLayer;
}
