import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { digestOf } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { ApiClient, type ApiClientKind } from './api-client.entity.js';

/** Tokens longer than this were never issued (SEC-3). */
const MAX_TOKEN_LENGTH = 512;
/** As long as other instances may take to see a changed setup; what is unknown is looked up each time. */
const KEEP_SECONDS = 10;
const MAX_KEPT = 10_000;

interface Kept {
  readonly client: ApiClient;
  readonly until: Date;
}

/** Configured credentials, found by the digest of what is presented. Those in use are kept for some seconds. */
@Injectable()
export class ApiClientService {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  findById(id: number): Promise<ApiClient | null> {
    return this.find(`id ${id}`, { id });
  }

  /** The application of that name and kind, with its digest; null when there is none. */
  findByName(kind: ApiClientKind, name: string): Promise<ApiClient | null> {
    return this.find(`name ${kind} ${name}`, { kind, name });
  }

  /** The credential of that name and kind in a store, with its digest; null when there is none. */
  findOfStore(kind: ApiClientKind, name: string, storeId: number): Promise<ApiClient | null> {
    return this.find(`name ${kind} ${storeId} ${name}`, { kind, name, storeId });
  }

  /** An administrator of a store, with the hash of the password; never kept. Null when there is none. */
  findForSignIn(storeId: number, username: string): Promise<ApiClient | null> {
    return this.database.read((manager) =>
      manager
        .createQueryBuilder(ApiClient, 'a')
        .addSelect('a.passwordHash')
        .where({ storeId, kind: 'adobe-admin', name: username })
        .getOne(),
    );
  }

  /** The credential of that kind, or null. */
  findByToken(kind: ApiClientKind, token: string): Promise<ApiClient | null> {
    if (token.length > MAX_TOKEN_LENGTH) return Promise.resolve(null);
    const digest = clientDigest(kind, token);
    return this.find(`digest ${digest.toString('base64')}`, { kind, digest });
  }

  /** After a setup has been applied here. */
  forget(): void {
    this.kept.clear();
  }

  private async find(key: string, where: FindOptionsWhere<ApiClient>): Promise<ApiClient | null> {
    const kept = this.kept.get(key);
    if (kept && kept.until > this.clock.now()) return kept.client;
    const client = await this.database.read((manager) => manager.findOneBy(ApiClient, where));
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    if (client) this.kept.set(key, { client, until: this.clock.after(KEEP_SECONDS) });
    else this.kept.delete(key);
    return client;
  }
}

/** A token is digested with its kind, so that one kind's token is never another's (SEC-27, SEC-50). */
export function clientDigest(kind: ApiClientKind, token: string): Buffer {
  return digestOf(kind, token);
}
