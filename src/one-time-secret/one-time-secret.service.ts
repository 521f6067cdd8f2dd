import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digestOf, isSecret, newNumber, newSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Housekeeping } from '../common/housekeeping.js';
import type { Store } from '../store/index.js';
import type { OneTimeSecret, SecretPurpose } from './one-time-secret.entity.js';
import { OneTimeSecretRepository } from './one-time-secret.repository.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;

/** Whose secret it is, as the customer's row says it when the secret is made and when it is spent. */
export interface SecretOwner {
  readonly id: number;
  readonly emailKey: Buffer;
  readonly passwordVersion: number;
}

/** A secret to make. */
export interface IssueOrder {
  readonly purpose: SecretPurpose;
  /** The caller holds the owner's row. */
  readonly owner: SecretOwner;
  readonly store: Store;
  /** In seconds. */
  readonly lifetime: number;
  /** What the purpose wants to find with the record again. */
  readonly data?: Readonly<Record<string, string>>;
}

/** A secret that came back. */
export interface FindOrder {
  readonly purpose: SecretPurpose;
  readonly secret: string;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
}

/** Secrets for mailed links: made, found, spent. What a purpose means is the business of the module that asks. */
@Injectable()
export class OneTimeSecretService implements OnModuleInit {
  constructor(
    private readonly secrets: OneTimeSecretRepository,
    private readonly clock: Clock,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('one-time secrets', KEEP_ENDED_SECONDS, (endedBefore) =>
      this.secrets.purge(endedBefore),
    );
  }

  /** Makes a secret, and voids what its owner had of that purpose. The answer is nowhere else (SEC-24). */
  async issue({ purpose, owner, store, lifetime, data }: IssueOrder, tx: EntityManager): Promise<string> {
    const secret = newSecret();
    const createdAt = this.clock.now();
    await this.secrets.voidAll(tx, owner.id, purpose, createdAt);
    await this.secrets.insert(tx, {
      number: newNumber(),
      purpose,
      customerId: owner.id,
      storeId: store.id,
      digest: digestOf(purpose, secret),
      emailKey: owner.emailKey,
      passwordVersion: owner.passwordVersion,
      data: data ?? null,
      createdAt,
      expiresAt: this.clock.after(lifetime),
    });
    return secret;
  }

  /** The record of a secret that was neither spent nor voided. Looking spends nothing (SEC-32). @throws DomainError SECRET_INVALID */
  async find({ purpose, secret, store }: FindOrder): Promise<OneTimeSecret> {
    const found = isSecret(secret) ? await this.secrets.findByDigest(digestOf(purpose, secret), purpose) : null;
    const isOpen = found && !found.usedAt && !found.revokedAt;
    if (!isOpen || (store && found.storeId !== store.id)) throw new DomainError('SECRET_INVALID');
    return found;
  }

  /**
   * Whether the owner is still the one that the secret was made for (SEC-26), and in time.
   * @throws DomainError SECRET_INVALID, SECRET_EXPIRED
   */
  refuseStale(record: OneTimeSecret, owner: SecretOwner): void {
    const isSame = record.customerId === owner.id && record.passwordVersion === owner.passwordVersion;
    if (!isSame || !record.emailKey.equals(owner.emailKey)) throw new DomainError('SECRET_INVALID');
    if (record.expiresAt <= this.clock.now()) throw new DomainError('SECRET_EXPIRED');
  }

  /** Spends the secret: of all who try at once, one succeeds. @throws DomainError SECRET_INVALID */
  async spend({ id }: OneTimeSecret, tx: EntityManager): Promise<void> {
    const spent = await this.secrets.consume(tx, id, this.clock.now());
    if (!spent) throw new DomainError('SECRET_INVALID');
  }

  /** Leaves nothing of a customer's secrets (SEC-80). */
  removeAll(customerId: number, tx: EntityManager): Promise<void> {
    return this.secrets.removeAll(tx, customerId);
  }
}
