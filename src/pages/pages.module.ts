import { Module } from '@nestjs/common';
import { ActivationModule } from '../activation/index.js';
import { CustomerModule } from '../customer/index.js';
import { EmailConfirmationModule } from '../email-confirmation/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { PasswordResetModule } from '../password-reset/index.js';
import { StoreModule } from '../store/index.js';
import { ActivateController } from './activate.controller.js';
import { ConfirmController } from './confirm.controller.js';
import { FormCookie } from './form-cookie.js';
import { GraphiqlController } from './graphiql.controller.js';
import { HealthController } from './health.controller.js';
import { LandingController } from './landing.controller.js';
import { LinkForms } from './link-form.js';
import { MailboxController } from './mailbox.controller.js';
import { PageStore } from './page-store.js';
import { RecoverController } from './recover.controller.js';
import { ResetController } from './reset.controller.js';
import { StrengthAssets } from './strength.assets.js';
import { StrengthController } from './strength.controller.js';

/** Everything that people see in a browser, and the probes. */
@Module({
  imports: [
    ActivationModule,
    CustomerModule,
    EmailConfirmationModule,
    LockoutModule,
    MailModule,
    PasswordResetModule,
    StoreModule,
  ],
  controllers: [
    ActivateController,
    ConfirmController,
    GraphiqlController,
    HealthController,
    LandingController,
    MailboxController,
    RecoverController,
    ResetController,
    StrengthController,
  ],
  providers: [FormCookie, LinkForms, PageStore, StrengthAssets],
})
export class PagesModule {}
