import { Module } from '@nestjs/common';
import { MailModule } from '../mail/index.js';
import { WebhookModule } from '../webhook/index.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { QueueGauges } from './queue-gauges.js';

/** What an operator's Prometheus reads. */
@Module({
  imports: [MailModule, WebhookModule],
  controllers: [MetricsController],
  providers: [MetricsService, QueueGauges],
})
export class MetricsModule {}
