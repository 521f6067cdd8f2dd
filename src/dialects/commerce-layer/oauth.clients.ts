import { Injectable } from '@nestjs/common';
import { isPlainText } from '#lib/plain-text';
import { headerOf, type IncomingRequest } from '../../access/index.js';
import type { Trail } from '../../event/index.js';
import { ApiClientService, StoreDirectory, type ApiClient, type Store } from '../../store/index.js';
import { namesAnother } from './commerce-layer.caller.js';
import { CommerceLayerOrigins } from './commerce-layer.origins.js';
import { CommerceLayerShopper } from './commerce-layer.shopper.js';
import { invalidClient, OauthFault } from './oauth.errors.js';
import { credentialsOf, type OauthParameters } from './oauth.input.js';

/** An application that has proved who it is, as far as its kind must. */
export interface OauthClient {
  readonly client: ApiClient;
  readonly store: Store;
  readonly kind: 'integration' | 'sales_channel';
  /** Whether a secret was presented. */
  readonly confidential: boolean;
  readonly trail: Trail;
}

/** Finds the application behind a token request. */
@Injectable()
export class OauthClients {
  constructor(
    private readonly clients: ApiClientService,
    private readonly stores: StoreDirectory,
    private readonly origins: CommerceLayerOrigins,
    private readonly shoppers: CommerceLayerShopper,
  ) {}

  /** One refusal for all that may be wrong, the host of another organization too. @throws OauthFault */
  async identify(request: IncomingRequest, given: OauthParameters): Promise<OauthClient> {
    const { id, secret } = credentialsOf(headerOf(request, 'authorization'), given);
    const isReadable = isPlainText(id) && (secret === null || isPlainText(secret));
    const client = isReadable ? await this.find(id, secret) : null;
    const store = client?.storeId ? this.stores.getById(client.storeId) : null;
    if (!client || !store?.settings.commerceLayer || namesAnother(request, store, this.stores)) {
      throw new OauthFault(invalidClient);
    }
    this.origins.know(request, store);
    const kind = client.kind === 'commerce-layer-integration' ? 'integration' : 'sales_channel';
    const trail = await this.shoppers.trailOf(request, store);
    return { client, store, kind, confidential: secret !== null, trail };
  }

  /** A sales channel is public: its id is enough. A secret, once presented, must be right. */
  private async find(id: string, secret: string | null): Promise<ApiClient | null> {
    if (secret === null) {
      const client = await this.clients.findByName('commerce-layer-sales-channel', id);
      return client?.name === id ? client : null;
    }
    const integration = await this.clients.findByToken('commerce-layer-integration', secret);
    if (integration) return integration.name === id ? integration : null;
    const channel = secret === id ? null : await this.clients.findByToken('commerce-layer-sales-channel', secret);
    return channel?.name === id ? channel : null;
  }
}
