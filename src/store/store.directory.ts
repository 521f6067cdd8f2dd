import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../common/database.js';
import { Realm } from './realm.entity.js';
import { defaultPolicy } from './realm.policy.js';
import { Store } from './store.entity.js';
import { StoreSeal, type StoreSecrets } from './store.seal.js';
import type { Dialect, UpstreamSettings } from './store.settings.js';

const RELOAD_MS = 10_000;

/** The storefront API behind a store, with the token that it knows us by. */
export interface Upstream extends UpstreamSettings {
  readonly token: string;
}

/** All stores with their realms, in memory: they are few, change rarely, and every request needs one. */
@Injectable()
export class StoreDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(StoreDirectory.name);
  private stores: readonly Store[] = [];
  private secrets: ReadonlyMap<number, StoreSecrets> = new Map();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly seal: StoreSeal,
  ) {}

  /** Other instances may apply a setup; this one sees it within seconds. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.reload().catch((error: unknown) => this.log.warn(`could not reload the stores: ${String(error)}`));
    }, RELOAD_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async reload(): Promise<void> {
    const read = await this.database.read(async (manager) => ({
      stores: await manager.find(Store, { relations: { realm: true }, order: { id: 'ASC' } }),
      secrets: await this.seal.openAll(manager),
    }));
    for (const { realm } of read.stores) realm.policy = { ...defaultPolicy, ...realm.policy }; // stored by an older release
    this.stores = read.stores;
    this.secrets = read.secrets;
  }

  get isEmpty(): boolean {
    return this.stores.length === 0;
  }

  /** The store of code `default`, else the first that was made. */
  get defaultStore(): Store {
    const store = this.findByCode('default') ?? this.stores[0];
    if (!store) throw new Error('no store is set up');
    return store;
  }

  findByCode(code: string): Store | null {
    return this.stores.find((store) => store.code === code) ?? null;
  }

  /** The store whose storefront answers at a host (with its port). */
  findByHost(host: string): Store | null {
    return (
      this.stores.find(({ storefrontUrl }) => storefrontUrl !== null && new URL(storefrontUrl).host === host) ?? null
    );
  }

  /** The store of a Commerce Layer organization, by its slug. */
  findByOrganization(slug: string): Store | null {
    return this.stores.find(({ settings }) => settings.commerceLayer?.organization === slug) ?? null;
  }

  getById(id: number): Store {
    const store = this.stores.find((candidate) => candidate.id === id);
    if (!store) throw new Error(`store ${id} does not exist`);
    return store;
  }

  findRealm(code: string): Realm | null {
    return this.stores.find(({ realm }) => realm.code === code)?.realm ?? null;
  }

  /** All stores of a realm. */
  allOf(realm: Realm): Store[] {
    return this.stores.filter(({ realmId }) => realmId === realm.id);
  }

  /** The store in whose name a realm speaks where none is meant. */
  firstOf(realm: Realm): Store {
    const [store] = this.allOf(realm);
    if (!store) throw new Error(`realm ${realm.code} has no store`);
    return store;
  }

  /** What signs a store's Multipass tokens, or null where it takes none. */
  multipassSecretOf({ id }: Store): string | null {
    return this.secrets.get(id)?.multipassSecret ?? null;
  }

  /** Where a store's other operations go, or null where they go nowhere. */
  upstreamOf({ id, settings }: Store): Upstream | null {
    const token = this.secrets.get(id)?.upstreamToken ?? null;
    const upstream = settings.shopify?.upstream;
    return upstream && token !== null ? { ...upstream, token } : null;
  }

  /** The stores that speak a dialect. */
  speaking(dialect: Dialect): Store[] {
    return this.stores.filter(({ settings }) => settings[dialect] !== undefined);
  }

  /** Whether any store speaks a dialect. */
  speaks(dialect: Dialect): boolean {
    return this.speaking(dialect).length > 0;
  }
}
