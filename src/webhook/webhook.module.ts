import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { EventModule } from '../event/index.js';
import { MailModule } from '../mail/index.js';
import { StoreModule } from '../store/index.js';
import { CallbackService } from './callback.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliverySender } from './delivery.sender.js';
import { DeliveryWorker } from './delivery.worker.js';
import { WebhookSeal } from './webhook.seal.js';
import { WebhookService } from './webhook.service.js';

@Module({
  imports: [CustomerModule, EventModule, MailModule, StoreModule],
  providers: [CallbackService, DeliveryRepository, DeliverySender, DeliveryWorker, WebhookSeal, WebhookService],
  exports: [CallbackService, DeliveryWorker, WebhookService],
})
export class WebhookModule {}
