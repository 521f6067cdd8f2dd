import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { OneTimeSecretModule } from '../one-time-secret/index.js';
import { StoreModule } from '../store/index.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { PasswordResetService } from './password-reset.service.js';
import { ResetAlarm } from './reset-alarm.js';
import { ResetChores } from './reset-chores.js';
import { ResetFinder } from './reset-finder.js';
import { ResetIssuer } from './reset-issuer.js';
import { ResetRecordService } from './reset-record.service.js';
import { ResetSeal } from './reset-seal.js';
import { ResetRequestService } from './reset-request.service.js';

@Module({
  imports: [CustomerModule, EventModule, LockoutModule, MailModule, OneTimeSecretModule, StoreModule],
  providers: [
    PasswordResetRepository,
    PasswordResetService,
    ResetAlarm,
    ResetChores,
    ResetFinder,
    ResetIssuer,
    ResetRecordService,
    ResetSeal,
    ResetRequestService,
  ],
  exports: [PasswordResetService, ResetRecordService, ResetRequestService],
})
export class PasswordResetModule {}
