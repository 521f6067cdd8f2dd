import { connect, type Socket } from 'node:net';
import { MailerService } from '@nestjs-modules/mailer';
import { Injectable } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { MailTransport, RecipientRefused, type OutgoingMail } from './mail-transport.js';

const TIMEOUT_MS = 20_000;

/** Sends through pooled SMTP connections. */
@Injectable()
export class SmtpTransport extends MailTransport {
  constructor(private readonly mailer: MailerService) {
    super();
  }

  override async send({ from, to, subject, text, html }: OutgoingMail): Promise<void> {
    // the mailer would read more than one out of a text (SEC-16); what is stored was checked, this holds whatever is not
    if (!parseEmail(to, { eai: true })) throw new RecipientRefused('not one plain address');
    const recipient = { name: '', address: to };
    try {
      await this.mailer.sendMail({
        from,
        to: recipient,
        envelope: { from: from.address, to: [recipient] },
        subject,
        text,
        html,
        textEncoding: 'base64', // quoted-printable would show a link's "=" as "=3D" in careless clients
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      throw isFinal(error) ? new RecipientRefused(String(error)) : error;
    }
  }
}

/** What concerns our right to send, whichever command it answers: 530 and 535, or an enhanced status 5.7.x (RFC 3463). */
const POLICY = /^(?:53\d|5\d\d[ -]5\.7\.)/;

/** The server said for good that it takes no mail for this recipient; what it has against us may be mended. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('command' in error) || !('response' in error)) return false;
  const response = String(error.response);
  return error.command === 'RCPT TO' && response.startsWith('5') && !POLICY.test(response);
}

/** nodemailer's pooled transport for `smtp://` and `smtps://` URLs. */
export function smtpOptions(mailUrl: string): object {
  const url = new URL(mailUrl);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (secure ? 465 : 25));
  const user = decodeURIComponent(url.username);
  return {
    pool: true,
    host,
    port,
    secure,
    auth: user ? { user, pass: decodeURIComponent(url.password) } : undefined,
    maxConnections: 5,
    maxMessages: Infinity,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    getSocket: secure ? undefined : (_options: unknown, done: GetSocketDone) => openPromptSocket(host, port, done),
  };
}

type GetSocketDone = (error: Error | null, socket?: { connection: Socket }) => void;

/** Nagle's algorithm, on by default, holds each small SMTP command back for up to 40 ms. */
function openPromptSocket(host: string, port: number, done: GetSocketDone): void {
  const socket = connect({ host, port, noDelay: true, timeout: TIMEOUT_MS });
  const fail = (error: Error): void => {
    socket.destroy();
    done(error);
  };
  socket.once('error', fail);
  socket.once('timeout', () => fail(new Error(`no connection to ${host}:${port} within ${TIMEOUT_MS} ms`)));
  socket.once('connect', () => {
    socket.removeListener('error', fail);
    socket.setTimeout(0);
    done(null, { connection: socket });
  });
}
