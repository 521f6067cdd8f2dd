import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { MailTransport, type OutgoingMail } from './mail-transport.js';

const CAPACITY = 1000;

/** A mail that was caught instead of sent. */
export interface CaughtMail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** ISO 8601, UTC. */
  readonly date: string;
}

/** Keeps the last mails in memory for `/dev/mailbox`; development only. */
@Injectable()
export class MailboxTransport extends MailTransport {
  private readonly caught: CaughtMail[] = [];

  constructor(private readonly clock: Clock) {
    super();
  }

  override send({ id, from, to, subject, text, html }: OutgoingMail): Promise<void> {
    const date = this.clock.now().toISOString();
    this.caught.push({ id: String(id), to, from: `${from.name} <${from.address}>`, subject, text, html, date });
    if (this.caught.length > CAPACITY) this.caught.shift();
    return Promise.resolve();
  }

  /** Oldest first; all, or those to one address (ASCII case does not matter). */
  list(to?: string): readonly CaughtMail[] {
    if (to === undefined) return this.caught;
    return this.caught.filter((mail) => mail.to.toLowerCase() === to.toLowerCase());
  }

  find(id: string): CaughtMail | null {
    return this.caught.find((mail) => mail.id === id) ?? null;
  }
}
