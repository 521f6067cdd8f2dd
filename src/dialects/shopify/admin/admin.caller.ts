import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  CallerReader,
  headerOf,
  trailOf,
  type Caller,
  type IncomingRequest,
} from '../../../access/index.js';
import { DomainError } from '../../../common/domain-error.js';
import { StoreDirectory } from '../../../store/index.js';
import { isGiven } from '../shopify.connections.js';

const ADMIN_TOKEN = 'x-shopify-access-token';

/** Reads the token of an app of the merchant's; there is nothing here for anybody without one. */
@Injectable()
export class ShopifyAdminCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const client = await this.authenticator.client('shopify-admin', headerOf(request, ADMIN_TOKEN));
    const store = !isGiven(client?.storeId) ? null : this.stores.getById(client.storeId);
    if (!client || !store?.settings.shopify) throw new DomainError('TOKEN_REJECTED');
    return { store, client, session: null, trail: trailOf(request, 'shopify-admin') };
  }
}
