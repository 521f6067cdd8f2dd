import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { SubscriptionService } from './subscription.service.js';

@Module({ imports: [CustomerModule, EventModule], providers: [SubscriptionService], exports: [SubscriptionService] })
export class SubscriptionModule {}
