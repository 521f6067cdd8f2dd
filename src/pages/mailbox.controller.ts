import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { Config } from '../config/index.js';
import { MailboxTransport, MailWorker, type CaughtMail } from '../mail/index.js';
import { mailboxPage, mailPage } from './pages.views.js';
import { sendPage } from './page.js';

/** Mail that was caught instead of sent; only where MAIL_URL is `mailbox:`. */
@Controller('dev')
export class MailboxController {
  constructor(
    private readonly mailbox: MailboxTransport,
    private readonly worker: MailWorker,
    private readonly config: Config,
  ) {}

  @Allow('public')
  @Get('mailbox.json')
  async list(@Query('to') to?: unknown): Promise<readonly CaughtMail[]> {
    await this.refresh();
    return this.mailbox.list(typeof to === 'string' ? to : undefined);
  }

  @Allow('public')
  @Get('mailbox')
  async page(@Res() reply: FastifyReply): Promise<void> {
    await this.refresh();
    sendPage(reply, mailboxPage({ mails: [...this.mailbox.list()].reverse() }));
  }

  @Allow('public')
  @Get('mailbox/:id')
  one(@Param('id') id: string, @Res() reply: FastifyReply): void {
    sendPage(reply, mailPage(this.get(id)));
  }

  @Allow('public')
  @Get('mailbox/:id/text')
  text(@Param('id') id: string, @Res() reply: FastifyReply): void {
    void reply.header('Content-Type', 'text/plain; charset=utf-8').send(this.get(id).text);
  }

  /** As a mail program would show it: its own styles, no script, nothing from elsewhere. */
  @Allow('public')
  @Get('mailbox/:id/html')
  html(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const policy =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation";
    void reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Content-Security-Policy', policy)
      .send(this.get(id).html);
  }

  /** Who looks wants to see what was just sent. */
  private async refresh(): Promise<void> {
    this.refuseUnlessOpen();
    await this.worker.idle();
  }

  private get(id: string): CaughtMail {
    this.refuseUnlessOpen();
    const mail = this.mailbox.find(id);
    if (!mail) throw new NotFoundException();
    return mail;
  }

  private refuseUnlessOpen(): void {
    if (this.config.mailUrl !== 'mailbox:' || this.config.environment === 'production') throw new NotFoundException();
  }
}
