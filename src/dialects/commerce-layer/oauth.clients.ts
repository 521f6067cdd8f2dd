import { Injectable } from '@nestjs/common';
import { isPlainText } from '#lib/plain-text';
import { ApiClientService, StoreDirectory, type ApiClient, type Store } from '../../store/index.js';
import { invalidClient, OauthFault } from './oauth.errors.js';
import type { ClientCredentials } from './oauth.input.js';

/** An application that has proved who it is, as far as its kind must. */
export interface OauthClient {
  readonly client: ApiClient;
  readonly store: Store;
  readonly kind: 'integration' | 'sales_channel';
  /** Whether a secret was presented. */
  readonly confidential: boolean;
}

/** Finds the application behind a token request. */
@Injectable()
export class OauthClients {
  constructor(
    private readonly clients: ApiClientService,
    private readonly stores: StoreDirectory,
  ) {}

  /** One refusal for all that may be wrong. @throws OauthFault */
  async identify({ id, secret }: ClientCredentials): Promise<OauthClient> {
    const isReadable = isPlainText(id) && (secret === null || isPlainText(secret));
    const client = isReadable ? await this.find(id, secret) : null;
    const store = client?.storeId ? this.stores.getById(client.storeId) : null;
    if (!client || !store?.settings.commerceLayer) throw new OauthFault(invalidClient);
    const kind = client.kind === 'commerce-layer-integration' ? 'integration' : 'sales_channel';
    return { client, store, kind, confidential: secret !== null };
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
