import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { keysetPage, type Keyset, type KeysetPage } from '../common/keyset.js';
import { findOne } from '../common/find-one.js';
import { findOwnersIn, type OwnedRows, type OwnerWindow } from '../common/owned-rows.js';
import type { Trail } from '../event/index.js';
import type { Realm, Store } from '../store/index.js';
import { AccessToken, type RevokeReason, type Surface } from './access-token.entity.js';
import { JwtFormat } from './jwt.format.js';
import { OpaqueFormat } from './opaque.format.js';
import { RefreshFormat } from './refresh.format.js';
import { SessionBound } from './session-bound.js';
import type { TokenRow } from './session.repository.js';

/** A token to issue: for whom, by which surface, for how many seconds. */
export interface TokenOrder {
  readonly surface: Surface;
  readonly store: Store;
  readonly realm: Realm;
  /** Null for a token that belongs to no customer. */
  readonly customerId: number | null;
  /** The application that asked for it, where there is one. */
  readonly apiClientId?: number;
  readonly trail: Trail;
  readonly lifetime: number;
  readonly form: 'jwt' | 'opaque';
  /** Whom a JWT serves: the realm's or the store's code. */
  readonly scope: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Wanted: a second token, which is good for nothing but for new tokens. */
  readonly refresh?: RefreshTerms;
}

/** The refresh token to issue; without a family it begins one. */
export interface RefreshTerms {
  readonly surface: Surface;
  readonly lifetime: number;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly family?: number;
}

/** What a dialect says of the tokens it wants; whose they are is added by the verb that checked it. */
export type TokenTerms = Omit<TokenOrder, 'customerId' | 'store' | 'realm' | 'trail'>;

/** A token as handed out; its text is known only now. */
export interface IssuedToken {
  readonly token: string;
  readonly number: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly refreshToken: string | null;
}

/** A token that begins a session of a customer's. */
export type SessionOrder = TokenOrder & { readonly customerId: number };

/** A session whose tokens are made and not stored yet: they open nothing. */
export interface PreparedSession extends Made {
  readonly order: SessionOrder;
}

interface Made {
  readonly rows: readonly TokenRow[];
  readonly issued: IssuedToken;
}

interface Minted {
  readonly token: string;
  readonly row: Pick<AccessToken, 'number' | 'digest' | 'surface' | 'expiresAt'>;
}

/** Access tokens: each has a row, so that revocation holds at once, everywhere. */
@Injectable()
export class TokenService implements OwnedRows {
  constructor(
    private readonly database: Database,
    private readonly jwt: JwtFormat,
    private readonly opaque: OpaqueFormat,
    private readonly refresh: RefreshFormat,
    private readonly clock: Clock,
    private readonly sessions: SessionBound,
  ) {}

  /**
   * Issues a fresh token (SEC-53), with a refresh token where one is wanted, in one statement. A customer's begins a
   * session, unless it comes of a family that there is; whoever issues it holds the customer's row.
   */
  async issue(order: TokenOrder, tx: EntityManager): Promise<IssuedToken> {
    const { rows, issued } = this.make(order);
    const { customerId, refresh } = order;
    if (customerId === null || refresh?.family !== undefined) await this.sessions.goOn(rows, tx);
    else await this.sessions.begin([{ ...order, customerId, rows }], tx);
    return issued;
  }

  /** Makes the tokens of a new session, for `begin`: signing takes its time, for which no row needs to be held. */
  prepare(order: SessionOrder): PreparedSession {
    return { order, ...this.make(order) };
  }

  /**
   * Begins prepared sessions, of a customer each; whoever begins them holds the customers' rows.
   *
   * @throws RowHeld where there are several and somebody else holds a token that has to end for one of them
   */
  begin(sessions: readonly PreparedSession[], tx: EntityManager): Promise<void> {
    return this.sessions.begin(
      sessions.map(({ order, rows }) => ({ ...order, rows })),
      tx,
    );
  }

  /** Issues a token that nothing else depends on, such as a machine's. */
  issueAlone(order: TokenOrder): Promise<IssuedToken> {
    return this.database.transaction((tx) => this.issue(order, tx));
  }

  /** The token of that digest and surface, dead or alive; null when there never was one, or long ago. */
  find(digest: Buffer, surface: Surface): Promise<AccessToken | null> {
    return findOne(this.database, AccessToken, { digest, surface });
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

  /** Ends a token and all others that came of the same sign-in; false when nothing was left to end. */
  async revokeFamily({ id, family }: AccessToken, reason: RevokeReason, tx: EntityManager): Promise<boolean> {
    if (family === null) return this.revoke(id, reason, tx);
    const ended = { revokedAt: this.clock.now(), revokeReason: reason };
    const revoked = await tx.update(AccessToken, { family, revokedAt: IsNull() }, ended);
    return revoked.affected !== 0;
  }

  /** Ends every token of a customer, of all surfaces, but the one that is kept. */
  async revokeAll(customerId: number, reason: RevokeReason, tx: EntityManager, keepId?: number): Promise<void> {
    const [others, kept] = keepId === undefined ? ['', []] : [' AND id <> ?', [keepId]];
    const alive = `customer_id = ? AND revoked_at IS NULL${others}`;
    const sql = `UPDATE access_token SET revoked_at = ?, revoke_reason = ? WHERE ${alive}`;
    await this.database.change(tx, sql, [this.clock.now(), reason, customerId, ...kept]);
  }

  /** Customers who have a living token. */
  findOwners(window: OwnerWindow): Promise<readonly number[]> {
    const alive = { table: 'access_token', open: 'revoked_at IS NULL', at: this.clock.now() };
    return findOwnersIn(this.database, alive, window);
  }

  /** Ends every token of several customers. */
  async endOf(customerIds: readonly number[], tx: EntityManager): Promise<void> {
    const alive = { customerId: In(customerIds), revokedAt: IsNull() };
    await tx.update(AccessToken, alive, { revokedAt: this.clock.now(), revokeReason: 'revoked' });
  }

  private make(order: TokenOrder): Made {
    const { refresh, scope, surface, claims = {} } = order;
    const family = refresh ? (refresh.family ?? newNumber()) : null;
    const issuedAt = this.clock.now();
    const expiresAt = this.clock.after(order.lifetime);
    const format = order.form === 'jwt' ? this.jwt : this.opaque;
    const { token, digest } = format.mint({ surface, scope, issuedAt, expiresAt, claims });
    const row = { ...ownerOf(order), family, issuedAt };
    const access = { ...row, number: newNumber(), digest, surface, expiresAt };
    const again = refresh && this.refreshing(refresh, scope);
    return {
      rows: again ? [access, { ...row, ...again.row }] : [access],
      issued: { token, number: access.number, issuedAt, expiresAt, refreshToken: again?.token ?? null },
    };
  }

  private refreshing({ surface, lifetime, claims }: RefreshTerms, scope: string): Minted {
    const issuedAt = this.clock.now();
    const expiresAt = this.clock.after(lifetime);
    const { token, digest } = this.refresh.mint({ surface, scope, issuedAt, expiresAt, claims });
    return { token, row: { number: newNumber(), digest, surface, expiresAt } };
  }
}

type Owner = Pick<TokenRow, 'realmId' | 'storeId' | 'customerId' | 'apiClientId'>;

function ownerOf(order: TokenOrder): Owner {
  const { store, realm, customerId, apiClientId = null } = order;
  return { realmId: realm.id, storeId: store.id, customerId, apiClientId };
}
