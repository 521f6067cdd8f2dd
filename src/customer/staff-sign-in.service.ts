import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '#lib/password-hash';
import { refuseWhenFull, unlessBusy } from '../common/busy.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import { ApiClientService, clientDigest, type ApiClient, type Limit, type Store } from '../store/index.js';
import { TokenService, type IssuedToken, type TokenTerms } from '../token/index.js';

/** Longer ones were never set up (SEC-3). */
const MAX_USERNAME = 255;
const MAX_PASSWORD = 1024;
const NO_DIGEST = Buffer.alloc(32);

/** An administrator of a store, or a server with a pair of keys, says who it is. */
export interface StaffSignInOrder {
  readonly store: Store;
  readonly username: string;
  readonly password: string;
  /** In the place of the realm's limit of failures for a name. */
  readonly nameLimit?: Limit;
  readonly token: (admin: ApiClient) => TokenTerms;
  readonly trail: Trail;
}

/** A token of staff, and whom it was issued to. */
export interface StaffSignedIn extends IssuedToken {
  readonly client: ApiClient;
}

type Proof = (order: StaffSignInOrder) => Promise<ApiClient | null>;

/** Signing in of a store's administrators and servers, whom its setup names. */
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
  async signIn(order: StaffSignInOrder): Promise<StaffSignedIn> {
    refuseWhenFull(this.hasher);
    const name: Use = { limit: 'signInName', by: `staff ${order.store.id} ${order.username}` };
    return this.issued(order, name, (given) => this.withPassword(given));
  }

  /**
   * The same for the keys of a store that servers have: the name is the access key, the password the secret one.
   *
   * @throws DomainError LIMIT_REACHED, CREDENTIALS_WRONG
   */
  signInByKey(order: StaffSignInOrder): Promise<StaffSignedIn> {
    const name: Use = { limit: 'signInName', by: `key ${order.store.id} ${order.username}` };
    return this.issued(order, name, (given) => this.withKey(given));
  }

  private async issued(order: StaffSignInOrder, counted: Use, proof: Proof): Promise<StaffSignedIn> {
    const { store, trail, nameLimit } = order;
    const name: Use = nameLimit ? { ...counted, over: nameLimit } : counted;
    const uses: readonly Use[] = [{ limit: 'signInNetwork', by: trail.network }, name];
    await this.limits.refuseReached(store.realm, uses);
    const client = await proof(order);
    if (!client) return this.refuse(order, uses);
    await this.limits.forget(store.realm, [name]);
    return this.database.transaction(async (tx) => {
      await this.record('staff_login_ok', order, tx);
      const owner = { store, realm: store.realm, trail, customerId: null, apiClientId: client.id };
      return { ...(await this.tokens.issue({ ...order.token(client), ...owner }, tx)), client };
    });
  }

  /** Digests are compared in constant time, an unknown name's with one that nothing has. */
  private async withKey({ store, username, password }: StaffSignInOrder): Promise<ApiClient | null> {
    if (username.length > MAX_USERNAME || password.length > MAX_PASSWORD) return null;
    const client = await this.clients.findOfStore('common-ground-key', username, store.id);
    const presented = clientDigest('common-ground-key', password);
    const fits = timingSafeEqual(presented, client?.digest ?? NO_DIGEST);
    return fits && client?.name === username ? client : null;
  }

  private async withPassword({ store, username, password }: StaffSignInOrder): Promise<ApiClient | null> {
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
