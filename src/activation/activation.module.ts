import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { OneTimeSecretModule } from '../one-time-secret/index.js';
import { StoreModule } from '../store/index.js';
import { ActivationFinder } from './activation-finder.js';
import { ActivationIssuer } from './activation-issuer.js';
import { ActivationService } from './activation.service.js';
import { InvitationService } from './invitation.service.js';
import { ReminderService } from './reminder.service.js';

@Module({
  imports: [CustomerModule, EventModule, LockoutModule, MailModule, OneTimeSecretModule, StoreModule],
  providers: [ActivationFinder, ActivationIssuer, ActivationService, InvitationService, ReminderService],
  exports: [ActivationService, InvitationService, ReminderService],
})
export class ActivationModule {}
