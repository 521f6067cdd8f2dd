import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newNumber, newSecret } from '#lib/opaque-token';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { EventService, type EventRecord } from '../event/index.js';
import { MailService, type MailOrder } from '../mail/index.js';
import type { Store } from '../store/index.js';
import { PasswordReset } from './password-reset.entity.js';
import type { RequestOrder, ResetNotes } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import type { Recipient } from './recipient.js';
import { resetDigest } from './reset-digest.js';
import { resetLink } from './reset-link.js';
import { ResetSeal } from './reset-seal.js';

/** Whom a decoy is about: all that a link may name is as long as others have it. */
const NOBODY = { id: 1_000_000, number: 4_503_599_627_370_495, email: 'ann.smith@example.com', firstName: 'Ann' };
/** An address that may belong to anybody is not kept. */
const NO_ADDRESS = Buffer.alloc(0);
const NO_NOTES: ResetNotes = { reference: null, referenceOrigin: null, metadata: null };

/** A request, and the customer who gets a link; null: nobody does, and what is written in its place is a decoy. */
export interface Due {
  readonly order: RequestOrder;
  readonly owner: Recipient | null;
  /** The owner's resets that can be spent, oldest first. */
  readonly open: readonly number[];
}

/** A reset that was made, with the secret that opens it; the secret is nowhere else but in the mail. */
export interface Issued {
  readonly reset: PasswordReset;
  readonly secret: string;
}

/** Makes resets with their mails: four statements, the same ones where there is nobody to mail to (SEC-39, SEC-72). */
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

  /**
   * Voids what would be too many, stores the digests, queues the mails. The caller holds the owners' rows.
   *
   * @param listeners how many webhooks wait for a reset that is asked for
   * @returns for each request what was issued, or null for a decoy
   */
  async issueAll(
    store: Store,
    { due, listeners }: { readonly due: readonly Due[]; readonly listeners: number },
    tx: EntityManager,
  ): Promise<readonly (Issued | null)[]> {
    await this.voidSurplus(store, due, tx);
    const made = due.map((one) => ({ ...one, ...this.make(one, tx) }));
    await this.resets.addAll(
      tx,
      made.map(({ reset }) => reset),
    );
    const mails = made.filter(({ order, owner }) => owner === null || order.mail !== false);
    await this.mail.enqueueAll(
      mails.map(({ order, owner, secret }) => this.letterTo(owner, order, secret)),
      tx,
    );
    await this.events.recordAll(
      made.map(({ order, owner, reset }) => this.eventOf(order, owner && { id: owner.id, subject: reset.number })),
      tx,
      listeners,
    );
    return made.map(({ owner, reset, secret }) => owner && { reset, secret });
  }

  /**
   * Voids the oldest so that with the new one no more are open than may be (SEC-29). The statement is made in any case: how
   * many there are must not tell whether there was anything to void (SEC-39).
   */
  private async voidSurplus(store: Store, due: readonly Due[], tx: EntityManager): Promise<void> {
    const { resetsAlive } = store.realm.policy;
    const surplus = due.flatMap(({ open }) => open.slice(0, Math.max(0, open.length + 1 - resetsAlive)));
    await this.resets.voidThese(tx, surplus, this.clock.now());
  }

  /** All rows have the same members, whoever they are for. */
  private make({ order, owner }: Due, tx: EntityManager): Issued {
    const at = this.clock.now();
    const secret = newSecret();
    const reset = tx.create(PasswordReset, {
      number: newNumber(),
      storeId: order.store.id,
      digest: resetDigest(secret),
      customerId: owner?.id ?? null,
      emailKey: owner?.emailKey ?? NO_ADDRESS,
      passwordVersion: owner?.passwordVersion ?? 0,
      sealedSecret: owner && order.readable ? this.seal.seal(secret) : null,
      ...((owner && order.notes) ?? NO_NOTES),
      ...{ createdAt: at, updatedAt: at, expiresAt: this.clock.after(lifetimeOf(order)) },
      revokedAt: owner ? null : at,
    });
    return { reset, secret };
  }

  /** A decoy says about as much as any other, so that it is sealed and stored in the same time; it is never sent. */
  private letterTo(owner: Recipient | null, order: RequestOrder, secret: string): MailOrder {
    const addressee = owner ?? NOBODY;
    const link = resetLink(order, addressee, secret, this.config.publicUrl);
    const minutes = String(Math.round(lifetimeOf(order) / 60));
    const letter = { store: order.store, data: { link, minutes, firstName: addressee.firstName ?? '' } };
    if (!owner) return { ...letter, kind: 'decoy', customerId: null, to: '' };
    const kind = order.welcome ? 'welcome-no-password' : 'password-reset';
    return { ...letter, kind, customerId: owner.id, to: owner.email };
  }

  private eventOf(
    { trail, store, email }: RequestOrder,
    made: { readonly id: number; readonly subject: number } | null,
  ): EventRecord {
    const data = { account: this.events.pseudonym(email.key) };
    const about = { customerId: made?.id ?? null, subject: made?.subject ?? null };
    return { type: 'reset_requested', trail, storeId: store.id, ...about, data };
  }
}

/** In seconds. */
function lifetimeOf({ lifetime, store }: RequestOrder): number {
  return lifetime ?? store.realm.policy.resetMinutes * 60;
}
