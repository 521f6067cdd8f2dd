import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { OneTimeSecretModule } from '../one-time-secret/index.js';
import { StoreModule } from '../store/index.js';
import { ChangeLetters } from './change-letters.js';
import { ConfirmationFinder } from './confirmation-finder.js';
import { ConfirmationResendService } from './confirmation-resend.service.js';
import { EmailChangeRequestService } from './email-change-request.service.js';
import { EmailConfirmationService } from './email-confirmation.service.js';

@Module({
  imports: [CustomerModule, EventModule, LockoutModule, MailModule, OneTimeSecretModule, StoreModule],
  providers: [
    ChangeLetters,
    ConfirmationFinder,
    ConfirmationResendService,
    EmailChangeRequestService,
    EmailConfirmationService,
  ],
  exports: [ConfirmationResendService, EmailChangeRequestService, EmailConfirmationService],
})
export class EmailConfirmationModule {}
