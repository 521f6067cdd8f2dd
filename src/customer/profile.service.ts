import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { ensureTags } from '../tag/index.js';
import type { IssuedToken, TokenTerms } from '../token/index.js';
import { ChangeNotice } from './change-notice.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import type { PasswordRules } from './password.policy.js';
import { PasswordService } from './password.service.js';
import { phoneKeyOf, type Profile } from './registration.service.js';
import { SessionService } from './session.service.js';
import { orTaken } from './taken.js';

/** Changes of what a customer says about itself. */
export interface UpdateProfileOrder {
  readonly customer: Customer;
  /** Absent members stay as they are, null clears; `attributes` are replaced by namespace. */
  readonly changes: Profile;
  /** Whether a phone number in E.164 form is refused where it is another customer's. */
  readonly uniquePhone?: boolean;
  /** A new password, set together with the rest or not at all. */
  readonly password?: {
    readonly text: string;
    readonly rules: PasswordRules;
    /** The token that asked and may live on. */
    readonly keepTokenId?: number;
    /** The token that takes the place of those that died. */
    readonly token?: TokenTerms;
  };
  /** May throw to refuse; it sees the row as it is before the change, and held. */
  readonly allow?: (held: Customer) => void;
  readonly store: Store;
  readonly trail: Trail;
}

export interface UpdatedProfile {
  readonly customer: Customer;
  readonly token: IssuedToken | null;
}

/** A customer's own particulars. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly sessions: SessionService,
    private readonly notice: ChangeNotice,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what is given, all of it or nothing. With a new password all that follows from one happens.
   *
   * @throws DomainError PHONE_TAKEN, IDENTIFIER_TAKEN, PASSWORD_…, BUSY, CUSTOMER_NOT_FOUND
   */
  async update(order: UpdateProfileOrder): Promise<UpdatedProfile> {
    const { customer, password } = order;
    const hash = password ? await this.passwords.hashOf(password.text, password.rules, customer) : null;
    try {
      return await this.database.transaction(async (tx) => {
        const changed = await this.updateWithin(order, tx);
        return hash === null ? { customer: changed, token: null } : await this.setPassword(order, changed, hash, tx);
      });
    } catch (error) {
      throw orTaken(error);
    }
  }

  /** As `update` without a password, within the transaction of another verb; a taken number breaks the unique index. */
  async updateWithin(order: Omit<UpdateProfileOrder, 'password'>, tx: EntityManager): Promise<Customer> {
    const { customer, changes, uniquePhone, allow, store, trail } = order;
    const held = await this.customers.findLocked(tx, { id: customer.id });
    if (!held) throw new DomainError('CUSTOMER_NOT_FOUND');
    allow?.(held);
    await tx.update(
      Customer,
      { id: held.id },
      {
        ...changes,
        ...(changes.phone === undefined ? {} : { phoneKey: phoneKeyOf(changes.phone, uniquePhone) }),
        ...(changes.attributes ? { attributes: { ...held.attributes, ...changes.attributes } } : {}),
        updatedAt: laterThan(held.updatedAt, this.clock.now()),
      },
    );
    await ensureTags(tx, held.realmId, changes.tags ?? [], this.clock.now());
    const after = await tx.findOneByOrFail(Customer, { id: held.id });
    await this.notice.tell({ before: held, after, fields: Object.keys(changes) }, { store, trail }, tx);
    return after;
  }

  private async setPassword(
    { store, trail, password }: UpdateProfileOrder,
    customer: Customer,
    hash: string,
    tx: EntityManager,
  ): Promise<UpdatedProfile> {
    const kept = password?.keepTokenId === undefined ? {} : { keepTokenId: password.keepTokenId };
    const owner = await this.passwords.set({ customer, hash, reason: 'password-changed', ...kept, store, trail }, tx);
    const token = password?.token ? await this.sessions.start(owner, { store, trail }, password.token, tx) : null;
    return { customer: owner, token };
  }
}

/** Now, or the next millisecond: of two changes at once each leaves a time of its own. */
function laterThan(before: Date, now: Date): Date {
  return now > before ? now : new Date(before.getTime() + 1);
}
