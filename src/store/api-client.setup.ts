import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digestOf, newNumber } from '#lib/opaque-token';
import { PasswordHasher } from '#lib/password-hash';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { ApiClient, type ApiClientKind } from './api-client.entity.js';
import { clientDigest } from './api-client.service.js';
import { secretText } from './setup-file.js';
import type { SecretSetup, Setup, StoreSetup } from './setup.schema.js';
import type { Store } from './store.entity.js';

/** A credential as a setup names it. */
interface ClientSetup {
  readonly kind: ApiClientKind;
  readonly name: string;
  readonly digest: Buffer | null;
  readonly passwordHash?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** The credentials of a setup: only their digests reach the database. */
@Injectable()
export class ApiClientSetup {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** Hashes of administrators' passwords that are new or changed, by store and user name; made before any transaction. */
  async hashedPasswords(setup: Setup): Promise<ReadonlyMap<string, string>> {
    const hashes = new Map<string, string>();
    for (const { code, adobe } of setup.realms.flatMap(({ stores }) => stores)) {
      for (const { username, password } of adobe?.admins ?? []) {
        const known = await this.database.read((manager) => storedHash(manager, code, username));
        const unchanged = known !== null && (await this.hasher.verify(known, secretText(password)));
        if (!unchanged) hashes.set(`${code} ${username}`, await this.hasher.hash(secretText(password)));
      }
    }
    return hashes;
  }

  async applyAdminTokens(tx: EntityManager, tokens: Setup['adminTokens']): Promise<void> {
    for (const token of tokens) {
      const named = typeof token === 'object' && 'token' in token ? token : { token, name: undefined };
      await this.upsert(tx, null, tokenClient('keyturn-admin', named.token, { name: named.name }));
    }
  }

  async applyStore(
    tx: EntityManager,
    store: Store,
    setup: StoreSetup,
    passwords: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const client of clientsOf(setup)) {
      const passwordHash = passwords.get(`${setup.code} ${client.name}`);
      await this.upsert(tx, store.id, client.kind === 'adobe-admin' ? { ...client, passwordHash } : client);
    }
  }

  private async upsert(tx: EntityManager, storeId: number | null, client: ClientSetup): Promise<void> {
    const { kind, name, digest, passwordHash, scopes = null } = client;
    const byName = storeId === null ? null : await tx.findOneBy(ApiClient, { kind, name, storeId });
    const existing = byName ?? (digest === null ? null : await tx.findOneBy(ApiClient, { kind, digest }));
    if (!existing) {
      const row = { number: newNumber(), storeId, kind, name, digest, passwordHash: passwordHash ?? null, scopes };
      await tx.insert(ApiClient, { ...row, createdAt: this.clock.now() });
      return;
    }
    const changes = { name, digest, scopes, ...(passwordHash ? { passwordHash } : {}) };
    await tx.update(ApiClient, { id: existing.id }, changes);
  }
}

async function storedHash(manager: EntityManager, storeCode: string, username: string): Promise<string | null> {
  const found = await manager.findOne(ApiClient, {
    where: { kind: 'adobe-admin', name: username, store: { code: storeCode } },
    select: { id: true, passwordHash: true },
  });
  return found?.passwordHash ?? null;
}

function tokenClient(
  kind: ApiClientKind,
  token: SecretSetup,
  more: { name?: string | undefined; scopes?: string[] | undefined } = {},
): ClientSetup {
  const digest = clientDigest(kind, secretText(token));
  return { kind, name: more.name ?? `token-${digest.toString('hex', 0, 4)}`, digest, scopes: more.scopes };
}

function clientsOf({ shopify, adobe, commerceLayer, commonGround }: StoreSetup): ClientSetup[] {
  return [
    ...(shopify?.storefrontTokens ?? []).map(({ token, private: isPrivate, scopes }) =>
      tokenClient(isPrivate ? 'shopify-storefront-private' : 'shopify-storefront', token, { scopes }),
    ),
    ...(shopify?.adminTokens ?? []).map((token) => tokenClient('shopify-admin', token)),
    ...(adobe?.integrationTokens ?? []).map((token) =>
      typeof token === 'object' && 'token' in token
        ? tokenClient('adobe-integration', token.token, { scopes: token.resources })
        : tokenClient('adobe-integration', token),
    ),
    ...(adobe?.admins ?? []).map(({ username }): ClientSetup => ({
      kind: 'adobe-admin',
      name: username,
      digest: null,
    })),
    ...(commerceLayer?.applications ?? []).map(({ kind, clientId, clientSecret }): ClientSetup => {
      const clientKind = kind === 'integration' ? 'commerce-layer-integration' : 'commerce-layer-sales-channel';
      return {
        kind: clientKind,
        name: clientId,
        digest: digestOf(clientKind, clientSecret ? secretText(clientSecret) : clientId),
      };
    }),
    ...(commonGround?.keys ?? []).map(({ accessKey, secretKey }): ClientSetup => {
      return {
        kind: 'common-ground-key',
        name: accessKey,
        digest: clientDigest('common-ground-key', secretText(secretKey)),
      };
    }),
  ];
}
