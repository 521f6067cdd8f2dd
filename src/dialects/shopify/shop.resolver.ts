import { Args, ID, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { toGlobalId } from '../../common/public-id.js';
import { Config } from '../../config/index.js';
import { ShopifyApiVersion, ShopifyShop } from './shop.types.js';
import { servedVersions, UNSTABLE } from './shopify.paths.js';
import { ShopifyResolver } from './shopify.schema.js';
import { ShopifyNode } from './shopify.types.js';

/** What everybody may know, with or without a storefront's token. */
@ShopifyResolver()
export class ShopifyShopResolver {
  constructor(private readonly config: Config) {}

  @Allow('public')
  @Query(() => ShopifyShop)
  shop(@CurrentCaller() { store }: Caller): ShopifyShop {
    const url = store.storefrontUrl ?? this.config.publicUrl;
    const { host, protocol } = new URL(url);
    return {
      customerAccountUrl: null,
      description: null,
      id: toGlobalId('Shop', store.number),
      moneyFormat: '{{amount}}',
      name: store.name,
      primaryDomain: { host, sslEnabled: protocol === 'https:', url },
      shipsToCountries: [],
      socialLoginProviders: [],
    };
  }

  @Allow('public')
  @Query(() => [ShopifyApiVersion])
  publicApiVersions(): ShopifyApiVersion[] {
    return servedVersions().map((handle) => ({ displayName: handle, handle, supported: handle !== UNSTABLE }));
  }

  /** Nothing that lives here is found by its id alone: a customer is found by its token. */
  @Allow('public')
  @Query(() => ShopifyNode, { nullable: true })
  node(@Args('id', { type: () => ID }) _id: string): ShopifyNode | null {
    return null;
  }

  @Allow('public')
  @Query(() => [ShopifyNode], { nullable: 'items' })
  nodes(@Args('ids', { type: () => [ID] }) ids: string[]): null[] {
    return ids.map(() => null);
  }
}
