import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { SubscriptionService } from './subscription.service.js';

@Module({ imports: [CustomerModule], providers: [SubscriptionService], exports: [SubscriptionService] })
export class SubscriptionModule {}
