import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { isDuplicate } from '../common/database-conflict.js';
import { Database } from '../common/database.js';
import { ApiClient } from './api-client.entity.js';
import { ApiClientService } from './api-client.service.js';
import { ApiClientSetup } from './api-client.setup.js';
import { clientDigests } from './client-setup.js';
import { demoSetup } from './demo-setup.js';
import { Realm } from './realm.entity.js';
import type { RealmPolicy } from './realm.policy.js';
import { SetupError } from './setup-file.js';
import { setupSchema, type RealmSetup, type Setup, type StoreSetup } from './setup.schema.js';
import { StoreDirectory } from './store.directory.js';
import { Store } from './store.entity.js';
import { StoreSeal } from './store.seal.js';
import type { StoreSettings } from './store.settings.js';

/** Brings realms, stores and credentials in line with a setup: adds and changes, never deletes. */
@Injectable()
export class SetupService {
  constructor(
    private readonly database: Database,
    private readonly clients: ApiClientSetup,
    private readonly seal: StoreSeal,
    private readonly directory: StoreDirectory,
    private readonly credentials: ApiClientService,
    private readonly clock: Clock,
  ) {}

  /**
   * Idempotent: applying the same setup again changes nothing. Of instances that start together one makes a row; the
   * others find it on their second try. Customers are the customer module's to create.
   */
  async apply(setup: Setup): Promise<void> {
    const passwords = await this.clients.hashedPasswords(setup);
    try {
      await this.applyOnce(setup, passwords);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.applyOnce(setup, passwords);
    }
    this.credentials.forget();
    await this.directory.reload();
  }

  /** Whether a credential of the demo setup is in the database, because it was used in development. */
  hasDemo(): Promise<boolean> {
    const digests = clientDigests(setupSchema.parse(demoSetup));
    return this.database.read((manager) => manager.existsBy(ApiClient, { digest: In(digests) }));
  }

  private applyOnce(setup: Setup, passwords: ReadonlyMap<string, string>): Promise<void> {
    return this.database.transaction(async (tx) => {
      for (const realm of setup.realms) await this.applyRealm(tx, realm, passwords);
      await this.clients.applyAdminTokens(tx, setup.adminTokens);
    });
  }

  private async applyRealm(
    tx: EntityManager,
    setup: RealmSetup,
    passwords: ReadonlyMap<string, string>,
  ): Promise<void> {
    const realm = await this.upsertRealm(tx, setup);
    for (const storeSetup of setup.stores) {
      const store = await this.upsertStore(tx, realm, storeSetup);
      await this.seal.apply(tx, store, storeSetup);
      await this.clients.applyStore(tx, store, storeSetup, passwords);
    }
  }

  private async upsertRealm(tx: EntityManager, { code, policy }: RealmSetup): Promise<Realm> {
    const at = this.clock.now();
    const values: { policy: RealmPolicy } = { policy };
    const existing = await tx.findOneBy(Realm, { code });
    if (!existing) await tx.insert(Realm, { code, ...values, createdAt: at, updatedAt: at });
    else if (!same(existing.policy, policy)) await tx.update(Realm, { id: existing.id }, { ...values, updatedAt: at });
    return tx.findOneByOrFail(Realm, { code });
  }

  private async upsertStore(tx: EntityManager, realm: Realm, setup: StoreSetup): Promise<Store> {
    const at = this.clock.now();
    const { code } = setup;
    const values = storeValues(setup);
    const existing = await tx.findOneBy(Store, { code });
    if (existing && existing.realmId !== realm.id) {
      throw new SetupError([`store ${code} cannot move to realm ${realm.code}`]);
    }
    if (!existing) {
      await tx.insert(Store, { code, number: newNumber(), realmId: realm.id, ...values, createdAt: at, updatedAt: at });
    } else if (!same(valuesOf(existing), values)) {
      await tx.update(Store, { id: existing.id }, { ...values, updatedAt: at });
    }
    return tx.findOneByOrFail(Store, { code });
  }
}

type StoreValues = Pick<Store, 'name' | 'storefrontUrl' | 'locale' | 'mailFrom' | 'settings'>;

function storeValues(setup: StoreSetup): StoreValues {
  const { name, storefrontUrl, locale, mailFrom } = setup;
  return {
    name,
    storefrontUrl: storefrontUrl?.replace(/\/$/, '') ?? null,
    locale,
    mailFrom,
    settings: settingsOf(setup),
  };
}

/** Everything of a store's dialects that is no secret. */
function settingsOf({ origins, adobe, shopify, commerceLayer, commonGround }: StoreSetup): StoreSettings {
  return {
    origins,
    adobe: adobe && {
      profile: adobe.profile,
      httpStatus: adobe.httpStatus ?? (adobe.profile === '2.4.9' ? 'semantic' : 'legacy'),
      requiredCharacterClasses: adobe.requiredCharacterClasses,
      confirmationRequired: adobe.confirmationRequired,
      emailAvailableTruth: adobe.emailAvailableTruth,
      newsletterActive: adobe.newsletterActive,
      strictRegion: adobe.strictRegion,
      resetLink: adobe.resetLink,
    },
    shopify: shopify && {
      allowEmailChange: shopify.allowEmailChange,
      upstream: shopify.upstream && {
        url: shopify.upstream.url,
        private: shopify.upstream.private,
        timeoutMs: shopify.upstream.timeoutMs,
      },
      resetLink: shopify.resetLink,
    },
    commerceLayer: commerceLayer && {
      organization: commerceLayer.organization,
      mailResets: commerceLayer.mailResets,
      webhookPrivateTargets: commerceLayer.webhookPrivateTargets,
      guestAddressHours: commerceLayer.guestAddressHours,
      addressPhoneOptional: commerceLayer.addressPhoneOptional,
      countriesWithoutZip: commerceLayer.countriesWithoutZip,
      resetLink: commerceLayer.resetLink,
    },
    commonGround: commonGround && {
      passwordEncoding: commonGround.passwordEncoding,
      sessionDays: commonGround.sessionDays,
      resetLink: commonGround.resetLink,
    },
  };
}

function valuesOf({ name, storefrontUrl, locale, mailFrom, settings }: Store): StoreValues {
  return { name, storefrontUrl, locale, mailFrom, settings };
}

function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with sorted members: key order in the file or the database makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => one.localeCompare(other)))
      : member,
  );
}
