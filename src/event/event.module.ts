import { Module } from '@nestjs/common';
import { EventListService } from './event-list.service.js';
import { EventService } from './event.service.js';

@Module({ providers: [EventListService, EventService], exports: [EventListService, EventService] })
export class EventModule {}
