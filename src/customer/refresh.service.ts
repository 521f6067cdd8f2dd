import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import type { ApiClient, Store } from '../store/index.js';
import {
  TokenService,
  type AccessToken,
  type IssuedToken,
  type RevokeReason,
  type Surface,
  type TokenTerms,
} from '../token/index.js';
import type { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { refuseClosed } from './refuse-closed.js';

/** Tokens that were issued, and to whom; null: to nobody. */
export interface IssuedFor extends IssuedToken {
  readonly customer: Customer | null;
}

/** Two tabs of one shop may refresh at the same time; that is no theft. */
const TOGETHER_SECONDS = 10;

/** A refresh token that is presented: its digest, and the application that presents it. */
export interface RefreshOrder {
  readonly digest: Buffer;
  readonly surface: Surface;
  readonly client: ApiClient;
  readonly store: Store;
  readonly trail: Trail;
  /** Called before anything is spent for good; what it throws leaves the token as it was. */
  readonly token: (customer: Customer | null) => TokenTerms;
}

/** Sessions that go on by refresh tokens, each of which is spent once. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly tokens: TokenService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Trades a refresh token for new tokens; of parallel trades one wins (SEC-53). Whoever comes with a token that was
   * traded before ends every token of that sign-in: one of the two holders is a thief.
   *
   * @throws DomainError TOKEN_REJECTED, ACCOUNT_DISABLED, EMAIL_UNCONFIRMED
   */
  async refresh(order: RefreshOrder): Promise<IssuedFor> {
    const spent = await this.tokens.find(order.digest, order.surface);
    if (!spent || spent.apiClientId !== order.client.id || spent.storeId !== order.store.id) {
      throw new DomainError('TOKEN_REJECTED');
    }
    const isAlive = spent.revokedAt === null && spent.expiresAt > this.clock.now();
    const signedIn = isAlive ? await this.database.transaction((tx) => this.trade(spent, order, tx)) : null;
    if (signedIn) return signedIn;
    if (this.isReplayed(spent)) await this.end(spent, 'refreshed-twice', order.trail);
    throw new DomainError('TOKEN_REJECTED');
  }

  /** Ends a token with all others of its sign-in; doing it again changes nothing (SEC-54). */
  giveUp(token: AccessToken, trail: Trail): Promise<void> {
    return this.end(token, 'revoked', trail);
  }

  /** Null when the token was spent or ended meanwhile. The customer is locked first, as by all that ends sessions. */
  private async trade(spent: AccessToken, order: RefreshOrder, tx: EntityManager): Promise<IssuedFor | null> {
    const { store, trail } = order;
    const { customerId } = spent;
    const customer = customerId === null ? null : await this.customers.findLocked(tx, { id: customerId });
    if (customerId !== null && !customer) return null;
    if (customer) refuseClosed(customer);
    if (!(await this.tokens.revoke(spent.id, 'refreshed', tx))) return null;
    const terms = order.token(customer);
    const refresh = terms.refresh && { ...terms.refresh, ...(spent.family === null ? {} : { family: spent.family }) };
    const made = { ...terms, ...(refresh ? { refresh } : {}), store, realm: store.realm, trail, customerId };
    return { ...(await this.tokens.issue(made, tx)), customer };
  }

  private isReplayed({ revokedAt, revokeReason }: AccessToken): boolean {
    return revokedAt !== null && revokeReason === 'refreshed' && revokedAt < this.clock.after(-TOGETHER_SECONDS);
  }

  private async end(token: AccessToken, reason: RevokeReason, trail: Trail): Promise<void> {
    const { storeId, customerId } = token;
    await this.database.transaction(async (tx) => {
      if (!(await this.tokens.revokeFamily(token, reason, tx))) return;
      await this.events.record({ type: 'token_revoked', trail, storeId, customerId, data: { reason } }, tx);
    });
  }
}
