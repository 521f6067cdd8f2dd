import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { findOwnersIn, type OwnerWindow } from '../common/owned-rows.js';
import { OneTimeSecret, type SecretPurpose } from './one-time-secret.entity.js';

const UNSPENT = { usedAt: IsNull(), revokedAt: IsNull() };

@Injectable()
export class OneTimeSecretRepository {
  constructor(private readonly database: Database) {}

  /** The record that one of the digests names; they differ by purpose, so no two of them are found. */
  findByDigest(digests: readonly Buffer[]): Promise<OneTimeSecret | null> {
    return this.database.read((manager) => manager.findOneBy(OneTimeSecret, { digest: In(digests) }));
  }

  /** The newest that a customer has of a purpose in a store, with its digest. */
  findNewest(customerId: number, storeId: number, purpose: SecretPurpose): Promise<OneTimeSecret | null> {
    return this.database.read((manager) =>
      manager
        .createQueryBuilder(OneTimeSecret, 's')
        .addSelect('s.digest')
        .where({ customerId, storeId, purpose })
        .orderBy('s.id', 'DESC')
        .getOne(),
    );
  }

  /** Counts a try in one statement; false when the secret is over, or was tried as often as it may be. */
  countTry(id: number, most: number, at: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const open = { id, ...UNSPENT, expiresAt: MoreThan(at), tries: LessThan(most) };
      const counted = await tx.update(OneTimeSecret, open, { tries: () => 'tries + 1' });
      return counted.affected === 1;
    });
  }

  /** Claims the row in one statement, so of two racing requests exactly one gets it (SEC-28). */
  async consume(tx: EntityManager, id: number, at: Date): Promise<boolean> {
    const claimed = await tx.update(OneTimeSecret, { id, ...UNSPENT, expiresAt: MoreThan(at) }, { usedAt: at });
    return claimed.affected === 1;
  }

  /** Voids what a customer has of a purpose. The caller holds the customer's row. */
  async voidAll(tx: EntityManager, customerId: number, purpose: SecretPurpose, at: Date): Promise<void> {
    await tx.update(OneTimeSecret, { customerId, purpose, ...UNSPENT }, { revokedAt: at });
  }

  /** Customers who have a secret that may be spent. */
  findOwners(window: OwnerWindow, at: Date): Promise<readonly number[]> {
    const alive = { table: 'one_time_secret', open: 'used_at IS NULL AND revoked_at IS NULL', at };
    return findOwnersIn(this.database, alive, window);
  }

  /** Voids what several customers have, of all purposes. */
  async endOf(tx: EntityManager, customerIds: readonly number[], at: Date): Promise<void> {
    await tx.update(OneTimeSecret, { customerId: In(customerIds), ...UNSPENT }, { revokedAt: at });
  }

  async insert(tx: EntityManager, row: Omit<OneTimeSecret, 'id' | 'usedAt' | 'tries'>): Promise<void> {
    await tx.createQueryBuilder().insert().into(OneTimeSecret).values(row).updateEntity(false).execute();
  }

  async removeAll(tx: EntityManager, customerId: number): Promise<void> {
    await tx.delete(OneTimeSecret, { customerId });
  }

  async purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const where = { expiresAt: LessThanOrEqual(endedBefore) };
      const old = await tx.find(OneTimeSecret, { where, select: { id: true }, take: 1000 });
      if (old.length > 0) {
        await tx.delete(
          OneTimeSecret,
          old.map(({ id }) => id),
        );
      }
      return old.length;
    });
  }
}
