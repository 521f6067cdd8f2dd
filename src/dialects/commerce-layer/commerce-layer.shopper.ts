import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { headerOf, trailOf, type IncomingRequest } from '../../access/index.js';
import type { Trail } from '../../event/index.js';
import { ApiClientService, type Store } from '../../store/index.js';

export const ORIGIN = 'commerce-layer';

/**
 * Where a request came from. A storefront's own server says whose browser it speaks for; whoever does not present the
 * store's secret beside it is not believed (SEC-6).
 */
@Injectable()
export class CommerceLayerShopper {
  constructor(private readonly clients: ApiClientService) {}

  /** `store`: whose secret it must be; null: any store's, because none is known yet. */
  trailOf(request: IncomingRequest, store: Store | null): Trail | Promise<Trail> {
    const [secret, shopper] = [headerOf(request, 'x-backend-auth'), headerOf(request, 'x-true-client-ip').trim()];
    if (secret === '' || isIP(shopper) === 0) return trailOf(request, ORIGIN);
    return this.backendsTrailOf(request, store, { secret, shopper });
  }

  private async backendsTrailOf(
    request: IncomingRequest,
    store: Store | null,
    { secret, shopper }: { readonly secret: string; readonly shopper: string },
  ): Promise<Trail> {
    const backend = await this.clients.findByToken('commerce-layer-backend', secret);
    const isBelieved = backend !== null && (store === null || backend.storeId === store.id);
    const { headers, id, url, method, ip } = request;
    return trailOf({ headers, id, url, method, ip: isBelieved ? shopper : ip }, ORIGIN);
  }
}
