import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SealedBox } from '#lib/sealed-box';
import { Clock } from '../common/clock.js';
import { Config, masterKeyOf } from '../config/index.js';
import { secretText, type SecretSetup, type StoreSetup } from './setup.schema.js';
import { Store } from './store.entity.js';

/** The secrets of a store that must be readable again. */
export interface StoreSecrets {
  readonly multipassSecret: string | null;
  readonly upstreamToken: string | null;
}

/** Seals secrets into a store's row, each under a key of its own (SEC-84). */
@Injectable()
export class StoreSeal {
  private readonly log = new Logger(StoreSeal.name);
  private readonly boxes: Readonly<Record<keyof StoreSecrets, SealedBox>>;
  private readonly told = new Set<string>();

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    const key = masterKeyOf(config);
    this.boxes = { multipassSecret: new SealedBox(key, 'multipass'), upstreamToken: new SealedBox(key, 'upstream') };
  }

  /** Brings a store's secrets in line with its setup; one that is the same is not sealed anew. */
  async apply(tx: EntityManager, { id }: Store, { shopify }: StoreSetup): Promise<void> {
    const wanted = {
      multipassSecret: textOf(shopify?.multipassSecret),
      upstreamToken: textOf(shopify?.upstream?.token),
    };
    const stored = (await this.openAll(tx, { id })).get(id);
    if (stored?.multipassSecret === wanted.multipassSecret && stored.upstreamToken === wanted.upstreamToken) return;
    const sealedMultipassSecret = this.seal('multipassSecret', wanted.multipassSecret);
    const sealedUpstreamToken = this.seal('upstreamToken', wanted.upstreamToken);
    await tx.update(Store, { id }, { sealedMultipassSecret, sealedUpstreamToken, updatedAt: this.clock.now() });
  }

  /** The secrets of stores, all unless one is named, by the store's id. */
  async openAll(manager: EntityManager, which: { id?: number } = {}): Promise<ReadonlyMap<number, StoreSecrets>> {
    const stores = await manager
      .createQueryBuilder(Store, 's')
      .select(['s.id', 's.code', 's.sealedMultipassSecret', 's.sealedUpstreamToken'])
      .where(which)
      .getMany();
    return new Map(stores.map((store) => [store.id, this.opened(store)]));
  }

  private opened({ code, sealedMultipassSecret, sealedUpstreamToken }: Store): StoreSecrets {
    return {
      multipassSecret: this.open('multipassSecret', sealedMultipassSecret, code),
      upstreamToken: this.open('upstreamToken', sealedUpstreamToken, code),
    };
  }

  private seal(name: keyof StoreSecrets, text: string | null): Buffer | null {
    return text === null ? null : this.boxes[name].seal(text);
  }

  /** Null also for what was sealed under another SECRET_KEY; that is told once, since stores are read again and again. */
  private open(name: keyof StoreSecrets, sealed: Buffer | null, code: string): string | null {
    if (sealed === null) return null;
    const text = this.boxes[name].open(sealed);
    const what = `${name} of store ${code}`;
    if (text === null && !this.told.has(what)) this.log.warn(`cannot read the ${what}: it has another SECRET_KEY`);
    if (text === null) this.told.add(what);
    return text;
  }
}

function textOf(secret: SecretSetup | undefined): string | null {
  return secret === undefined ? null : secretText(secret);
}
