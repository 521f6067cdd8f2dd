import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CrossOriginPolicy } from '#lib/cross-origin';
import { knownStore } from '../../access/index.js';
import { Config } from '../../config/index.js';
import { originsOf, StoreDirectory } from '../../store/index.js';

/** Which storefronts' pages may ask from a browser. */
@Injectable()
export class ShopifyOrigins implements CrossOriginPolicy {
  readonly methods = ['POST'];
  /** What the vendor's own clients send. */
  readonly requestHeaders = [
    'Accept',
    'Accept-Language',
    'Content-Type',
    'Custom-Storefront-Request-Group-ID',
    'Shopify-Storefront-S',
    'Shopify-Storefront-Y',
    'X-SDK-Variant',
    'X-SDK-Variant-Source',
    'X-SDK-Version',
    'X-Shopify-Client-IP',
    'X-Shopify-Client-IP-Sig',
    'X-Shopify-Storefront-Access-Token',
  ];
  readonly exposedHeaders = ['Retry-After', 'X-Request-Id', 'X-Shopify-API-Version'];

  constructor(
    private readonly stores: StoreDirectory,
    private readonly config: Config,
  ) {}

  /** Those of the store that the token belongs to; of every store where none is known, as in a preflight. */
  readonly origins = async (request: FastifyRequest): Promise<readonly string[]> => {
    const store = await knownStore(request);
    const stores = store ? [store] : this.stores.speaking('shopify');
    return stores.flatMap((one) => originsOf(one, this.config.publicUrl));
  };
}
