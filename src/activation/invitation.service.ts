import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { AccountStateService, CustomerService, type Customer } from '../customer/index.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import { StoreDirectory, type Store } from '../store/index.js';
import { ActivationIssuer } from './activation-issuer.js';
import type { InviteOrder, LinkOrder } from './activation.orders.js';
import { activationLifetime } from './activation.policy.js';

/** Staff lead customers without an account to one. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly states: AccountStateService,
    private readonly issuer: ActivationIssuer,
    private readonly limits: LimitService,
    private readonly stores: StoreDirectory,
  ) {}

  /**
   * A link for staff to hand out; the state stays, and links made before are void. Only of accounts that are not
   * enabled, which staff could fill with a password of their own anyway (SEC-34).
   *
   * @throws DomainError CUSTOMER_NOT_FOUND, ALREADY_ENABLED, ACCOUNT_DISABLED, INVITATION_DECLINED
   */
  async makeLink({ trail, ...order }: LinkOrder): Promise<string> {
    const { id } = await this.get(order);
    return this.database.transaction(async (tx) => {
      const customer = await this.hold(id, tx);
      if (customer.state === 'declined') throw new DomainError('INVITATION_DECLINED');
      const store = this.storeFor(order, customer);
      const lifetime = activationLifetime(store, 'staff');
      return this.issuer.link({ customer, store, lifetime, event: 'activation_link_made', trail }, tx);
    });
  }

  /**
   * Mails the link to the customer, who is invited from then on. Nothing happens over what an address may get (SEC-73).
   * @throws DomainError CUSTOMER_NOT_FOUND, ALREADY_ENABLED, ACCOUNT_DISABLED, LIMIT_REACHED
   */
  async invite({ trail, letter, ...order }: InviteOrder): Promise<Customer> {
    const found = await this.get(order);
    refuseClosed(found);
    const store = this.storeFor(order, found);
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: found.emailKey.toString() }));
    const retryAfterSeconds = await this.limits.take(store.realm, uses);
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
    return this.database.transaction(async (tx) => {
      const customer = await this.hold(found.id, tx);
      const lifetime = activationLifetime(store, 'staff');
      await this.issuer.mailLink({ customer, store, lifetime, letter, event: 'customer_invited', trail }, tx);
      return this.states.move(customer, 'invited', tx);
    });
  }

  private async get({ number, store }: Omit<LinkOrder, 'trail'>): Promise<Customer> {
    const customer = await this.customers.findByNumber(number);
    if (!customer || (store && customer.realmId !== store.realmId)) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }

  private async hold(id: number, tx: EntityManager): Promise<Customer> {
    const customer = await this.customers.findHeldById(id, tx);
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    refuseClosed(customer);
    return customer;
  }

  private storeFor({ store }: Omit<LinkOrder, 'trail'>, { storeId }: Customer): Store {
    return store ?? this.stores.getById(storeId);
  }
}

/** What staff locked, staff must open first (SEC-81). */
function refuseClosed({ state, disabledBy }: Customer): void {
  if (disabledBy !== null) throw new DomainError('ACCOUNT_DISABLED');
  if (state === 'enabled') throw new DomainError('ALREADY_ENABLED');
}
