export { eventColumns } from './event.columns.js';
export { EventListService, isEventField, type EventField, type EventNames } from './event-list.service.js';
export { Event, isPublished, type EventType, type PublishedType } from './event.entity.js';
export { EventModule } from './event.module.js';
export { EventService, type EventRecord } from './event.service.js';
export { ownTrail, type Trail } from './trail.js';
