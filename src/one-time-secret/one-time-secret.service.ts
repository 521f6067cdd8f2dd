import { timingSafeEqual } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digestOf, isSecret, newCode, newNumber, newSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Housekeeping } from '../common/housekeeping.js';
import type { OwnedRows, OwnerWindow } from '../common/owned-rows.js';
import type { Store } from '../store/index.js';
import type { OneTimeSecret, SecretPurpose } from './one-time-secret.entity.js';
import { OneTimeSecretRepository } from './one-time-secret.repository.js';
import type { Whose } from './secret-failures.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;
/** So many wrong tries end a code. */
const MAX_TRIES = 5;

/** Whose secret it is, as the customer's row says it when the secret is made and when it is spent. */
export interface SecretOwner {
  readonly id: number;
  readonly emailKey: Buffer;
  readonly passwordVersion: number;
}

/** What a secret is for. */
interface SecretTerms {
  readonly purpose: SecretPurpose;
  readonly store: Store;
  /** In seconds. */
  readonly lifetime: number;
  /** What the purpose wants to find with the record again. */
  readonly data?: Readonly<Record<string, string>>;
}

/** A secret to make. */
export interface IssueOrder extends SecretTerms {
  /** The caller holds the owner's row. */
  readonly owner: SecretOwner;
}

/** A secret that came back. */
export interface FindOrder {
  /** What it may be good for. */
  readonly purposes: readonly SecretPurpose[];
  readonly secret: string;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
}

/** A code that somebody typed. */
export interface CodeOrder {
  readonly purpose: SecretPurpose;
  readonly code: string;
  /** Whom it is said to belong to; null: nobody, at the same cost (SEC-39). */
  readonly owner: SecretOwner | null;
  readonly store: Store;
}

/** A secret that was neither spent nor voided, and whose it is. */
export type OpenSecret = OneTimeSecret & { readonly customerId: number };

/** A row id that no customer has: statements with it cost as much and change nothing. */
const NOBODY = 0;
/** An address that may belong to anybody is not kept. */
const NO_ADDRESS = Buffer.alloc(0);

/** Secrets for mailed links: made, found, spent. What a purpose means is the business of the module that asks. */
@Injectable()
export class OneTimeSecretService implements OnModuleInit, OwnedRows {
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

  /** Customers who have a secret that may be spent. */
  findOwners(window: OwnerWindow): Promise<readonly number[]> {
    return this.secrets.findOwners(window, this.clock.now());
  }

  /** Voids every secret of several customers. */
  endOf(customerIds: readonly number[], tx: EntityManager): Promise<void> {
    return this.secrets.endOf(tx, customerIds, this.clock.now());
  }

  /** Makes a secret, and voids what its owner had of that purpose. The answer is nowhere else (SEC-24). */
  async issue({ owner, ...terms }: IssueOrder, tx: EntityManager): Promise<string> {
    const secret = newSecret();
    await this.replace(terms, { owner, number: newNumber(), secret }, tx);
    return secret;
  }

  /** Makes a code of six digits as `issue` makes a secret. Its digest is over the record's number too, or two owners' would meet. */
  async issueCode({ owner, ...terms }: IssueOrder, tx: EntityManager): Promise<string> {
    const [number, code] = [newNumber(), newCode()];
    await this.replace(terms, { owner, number, secret: codeText(number, code) }, tx);
    return code;
  }

  /** The same statements where there is nobody to make a secret for: a record that was void from the first (SEC-39). */
  async issueDecoy(terms: SecretTerms, tx: EntityManager): Promise<void> {
    const revokedAt = this.clock.now();
    await this.secrets.voidAll(tx, NOBODY, terms.purpose, revokedAt);
    const whose = { customerId: null, emailKey: NO_ADDRESS, passwordVersion: 0, revokedAt };
    await this.insert(terms, newSecret(), { ...whose, number: newNumber() }, tx);
  }

  /** The record of a secret that was neither spent nor voided, or null. Looking spends nothing (SEC-32). */
  async find({ purposes, secret, store }: FindOrder, whose: Whose): Promise<OpenSecret | null> {
    const digests = purposes.map((purpose) => digestOf(purpose, secret));
    const found = isSecret(secret) ? await this.secrets.findByDigest(digests) : null;
    if (found?.customerId) whose(found.customerId);
    if (!found || found.usedAt || found.revokedAt || (store && found.storeId !== store.id)) return null;
    return isSomebodys(found) ? found : null;
  }

  /** The record of a code, or null. Each look counts as a try, also of the right code: guesses at once get no more (SEC-40). */
  async tryCode({ purpose, code, owner, store }: CodeOrder): Promise<OpenSecret | null> {
    const found = await this.secrets.findNewest(owner?.id ?? NOBODY, store.id, purpose);
    const isLeft = await this.secrets.countTry(found?.id ?? NOBODY, MAX_TRIES, this.clock.now());
    if (!found || !isLeft || !isSomebodys(found)) return null;
    return timingSafeEqual(found.digest, digestOf(purpose, codeText(found.number, code))) ? found : null;
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

  private async replace(
    terms: SecretTerms,
    { owner, number, secret }: { readonly owner: SecretOwner; readonly number: number; readonly secret: string },
    tx: EntityManager,
  ): Promise<void> {
    await this.secrets.voidAll(tx, owner.id, terms.purpose, this.clock.now());
    const { id: customerId, emailKey, passwordVersion } = owner;
    await this.insert(terms, secret, { customerId, emailKey, passwordVersion, number, revokedAt: null }, tx);
  }

  private async insert(
    { purpose, store, lifetime, data }: SecretTerms,
    secret: string,
    whose: Pick<OneTimeSecret, 'customerId' | 'emailKey' | 'passwordVersion' | 'revokedAt' | 'number'>,
    tx: EntityManager,
  ): Promise<void> {
    await this.secrets.insert(tx, {
      ...whose,
      purpose,
      storeId: store.id,
      digest: digestOf(purpose, secret),
      data: data ?? null,
      createdAt: this.clock.now(),
      expiresAt: this.clock.after(lifetime),
    });
  }
}

function codeText(number: number, code: string): string {
  return `${number} ${code}`;
}

function isSomebodys(record: OneTimeSecret): record is OpenSecret {
  return record.customerId !== null;
}
