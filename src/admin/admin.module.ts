import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ActivationModule } from '../activation/index.js';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { IdempotencyModule } from '../idempotency/index.js';
import { MailModule } from '../mail/index.js';
import { PasswordResetModule } from '../password-reset/index.js';
import { StoreModule } from '../store/index.js';
import { TokenModule } from '../token/index.js';
import { AdminAccountController } from './account.controller.js';
import { AdminCaller } from './admin.caller.js';
import { AdminCustomers } from './admin.customers.js';
import { AdminCustomersController } from './customers.controller.js';
import { AdminSchemaController } from './schema.controller.js';
import { AdminSessionsController } from './sessions.controller.js';
import { StatsService } from './stats.service.js';
import { AdminTrailController } from './trail.controller.js';

/** Keyturn's own admin API. */
@Module({
  imports: [
    ActivationModule,
    CustomerModule,
    DiscoveryModule,
    EventModule,
    IdempotencyModule,
    MailModule,
    PasswordResetModule,
    StoreModule,
    TokenModule,
  ],
  controllers: [
    AdminCustomersController,
    AdminAccountController,
    AdminSessionsController,
    AdminTrailController,
    AdminSchemaController,
  ],
  providers: [AdminCaller, AdminCustomers, StatsService],
})
export class AdminModule {}
