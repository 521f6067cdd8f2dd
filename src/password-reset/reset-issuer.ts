import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digestOf, newNumber, newSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import type { Customer } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { MailService } from '../mail/index.js';
import { PasswordReset } from './password-reset.entity.js';
import type { RequestOrder } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { resetLink } from './reset-link.js';

/** A row id that no customer has. */
const NOBODY = 0;
/** An address that may belong to anybody is not kept. */
const NO_ADDRESS = Buffer.alloc(0);

/** Makes a reset with its mail: four statements, the same ones where there is nobody to mail to (SEC-39, SEC-72). */
@Injectable()
export class ResetIssuer {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly mail: MailService,
    private readonly events: EventService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Voids what would be too many, stores the digest, queues the mail. The secret is nowhere but in the mail. */
  async issue(order: RequestOrder, customer: Customer, tx: EntityManager): Promise<void> {
    const { store } = order;
    const minutes = store.realm.policy.resetMinutes;
    const secret = newSecret();
    await this.resets.voidSurplus(tx, customer.id, store.realm.policy.resetsAlive - 1, this.clock.now());
    await this.insert(
      order,
      secret,
      { customerId: customer.id, emailKey: customer.emailKey, passwordVersion: customer.passwordVersion },
      tx,
    );
    const link = resetLink(order, customer, secret, this.config.publicUrl);
    const data = { link, minutes: String(minutes), firstName: customer.firstName ?? '' };
    await this.mail.enqueue({ kind: 'password-reset', store, customerId: customer.id, to: customer.email, data }, tx);
    await this.record(order, customer.id, tx);
  }

  /** The same statements for an address that gets no mail: a void reset and a decoy that the worker drops. */
  async issueDecoy(order: RequestOrder, tx: EntityManager): Promise<void> {
    const { store } = order;
    const secret = newSecret();
    await this.resets.voidSurplus(tx, NOBODY, store.realm.policy.resetsAlive - 1, this.clock.now());
    await this.insert(
      order,
      secret,
      { customerId: null, emailKey: NO_ADDRESS, passwordVersion: 0, revokedAt: this.clock.now() },
      tx,
    );
    const data = { link: '', minutes: '', firstName: '' };
    await this.mail.enqueue({ kind: 'decoy', store, customerId: null, to: '', data }, tx);
    await this.record(order, null, tx);
  }

  private async insert(
    order: RequestOrder,
    secret: string,
    row: Partial<PasswordReset>,
    tx: EntityManager,
  ): Promise<void> {
    const { store } = order;
    const values = {
      ...row,
      number: newNumber(),
      storeId: store.id,
      digest: resetDigest(secret),
      createdAt: this.clock.now(),
      expiresAt: this.clock.after(store.realm.policy.resetMinutes * 60),
    };
    await tx.createQueryBuilder().insert().into(PasswordReset).values(values).updateEntity(false).execute();
  }

  private record({ trail, store, email }: RequestOrder, customerId: number | null, tx: EntityManager): Promise<void> {
    const data = { account: this.events.pseudonym(email.key) };
    return this.events.record({ type: 'reset_requested', trail, storeId: store.id, customerId, data }, tx);
  }
}

/** What a reset is found by; the purpose keeps other secrets from being taken for one (SEC-25, SEC-27). */
export function resetDigest(secret: string): Buffer {
  return digestOf('password-reset', secret);
}
