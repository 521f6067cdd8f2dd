import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Customer, type CustomerState } from './customer.entity.js';

/** Whether a customer has an account, and how far the way to one has come. */
@Injectable()
export class AccountStateService {
  constructor(private readonly clock: Clock) {}

  /** Moves to another state. The caller holds the customer's row. A lock-out by staff stays what it is (SEC-81). */
  async move({ id }: Customer, state: CustomerState, tx: EntityManager): Promise<Customer> {
    await tx.update(Customer, { id }, { state, updatedAt: this.clock.now() });
    return tx.findOneByOrFail(Customer, { id });
  }
}

/** Whether the customer has an account that may be signed in to. */
export function isOpen({ state, disabledBy }: Customer): boolean {
  return state === 'enabled' && disabledBy === null;
}

/** Whether there is no account yet, and staff have not closed the way to one (SEC-81). */
export function mayActivate({ state, disabledBy }: Customer): boolean {
  return state !== 'enabled' && disabledBy === null;
}
