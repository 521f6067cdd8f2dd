import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { oneLine } from '#lib/plain-text';
import { SealedBox } from '#lib/sealed-box';
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
/** While this many of its own instance's mails wait, a worker takes no more of them from the beginning. */
const MOST_WAITING = 100;
/** A mail that waited longer than this to be sent is given back: the rest of its lease might not do. */
const LATE_SECONDS = 10;
/** A mail that waited longer than this may have been deleted meanwhile, with its customer. */
const FRESH_SECONDS = 1;

/** Tells the outbox what has become of a mail. */
type Mark = (mail: ClaimedMail) => Promise<void>;
const NOTHING: Mark = () => Promise.resolve();

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
  /** Mails that were this worker's from the beginning, and wait for a sender. */
  private readonly line: QueuedMail[] = [];
  /** What is being done with such mails. */
  private readonly own = new Set<Promise<void>>();
  private senders = 0;
  /** What those are queued under; whoever takes one of them later does so under another claim. */
  private readonly ownClaim = randomUUID();
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

  /** Stops taking mails, gives back those that wait, and waits for those that are being sent. */
  async beforeApplicationShutdown(): Promise<void> {
    const stopped = this.loop.stop();
    for (const mail of this.line.splice(0)) this.keep(this.release(mail));
    await stopped;
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
    const room = this.isRunning ? MOST_WAITING - this.line.length : 0;
    return Array.from({ length: mails }, (_, at) => (at < room ? this.ownClaim : null));
  }

  /** Sends mails that were queued under `claimsFor`, as many at a time as it takes from the outbox. Returns at once. */
  send(mails: readonly QueuedMail[]): void {
    this.line.push(...mails);
    const more = Math.min(LARGEST_CLAIM - this.senders, mails.length);
    this.senders += more;
    for (let sender = 0; sender < more; sender += 1) this.keep(inNoRequest(() => this.sendLine()));
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

  /** Whoever caused the mails is answered first (SEC-72). */
  private async sendLine(): Promise<void> {
    await nextTurn();
    for (let mail = this.line.shift(); mail; mail = this.line.shift()) await this.sendOwn(mail);
    this.senders -= 1;
  }

  /** What has become of it is written while the next one is sent. */
  private async sendOwn(mail: QueuedMail): Promise<void> {
    if (!this.isRunning || this.hasWaited(mail, LATE_SECONDS)) return this.keep(this.release(mail));
    const mark = await this.attempt(() => this.sendHeld(mail));
    this.keep(this.write(mail, mark));
  }

  private async sendHeld(mail: QueuedMail): Promise<Mark> {
    if (this.hasWaited(mail, FRESH_SECONDS) && !(await this.outbox.isHeld(mail))) return NOTHING;
    return this.sendOne(mail, mail.data);
  }

  private hasWaited({ createdAt }: QueuedMail, seconds: number): boolean {
    return createdAt < this.clock.after(-seconds);
  }

  private async sendSome(): Promise<boolean> {
    const mails = await this.outbox.claim();
    await Promise.all(mails.map(async (mail) => this.write(mail, await this.attempt(() => this.sendOne(mail)))));
    return mails.length > 0;
  }

  private async attempt(send: () => Promise<Mark>): Promise<Mark> {
    try {
      return await send();
    } catch (error) {
      return (failed) => this.failed(failed, error);
    }
  }

  private async write(mail: ClaimedMail, mark: Mark): Promise<void> {
    try {
      await mark(mail);
    } catch (error) {
      await this.failed(mail, error);
    }
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
