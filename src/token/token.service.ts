import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull, LessThan, LessThanOrEqual, MoreThan, Not, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { Housekeeping } from '../common/housekeeping.js';
import { keysetPage, type Keyset, type KeysetPage } from '../common/keyset.js';
import type { Realm, Store } from '../store/index.js';
import { AccessToken, type RevokeReason, type Surface } from './access-token.entity.js';
import { JwtFormat } from './jwt.format.js';
import { OpaqueFormat } from './opaque.format.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;
const BATCH = 1000;

/** A token to issue: for whom, by which surface, for how many seconds. */
export interface TokenOrder {
  readonly surface: Surface;
  readonly store: Store;
  readonly realm: Realm;
  /** Null for a token that belongs to no customer. */
  readonly customerId: number | null;
  /** The application that asked for it, where there is one. */
  readonly apiClientId?: number;
  readonly lifetime: number;
  readonly form: 'jwt' | 'opaque';
  /** Whom a JWT serves: the realm's or the store's code. */
  readonly scope: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What a dialect says of the tokens it wants; whose they are is added by the verb that checked it. */
export type TokenTerms = Omit<TokenOrder, 'customerId' | 'store' | 'realm'>;

/** A token as handed out; its text is known only now. */
export interface IssuedToken {
  readonly token: string;
  readonly number: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Access tokens: each has a row, so that revocation holds at once, everywhere. */
@Injectable()
export class TokenService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jwt: JwtFormat,
    private readonly opaque: OpaqueFormat,
    private readonly clock: Clock,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('access tokens', KEEP_ENDED_SECONDS, (endedBefore) => this.purge(endedBefore));
  }

  /** Issues a fresh token (SEC-53). */
  async issue(order: TokenOrder, tx: EntityManager): Promise<IssuedToken> {
    const { surface, store, realm, customerId, apiClientId = null, scope, claims = {} } = order;
    const issuedAt = this.clock.now();
    const expiresAt = this.clock.after(order.lifetime);
    const format = order.form === 'jwt' ? this.jwt : this.opaque;
    const { token, digest } = format.mint({ surface, scope, issuedAt, expiresAt, claims });
    const number = newNumber();
    const row = {
      number,
      digest,
      surface,
      realmId: realm.id,
      storeId: store.id,
      customerId,
      apiClientId,
      issuedAt,
      expiresAt,
    };
    await tx.createQueryBuilder().insert().into(AccessToken).values(row).updateEntity(false).execute();
    return { token, number, issuedAt, expiresAt };
  }

  /** Issues a token that nothing else depends on, such as a machine's. */
  issueAlone(order: TokenOrder): Promise<IssuedToken> {
    return this.database.transaction((tx) => this.issue(order, tx));
  }

  /** The living token of that digest and surface, or null. For tokens of customers see `CustomerService.findByToken`. */
  async authenticate(digest: Buffer, surface: Surface): Promise<AccessToken | null> {
    const alive = { digest, surface, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    return this.database.read((manager) => manager.findOneBy(AccessToken, alive));
  }

  /** The living tokens of a customer, newest first. */
  async listAlive(customerId: number, { after, size }: Keyset): Promise<KeysetPage<AccessToken>> {
    const alive = { customerId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    const where = after === null ? alive : { ...alive, id: LessThan(after) };
    const found = await this.database.read((manager) =>
      manager.find(AccessToken, { where, order: { id: 'DESC' }, take: size + 1 }),
    );
    return keysetPage(found, size, ({ id }) => id);
  }

  /** How many living tokens of a surface a customer has. */
  countAlive(customerId: number, surface: Surface): Promise<number> {
    const alive = { customerId, surface, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    return this.database.read((manager) => manager.countBy(AccessToken, alive));
  }

  /** Moves the expiry of a living token, in one statement; null when it is dead already (SEC-53). */
  async renew(tokenId: number, lifetime: number, tx: EntityManager): Promise<Date | null> {
    const alive = { id: tokenId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    const expiresAt = this.clock.after(lifetime);
    const renewed = await tx.update(AccessToken, alive, { expiresAt });
    return renewed.affected === 1 ? expiresAt : null;
  }

  /** Ends one token; false when it was dead already. */
  async revoke(tokenId: number, reason: RevokeReason, tx: EntityManager): Promise<boolean> {
    const ended = { revokedAt: this.clock.now(), revokeReason: reason };
    const revoked = await tx.update(AccessToken, { id: tokenId, revokedAt: IsNull() }, ended);
    return revoked.affected === 1;
  }

  /** Ends every token of a customer, of all surfaces, but the one that is kept. */
  async revokeAll(customerId: number, reason: RevokeReason, tx: EntityManager, keepId?: number): Promise<void> {
    const alive = { customerId, revokedAt: IsNull(), ...(keepId === undefined ? {} : { id: Not(keepId) }) };
    await tx.update(AccessToken, alive, { revokedAt: this.clock.now(), revokeReason: reason });
  }

  private purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const old = await tx.find(AccessToken, {
        where: { expiresAt: LessThanOrEqual(endedBefore) },
        select: { id: true },
        take: BATCH,
      });
      if (old.length > 0) {
        await tx.delete(
          AccessToken,
          old.map(({ id }) => id),
        );
      }
      return old.length;
    });
  }
}
