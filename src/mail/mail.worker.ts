import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { oneLine } from '#lib/plain-text';
import { SealedBox } from '#lib/sealed-box';
import { Slots } from '#lib/slots';
import { Clock } from '../common/clock.js';
import { Housekeeping } from '../common/housekeeping.js';
import { mailsFailed, mailsSent } from '../common/metrics.js';
import { inNoRequest } from '../common/request-notes.js';
import type { Waiting } from '../common/work-queue.js';
import { WorkLoop } from '../common/work-loop.js';
import { Config, masterKeyOf } from '../config/index.js';
import { StoreDirectory } from '../store/index.js';
import { composeMail } from './mail.composer.js';
import { retryAfter } from './mail.policy.js';
import { LARGEST_CLAIM, MailRepository, type ClaimedMail, type QueuedMail } from './mail.repository.js';
import { MailTransport, RecipientRefused } from './mail-transport.js';
import { SHAM } from './sham.js';

const KEEP_SECONDS = 30 * 24 * 3600;
/** As many mails of this instance's own as may be at hand: what three or four transactions queue at the same time. */
const MOST_OWN = 100;
/** Whatever its own worker begins to send within this time after it was queued goes out within the lease. */
const HOLD_SECONDS = 30;

/** Tells the outbox what has become of a mail. */
type Mark = (mail: ClaimedMail) => Promise<void>;

/** An instance that has the key can still send it, so that it is neither given up at once nor wiped. */
class MailSealed extends Error {
  override readonly name = 'MailSealed';
}

/**
 * Sends what is in the outbox: at once what this instance has queued, as long as there is room; woken by each commit that
 * queued more, and by a slow poll for what other instances left behind. At least once, never lost; one bad address never
 * holds up the rest.
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(MailWorker.name);
  private readonly box: SealedBox;
  /** What is being done with the mails that were this worker's from the beginning. */
  private readonly own = new Set<Promise<void>>();
  /** What those are queued under; whoever takes one of them later does so under another claim. */
  private readonly ownClaim = randomUUID();
  private readonly places = new Slots(LARGEST_CLAIM);
  private readonly loop = new WorkLoop(
    () => this.sendSome(),
    (reason) => this.log.error(`the outbox could not be read: ${reason}`),
  );

  constructor(
    private readonly outbox: MailRepository,
    private readonly transport: MailTransport,
    private readonly stores: StoreDirectory,
    private readonly clock: Clock,
    private readonly housekeeping: Housekeeping,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'mail');
  }

  onApplicationBootstrap(): void {
    this.housekeeping.register('mails', KEEP_SECONDS, (endedBefore) => this.outbox.purge(endedBefore));
    this.loop.start();
  }

  /** Stops taking mails and waits for those that are being sent. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.ownSent();
  }

  /** Whether the worker takes mails; for the readiness probe. */
  get isRunning(): boolean {
    return this.loop.isRunning;
  }

  /** What has not gone out yet, decoys too. */
  waiting(): Promise<Waiting> {
    return this.outbox.waiting();
  }

  /** Looks into the outbox soon. Returns at once. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * A claim for each of so many mails, under which they may be queued so that this worker sends them as soon as they are
   * committed; null where it has no room, so that they wait like any other. What it cannot send any more is another worker's
   * when its lease has run out.
   */
  claimsFor(mails: number): readonly (string | null)[] {
    const room = this.isRunning ? MOST_OWN - this.own.size : 0;
    return Array.from({ length: mails }, (_, at) => (at < room ? this.ownClaim : null));
  }

  /**
   * Sends mails that were queued under `claimsFor`, one after the other as places for them get free; those whose turn comes
   * too late for their lease, or while the worker stops, are left to any worker. Returns at once.
   */
  send(mails: readonly QueuedMail[]): void {
    for (const mail of mails) this.keep(inNoRequest(() => this.sendSoon(mail)));
  }

  /** Waits until nothing is due any more. */
  async idle(): Promise<void> {
    await this.ownSent();
    await this.loop.idle();
  }

  private keep(work: Promise<void>): void {
    const kept = work.finally(() => this.own.delete(kept));
    this.own.add(kept);
  }

  private async ownSent(): Promise<void> {
    while (this.own.size > 0) await Promise.all(this.own);
  }

  /** Whoever caused the mail is answered first (SEC-72). */
  private async sendSoon(mail: QueuedMail): Promise<void> {
    await nextTurn();
    await this.deliver(mail, () => this.places.run(() => this.sendOwn(mail)));
  }

  private async sendSome(): Promise<boolean> {
    const mails = await this.outbox.claim();
    await Promise.all(mails.map((mail) => this.deliver(mail, () => this.sendOne(mail))));
    return mails.length > 0;
  }

  private async deliver(mail: ClaimedMail, send: () => Promise<Mark>): Promise<void> {
    try {
      const mark = await send();
      await mark(mail);
    } catch (error) {
      await this.failed(mail, error);
    }
  }

  private sendOwn(mail: QueuedMail): Promise<Mark> {
    const isLate = mail.createdAt < this.clock.after(-HOLD_SECONDS);
    if (isLate || !this.isRunning) return Promise.resolve((late) => this.release(late));
    return this.sendOne(mail, mail.data);
  }

  /** @param known what the mail has to say; left out: it is in the payload */
  private async sendOne(mail: ClaimedMail, known?: unknown): Promise<Mark> {
    if (mail.kind === 'decoy') return this.drop(mail, known);
    const outgoing = composeMail(mail, this.stores.getById(mail.storeId), known ?? this.dataOf(mail));
    await this.transport.send(outgoing);
    mailsSent.add();
    return (sent) => this.outbox.markSent(sent);
  }

  /** Worded like a mail before it goes: work that only real mails made would hold up who asks next (SEC-72, SEC-77). */
  private drop(mail: ClaimedMail, known: unknown): Mark {
    if (known === undefined && mail.payload) this.box.open(mail.payload);
    const { number, locale, recipient } = mail;
    composeMail({ number, locale, recipient, kind: 'password-reset' }, this.stores.getById(mail.storeId), SHAM);
    return (dropped) => this.outbox.remove(dropped);
  }

  private async release(mail: ClaimedMail): Promise<void> {
    try {
      await this.outbox.release(mail);
      this.loop.wake();
    } catch (error) {
      this.log.error(`mail ${mail.number} could not be given back; its lease will end: ${oneLine(String(error))}`);
    }
  }

  private dataOf({ payload }: ClaimedMail): unknown {
    const text = payload && this.box.open(payload);
    if (!text) throw new MailSealed('the mail was sealed with another SECRET_KEY');
    return JSON.parse(text);
  }

  private async failed(mail: ClaimedMail, error: unknown): Promise<void> {
    const reason = oneLine(String(error), 400);
    const pause = error instanceof RecipientRefused ? null : retryAfter(mail, this.clock.now());
    mailsFailed.add(pause === null ? 'given_up' : 'repeated');
    this.log.warn(`mail ${mail.number} (${mail.kind}) failed${pause === null ? ' for good' : ''}: ${reason}`);
    try {
      if (pause === null) await this.outbox.bury(mail, reason, error instanceof MailSealed);
      else await this.outbox.postpone(mail, pause, reason);
    } catch (again) {
      this.log.error(`mail ${mail.number} could not be marked; its lease will end: ${oneLine(String(again))}`);
    }
  }
}
