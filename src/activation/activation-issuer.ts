import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/index.js';
import type { Customer } from '../customer/index.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import { MailService } from '../mail/index.js';
import { OneTimeSecretService } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';
import { activationLink } from './activation-link.js';
import type { Letter } from './activation.orders.js';

/** A link to make. */
interface Invitation {
  /** The caller holds the row. */
  readonly customer: Customer;
  readonly store: Store;
  /** In seconds. */
  readonly lifetime: number;
  readonly letter?: Letter | undefined;
  readonly event: EventType;
  readonly trail: Trail;
}

/** Makes activation links; a new one voids the one before. */
@Injectable()
export class ActivationIssuer {
  constructor(
    private readonly secrets: OneTimeSecretService,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly config: Config,
  ) {}

  async link({ customer, store, lifetime, event, trail }: Invitation, tx: EntityManager): Promise<string> {
    const secret = await this.secrets.issue({ purpose: 'activation', owner: customer, store, lifetime }, tx);
    await this.events.record({ type: event, trail, storeId: store.id, customerId: customer.id }, tx);
    return activationLink({ number: customer.number, secret }, store, this.config.publicUrl);
  }

  /** To the address in the customer's row, whatever was asked for (SEC-15). */
  async mailLink(invitation: Invitation, tx: EntityManager): Promise<void> {
    const { customer, store, lifetime, letter = {} } = invitation;
    const data = {
      ...letter,
      link: await this.link(invitation, tx),
      minutes: String(Math.round(lifetime / 60)),
      firstName: customer.firstName ?? '',
    };
    await this.mail.enqueue({ kind: 'invitation', store, customerId: customer.id, to: customer.email, data }, tx);
  }
}
