import { Injectable } from '@nestjs/common';
import { digestOf } from '#lib/opaque-token';
import { Database } from '../common/database.js';
import { ApiClient, type ApiClientKind } from './api-client.entity.js';

/** Tokens longer than this were never issued (SEC-3). */
const MAX_TOKEN_LENGTH = 512;

/** Configured credentials, found by the digest of what is presented. */
@Injectable()
export class ApiClientService {
  constructor(private readonly database: Database) {}

  findById(id: number): Promise<ApiClient | null> {
    return this.database.read((manager) => manager.findOneBy(ApiClient, { id }));
  }

  /** The application of that name and kind, with its digest; null when there is none. */
  findByName(kind: ApiClientKind, name: string): Promise<ApiClient | null> {
    return this.database.read((manager) => manager.findOneBy(ApiClient, { kind, name }));
  }

  /** The credential of that kind, or null. */
  async findByToken(kind: ApiClientKind, token: string): Promise<ApiClient | null> {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    return this.database.read((manager) => manager.findOneBy(ApiClient, { kind, digest: clientDigest(kind, token) }));
  }
}

/** A token is digested with its kind, so that one kind's token is never another's (SEC-27, SEC-50). */
export function clientDigest(kind: ApiClientKind, token: string): Buffer {
  return digestOf(kind, token);
}
