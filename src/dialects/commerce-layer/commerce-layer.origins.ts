import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CrossOriginPolicy } from '#lib/cross-origin';
import { knownStore, type IncomingRequest } from '../../access/index.js';
import { Config } from '../../config/index.js';
import { originsOf, StoreDirectory, type Store } from '../../store/index.js';

/** Which storefronts' pages may ask from a browser, as sales channels do. */
@Injectable()
export class CommerceLayerOrigins implements CrossOriginPolicy {
  readonly methods = ['GET', 'POST', 'PATCH', 'DELETE'];
  /** What the vendor's own clients send. */
  readonly requestHeaders = ['Accept', 'Authorization', 'Content-Type'];
  readonly exposedHeaders = [
    'Retry-After',
    'X-Ratelimit-Interval',
    'X-Ratelimit-Limit',
    'X-Ratelimit-Remaining',
    'X-Request-Id',
  ];

  private readonly asked = new WeakMap<IncomingRequest, Store>();

  constructor(
    private readonly stores: StoreDirectory,
    private readonly config: Config,
  ) {}

  /** Remembers whose application asks for a token or gives one back. */
  know(request: IncomingRequest, store: Store): void {
    this.asked.set(request, store);
  }

  /**
   * Those of the store that the token or the application belongs to; of every store where none is known: of a preflight,
   * which carries neither, of a refused token, and of the keys, which are the same for all.
   */
  readonly origins = async (request: FastifyRequest): Promise<readonly string[]> => {
    const store = (await knownStore(request)) ?? this.asked.get(request);
    const stores = store ? [store] : this.stores.speaking('commerceLayer');
    return stores.flatMap((one) => originsOf(one, this.config.publicUrl));
  };
}
