import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../common/database.js';
import { Realm } from './realm.entity.js';
import { Store } from './store.entity.js';
import type { Dialect } from './store.settings.js';

const RELOAD_MS = 10_000;

/** All stores with their realms, in memory: they are few, change rarely, and every request needs one. */
@Injectable()
export class StoreDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(StoreDirectory.name);
  private stores: readonly Store[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

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
    this.stores = await this.database.read((manager) =>
      manager.find(Store, { relations: { realm: true }, order: { id: 'ASC' } }),
    );
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

  /** The store in whose name a realm speaks where none is meant. */
  firstOf(realm: Realm): Store {
    const store = this.stores.find(({ realmId }) => realmId === realm.id);
    if (!store) throw new Error(`realm ${realm.code} has no store`);
    return store;
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
