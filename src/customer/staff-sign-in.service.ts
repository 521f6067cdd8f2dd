import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '#lib/password-hash';
import { unlessBusy } from '../common/busy.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import { ApiClientService, type ApiClient, type Limit, type Store } from '../store/index.js';
import { TokenService, type IssuedToken, type TokenTerms } from '../token/index.js';

/** Longer ones were never set up (SEC-3). */
const MAX_USERNAME = 255;
const MAX_PASSWORD = 1024;

/** An administrator of a store says who it is. */
export interface StaffSignInOrder {
  readonly store: Store;
  readonly username: string;
  readonly password: string;
  /** In the place of the realm's limit of failures for a name. */
  readonly nameLimit: Limit;
  readonly token: (admin: ApiClient) => TokenTerms;
  readonly trail: Trail;
}

/** Signing in of a store's administrators, whom its setup names. */
@Injectable()
export class StaffSignInService {
  constructor(
    private readonly database: Database,
    private readonly clients: ApiClientService,
    private readonly tokens: TokenService,
    private readonly limits: LimitService,
    private readonly hasher: PasswordHasher,
    private readonly events: EventService,
  ) {}

  /**
   * Issues a token that is bound to the administrator. Failures are counted by network and by name; the work is the same
   * whether the name exists or not (SEC-39, SEC-45).
   *
   * @throws DomainError LIMIT_REACHED, CREDENTIALS_WRONG, BUSY
   */
  async signIn(order: StaffSignInOrder): Promise<IssuedToken> {
    const { store, trail, username, nameLimit } = order;
    const name: Use = { limit: 'signInName', by: `staff ${store.id} ${username}`, over: nameLimit };
    const uses: readonly Use[] = [{ limit: 'signInNetwork', by: trail.network }, name];
    await this.limits.refuseReached(store.realm, uses);
    const admin = await this.proven(order);
    if (!admin) return this.refuse(order, uses);
    await this.limits.forget(store.realm, [name]);
    return this.database.transaction(async (tx) => {
      await this.record('staff_login_ok', order, tx);
      const owner = { store, realm: store.realm, customerId: null, apiClientId: admin.id };
      return this.tokens.issue({ ...order.token(admin), ...owner }, tx);
    });
  }

  private async proven({ store, username, password }: StaffSignInOrder): Promise<ApiClient | null> {
    if (username.length > MAX_USERNAME || password.length > MAX_PASSWORD) return null;
    const admin = await this.clients.findForSignIn(store.id, username);
    const fits = await unlessBusy(() => this.hasher.verify(admin?.passwordHash ?? null, password));
    return fits && admin?.name === username ? admin : null;
  }

  private async refuse(order: StaffSignInOrder, uses: readonly Use[]): Promise<never> {
    await this.limits.count(order.store.realm, uses);
    await this.database.transaction((tx) => this.record('staff_login_failed', order, tx));
    throw new DomainError('CREDENTIALS_WRONG');
  }

  private record(type: EventType, { store, trail, username }: StaffSignInOrder, tx: EntityManager): Promise<void> {
    const data = { account: this.events.pseudonym(username) };
    return this.events.record({ type, trail, storeId: store.id, customerId: null, data }, tx);
  }
}
