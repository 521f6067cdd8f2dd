import { Args, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { Config } from '../../config/index.js';
import { StoreDirectory } from '../../store/index.js';
import { CountryCodeEnum } from './adobe.countries.js';
import { AdobeError } from './adobe.refusal.js';
import { uidOf } from './adobe.ids.js';
import { refuse } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeCustomerGroup } from './adobe.types.js';
import { toCountry, toStoreConfig } from './directory.mapper.js';
import { AdobeCountry, AdobeStoreConfig } from './directory.types.js';

/** The vendor's ids of who is not signed in, and of who is. */
const GROUP = { guest: 0, general: 1 };

/** What storefronts ask before anybody signs in: store views, countries, the shopper's group. */
@AdobeResolver()
export class AdobeDirectoryResolver {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly config: Config,
  ) {}

  @Allow('public')
  @Query(() => AdobeStoreConfig, { nullable: true })
  storeConfig(@CurrentCaller() { store }: Caller): AdobeStoreConfig {
    return toStoreConfig(store, store.id === this.stores.defaultStore.id, this.config.publicUrl);
  }

  /** All store views of the website; each is a group of its own, so the argument tells only this one. */
  @Allow('public')
  @Query(() => [AdobeStoreConfig], { nullable: 'itemsAndList' })
  availableStores(
    @Args('useCurrentGroup', { type: () => Boolean, nullable: true }) _useCurrentGroup: boolean | null,
    @CurrentCaller() { store: { realmId } }: Caller,
  ): AdobeStoreConfig[] {
    return this.stores
      .speaking('adobe')
      .filter((store) => store.realmId === realmId)
      .map((store) => toStoreConfig(store, store.id === this.stores.defaultStore.id, this.config.publicUrl));
  }

  @Allow('public')
  @Query(() => [AdobeCountry], { nullable: 'itemsAndList' })
  countries(@CurrentCaller() { store }: Caller): AdobeCountry[] {
    return Object.keys(CountryCodeEnum).flatMap((code) => toCountry(code, store) ?? []);
  }

  @Allow('public')
  @Query(() => AdobeCountry, { nullable: true })
  country(
    @Args('id', { type: () => String, nullable: true }) id: string | null,
    @CurrentCaller() { store }: Caller,
  ): AdobeCountry {
    const code = id || refuse('Country "id" value should be specified');
    const country = code in CountryCodeEnum ? toCountry(code, store) : null;
    if (!country) throw new AdobeError({ message: "The country isn't available.", category: 'graphql-no-such-entity' });
    return country;
  }

  @Allow('public')
  @Query(() => AdobeCustomerGroup)
  customerGroup(@CurrentCaller() { session }: Caller): AdobeCustomerGroup {
    return { uid: uidOf(session ? GROUP.general : GROUP.guest) };
  }
}
