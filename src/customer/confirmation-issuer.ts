import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { Config } from '../config/index.js';
import { EventService, type Trail } from '../event/index.js';
import { decoyMail, MailService, type MailOrder } from '../mail/index.js';
import { OneTimeSecretService } from '../one-time-secret/index.js';
import type { Dialect, Store } from '../store/index.js';
import { isOpen } from './account-state.service.js';
import { confirmationLink } from './confirmation-link.js';
import type { Customer } from './customer.entity.js';

/** How long a link works that confirms an address, in seconds. */
export const CONFIRMATION_SECONDS = 24 * 3600;

/** How long a code does. */
const CODE_SECONDS = 600;

/** What the owner gets to confirm an address with: a link to open, or a code to type. */
export type ConfirmationMeans = 'link' | 'code';

/** An owner is to be asked whether an address is theirs. */
export interface ConfirmationTerms {
  readonly store: Store;
  /** What it was asked through, which decides the form of the link. */
  readonly origin: Dialect;
  readonly trail: Trail;
}

/** Mails links that confirm the address of an account: four statements, the same ones where nobody waits for one (SEC-39). */
@Injectable()
export class ConfirmationIssuer {
  constructor(
    private readonly secrets: OneTimeSecretService,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly config: Config,
  ) {}

  /** To the address in the customer's row (SEC-15); a link that was mailed before is void. The caller holds the row. */
  async mailLink(customer: Customer, terms: ConfirmationTerms, tx: EntityManager): Promise<void> {
    const { store, trail } = terms;
    const secret = await this.secrets.issue({ ...secretTerms(store), owner: customer }, tx);
    const data = {
      link: confirmationLink(terms, customer, secret, this.config.publicUrl),
      minutes: String(CONFIRMATION_SECONDS / 60),
      firstName: customer.firstName ?? '',
    };
    await this.mail.enqueue({ kind: 'email-confirmation', ...letterTo(customer, store), data }, tx);
    const event = { type: 'email_confirmation_requested', trail, storeId: store.id, customerId: customer.id } as const;
    await this.events.record(event, tx);
  }

  /** A code in the place of the link, as `mailLink`. */
  async mailCode(customer: Customer, { store, trail }: ConfirmationTerms, tx: EntityManager): Promise<void> {
    const terms = { purpose: 'confirmation-code', store, lifetime: CODE_SECONDS } as const;
    const code = await this.secrets.issueCode({ ...terms, owner: customer }, tx);
    const data = { code, minutes: String(CODE_SECONDS / 60), firstName: customer.firstName ?? '' };
    await this.mail.enqueue({ kind: 'email-confirmation-code', ...letterTo(customer, store), data }, tx);
    const event = { type: 'email_confirmation_requested', trail, storeId: store.id, customerId: customer.id } as const;
    await this.events.record(event, tx);
  }

  /** The same statements where somebody wanted an address that has an owner: who is told, unless too many mails went there. */
  async mailOwner(
    owner: Customer,
    { store, trail, isTooMany }: ConfirmationTerms & { readonly isTooMany: boolean },
    tx: EntityManager,
  ): Promise<void> {
    await this.secrets.issueDecoy(secretTerms(store), tx);
    const kind = isOpen(owner) && !isTooMany ? 'account-exists' : 'decoy';
    await this.mail.enqueue({ kind, ...letterTo(owner, store), data: { firstName: owner.firstName ?? '' } }, tx);
    const event = { type: 'registration_refused', trail, storeId: store.id, customerId: owner.id } as const;
    await this.events.record(event, tx);
  }

  /** The same for an address that nobody waits to confirm; the worker drops the mail (SEC-72). */
  async mailDecoy({ key }: EmailAddress, { store, trail }: ConfirmationTerms, tx: EntityManager): Promise<void> {
    await this.secrets.issueDecoy(secretTerms(store), tx);
    await this.mail.enqueue(decoyMail(store), tx);
    const event = { type: 'email_confirmation_requested', trail, storeId: store.id, customerId: null } as const;
    await this.events.record({ ...event, data: { account: this.events.pseudonym(key) } }, tx);
  }
}

/** To the address in the customer's row (SEC-15). */
function letterTo({ id, email }: Customer, store: Store): Pick<MailOrder, 'store' | 'customerId' | 'to'> {
  return { store, customerId: id, to: email };
}

function secretTerms(store: Store): {
  readonly purpose: 'email-confirmation';
  readonly store: Store;
  readonly lifetime: number;
} {
  return { purpose: 'email-confirmation', store, lifetime: CONFIRMATION_SECONDS };
}
