import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { PasswordHasher } from '#lib/password-hash';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { ApiClient } from './api-client.entity.js';
import { adminClients, storeClients, type ClientSetup } from './client-setup.js';
import { secretText, type Setup, type StoreSetup } from './setup.schema.js';
import type { Store } from './store.entity.js';

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
    for (const client of adminClients(tokens)) await this.upsert(tx, null, client);
  }

  async applyStore(
    tx: EntityManager,
    store: Store,
    setup: StoreSetup,
    passwords: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const client of storeClients(setup)) {
      const passwordHash = passwords.get(`${setup.code} ${client.name}`);
      await this.upsert(tx, store.id, client.kind === 'adobe-admin' ? { ...client, passwordHash } : client);
    }
  }

  /**
   * A name within its store says which credential is meant; a token without one is known by itself. A secret that
   * changes its name is taken from who had it before.
   */
  private async upsert(tx: EntityManager, storeId: number | null, client: ClientSetup): Promise<void> {
    const { kind, name, digest, passwordHash, scopes = null, extraGrants = null } = client;
    const byName = await tx.findOneBy(ApiClient, { kind, name, storeId: storeId ?? IsNull() });
    const existing = byName ?? (digest === null ? null : await tx.findOneBy(ApiClient, { kind, digest }));
    if (byName && digest && !byName.digest?.equals(digest)) {
      await tx.update(ApiClient, { kind, digest }, { digest: null });
    }
    const password = passwordHash ? { passwordHash, passwordSetAt: this.clock.now() } : {};
    if (!existing) {
      const row = { number: newNumber(), storeId, kind, name, digest, ...password, scopes, extraGrants };
      await tx.insert(ApiClient, { ...row, createdAt: this.clock.now() });
      return;
    }
    const isNewSecret = digest !== null && existing.digest !== null && !existing.digest.equals(digest);
    const replaced = isNewSecret ? { passwordSetAt: this.clock.now() } : {};
    const changes = { storeId, name, digest, scopes, extraGrants, ...replaced, ...password };
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
