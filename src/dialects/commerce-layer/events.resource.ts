import { Injectable } from '@nestjs/common';
import { refuseAll, text, toMany, trigger, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { EventListService, isEventField, isPublished, type Event, type EventField } from '../../event/index.js';
import { WebhookService } from '../../webhook/index.js';
import type { AnswerContext, CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { commonAttributes, notesIn } from './common.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';
import { EVENT_NAMES } from './webhooks.topics.js';

export const eventsDeclaration: ResourceDeclaration = {
  type: 'events',
  access: { list: ['integration'], retrieve: ['integration'], update: ['integration'] },
  oldestFirst: true,
  attributes: { name: text('FQS'), _trigger: trigger('U', { restricted: true }), ...COMMON },
  relationships: {
    webhooks: toMany('webhooks', '', { inverse: 'event' }),
    last_event_callbacks: toMany('event_callbacks', 'V', { inverse: 'event' }),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<EventField> = { isField: isEventField, areEvents: true };

/** What happened to records, whether or not anybody was told. */
@Injectable()
export class EventsResource implements CommerceLayerResource<Event> {
  readonly declaration = eventsDeclaration;

  constructor(
    private readonly events: EventListService,
    private readonly webhooks: WebhookService,
  ) {}

  idOf({ number }: Event): string {
    return toShortId(number);
  }

  attributesOf({ type, createdAt, updatedAt, annotations }: Event): Readonly<Record<string, unknown>> {
    const name = isPublished(type) ? EVENT_NAMES[type] : null;
    return { name, ...commonAttributes({ createdAt, updatedAt: updatedAt ?? createdAt }, annotations) };
  }

  async related(
    name: string,
    rows: readonly Event[],
    { caller }: AnswerContext,
  ): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'webhooks') return rows.map(() => []);
    const types = rows.map(({ type }) => type);
    const found = await this.webhooks.findListening(caller.store, types);
    return rows.map(({ type }) => found.filter(({ webhook }) => webhook.eventType === type));
  }

  about(ids: readonly string[], { caller }: AnswerContext): Promise<readonly (readonly Event[])[]> {
    const subjects = ids.map((id) => fromShortId(id) ?? 0);
    return this.events.of(caller.store.id, subjects, EVENT_NAMES);
  }

  find(id: string, { store }: Caller): Promise<Event | null> {
    return this.events.find(store.id, fromShortId(id) ?? 0, EVENT_NAMES);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<Event>> {
    return this.events.list(store.id, EVENT_NAMES, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  /** Nothing of what happened changes; it may be told once more. */
  async update(event: Event, written: Written): Promise<Event> {
    refuseAll(written.faults);
    const notes = notesIn(written);
    const noted = Object.keys(notes).length > 0 ? await this.events.note(event, notes) : event;
    if (written.values['_trigger'] === true) await this.webhooks.fireAgain(noted);
    return noted;
  }
}
