import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { confirmationLink, CONFIRMATION_SECONDS, isOpen, type Customer } from '../customer/index.js';
import { MailService, type MailOrder } from '../mail/index.js';
import { OneTimeSecretService } from '../one-time-secret/index.js';
import type { EmailChangeOrder } from './email-confirmation.orders.js';
import { newEmailData } from './new-email.js';

/** The mails of a change that waits: the same statements whether the new address is free or taken (SEC-76). */
@Injectable()
export class ChangeLetters {
  constructor(
    private readonly secrets: OneTimeSecretService,
    private readonly mail: MailService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Makes the secret and queues both mails.
   * @param customer whose row the caller holds
   * @param owner who has the new address already, or null
   */
  async send(order: EmailChangeOrder, customer: Customer, owner: Customer | null, tx: EntityManager): Promise<void> {
    const { store, email } = order;
    const terms = { purpose: 'email-change', store, lifetime: CONFIRMATION_SECONDS } as const;
    const secret = await this.secrets.issue({ ...terms, owner: customer, data: newEmailData(email) }, tx);
    await this.mail.enqueue(owner ? noticeTo(owner, order) : this.linkTo(order, customer, secret), tx);
    const data = { firstName: customer.firstName ?? '', when: this.clock.now().toISOString() };
    const told = { kind: 'email-change-requested', store, customerId: customer.id, to: customer.email, data } as const;
    await this.mail.enqueue(told, tx);
  }

  /** To an address that is nobody's yet, so without a name: the mailbox may be a stranger's. */
  private linkTo(order: EmailChangeOrder, customer: Customer, secret: string): MailOrder {
    const { store, email } = order;
    const link = confirmationLink(order, customer, secret, this.config.publicUrl);
    const data = { link, minutes: String(CONFIRMATION_SECONDS / 60) };
    return { kind: 'email-change', store, customerId: customer.id, to: email.display, data };
  }
}

/** A record without an account has nothing to be told. */
function noticeTo(owner: Customer, { store }: EmailChangeOrder): MailOrder {
  const data = { firstName: owner.firstName ?? '' };
  const kind = isOpen(owner) ? 'account-exists' : 'decoy';
  return { kind, store, customerId: owner.id, to: owner.email, data };
}
