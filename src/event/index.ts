export { Event, type EventType } from './event.entity.js';
export { EventModule } from './event.module.js';
export { EventService, type EventRecord } from './event.service.js';
export { ownTrail, type Trail } from './trail.js';
