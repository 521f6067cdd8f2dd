import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newNumber, newSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import type { Customer } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { MailService } from '../mail/index.js';
import { PasswordReset } from './password-reset.entity.js';
import type { RequestOrder } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { resetDigest } from './reset-digest.js';
import { resetLink } from './reset-link.js';
import { ResetSeal } from './reset-seal.js';

/** A row id that no customer has. */
const NOBODY = 0;
/** An address that may belong to anybody is not kept. */
const NO_ADDRESS = Buffer.alloc(0);

/** A reset that was made, with the secret that opens it; the secret is nowhere else but in the mail. */
interface Issued {
  readonly reset: PasswordReset;
  readonly secret: string;
}

/** Makes a reset with its mail: four statements, the same ones where there is nobody to mail to (SEC-39, SEC-72). */
@Injectable()
export class ResetIssuer {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly seal: ResetSeal,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Voids what would be too many, stores the digest, queues the mail. */
  async issue(order: RequestOrder, customer: Customer, tx: EntityManager): Promise<Issued> {
    const { store, notes } = order;
    const secret = newSecret();
    await this.resets.voidSurplus(tx, customer.id, store.realm.policy.resetsAlive - 1, this.clock.now());
    const reset = await this.insert(order, secret, tx, {
      customerId: customer.id,
      emailKey: customer.emailKey,
      passwordVersion: customer.passwordVersion,
      sealedSecret: order.readable ? this.seal.seal(secret) : null,
      revokedAt: null,
      ...notes,
    });
    if (order.mail !== false) await this.enqueue(order, customer, secret, tx);
    await this.record(order, { of: customer.id, subject: reset.number }, tx);
    return { reset, secret };
  }

  /** The same statements for an address that gets no mail: a void reset and a decoy that the worker drops. */
  async issueDecoy(order: RequestOrder, tx: EntityManager): Promise<void> {
    const { store } = order;
    const at = this.clock.now();
    await this.resets.voidSurplus(tx, NOBODY, store.realm.policy.resetsAlive - 1, at);
    await this.insert(order, newSecret(), tx, {
      customerId: null,
      emailKey: NO_ADDRESS,
      passwordVersion: 0,
      sealedSecret: null,
      revokedAt: at,
    });
    const data = { link: '', minutes: '', firstName: '' };
    await this.mail.enqueue({ kind: 'decoy', store, customerId: null, to: '', data }, tx);
    await this.record(order, { of: null, subject: null }, tx);
  }

  private async enqueue(order: RequestOrder, customer: Customer, secret: string, tx: EntityManager): Promise<void> {
    const link = resetLink(order, customer, secret, this.config.publicUrl);
    const minutes = String(Math.round(lifetimeOf(order) / 60));
    const data = { link, minutes, firstName: customer.firstName ?? '' };
    const mail = {
      kind: order.welcome ? 'welcome-no-password' : 'password-reset',
      store: order.store,
      customerId: customer.id,
      to: customer.email,
      data,
    } as const;
    await this.mail.enqueue(mail, tx);
  }

  private async insert(
    order: RequestOrder,
    secret: string,
    tx: EntityManager,
    about: Partial<PasswordReset>,
  ): Promise<PasswordReset> {
    const at = this.clock.now();
    const reset = tx.create(PasswordReset, {
      ...about,
      number: newNumber(),
      storeId: order.store.id,
      digest: resetDigest(secret),
      createdAt: at,
      updatedAt: at,
      expiresAt: this.clock.after(lifetimeOf(order)),
    });
    await this.resets.add(tx, reset);
    return reset;
  }

  private record(
    { trail, store, email }: RequestOrder,
    { of: customerId, subject }: { readonly of: number | null; readonly subject: number | null },
    tx: EntityManager,
  ): Promise<void> {
    const data = { account: this.events.pseudonym(email.key) };
    return this.events.record({ type: 'reset_requested', trail, storeId: store.id, customerId, subject, data }, tx);
  }
}

/** In seconds. */
function lifetimeOf({ lifetime, store }: RequestOrder): number {
  return lifetime ?? store.realm.policy.resetMinutes * 60;
}
