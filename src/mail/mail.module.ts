import { MailerModule, MailerService } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { StoreModule } from '../store/index.js';
import { MailRepository } from './mail.repository.js';
import { MailService } from './mail.service.js';
import { MailTransport } from './mail-transport.js';
import { MailWorker } from './mail.worker.js';
import { MailboxTransport } from './mailbox.transport.js';
import { smtpOptions, SmtpTransport } from './smtp.transport.js';

@Module({
  imports: [
    StoreModule,
    MailerModule.forRootAsync({
      imports: [],
      inject: [Config],
      useFactory: ({ mailUrl }: Config) => ({
        transport: mailUrl === 'mailbox:' ? { jsonTransport: true } : smtpOptions(mailUrl),
      }),
    }),
  ],
  providers: [
    MailRepository,
    MailService,
    MailWorker,
    { provide: MailboxTransport, inject: [Clock], useFactory: (clock: Clock) => new MailboxTransport(clock) },
    {
      provide: MailTransport,
      inject: [Config, MailboxTransport, MailerService],
      useFactory: ({ mailUrl }: Config, mailbox: MailboxTransport, mailer: MailerService) =>
        mailUrl === 'mailbox:' ? mailbox : new SmtpTransport(mailer),
    },
  ],
  exports: [MailService, MailWorker, MailboxTransport],
})
export class MailModule {}
