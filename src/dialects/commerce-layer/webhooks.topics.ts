import type { EventNames, PublishedType } from '../../event/index.js';

/** What webhooks may wait for: the core's word for it (null: it never happens here), and the resource that is told. */
interface Topic {
  readonly event: PublishedType | null;
  readonly type: string;
}

const topics = (type: string, events: Readonly<Record<string, PublishedType | null>>): [string, Topic][] =>
  Object.entries(events).map(([name, event]) => [`${type}.${name}`, { event, type }]);

const TOPICS: ReadonlyMap<string, Topic> = new Map([
  ...topics('addresses', { tagged: 'address_tagged' }),
  ...topics('customer_addresses', { create: 'address_created', destroy: 'address_deleted' }),
  ...topics('customer_password_resets', {
    create: 'reset_requested',
    reset_password: 'reset_completed',
    destroy: 'reset_deleted',
  }),
  ...topics('customer_subscriptions', { create: 'subscription_created', destroy: 'subscription_deleted' }),
  ...topics('customers', {
    create: 'customer_created',
    create_password: 'password_created',
    metadata_update: 'customer_metadata_changed',
    tagged: 'customer_tagged',
    acquired: null, // orders are not kept here
    repeat: null,
    anonymization_started: 'anonymization_started',
    anonymization_completed: 'anonymization_completed',
    anonymization_cancelled: 'anonymization_cancelled',
    anonymization_failed: 'anonymization_failed',
    destroy: 'customer_deleted',
  }),
]);

/** The names of events, which are those of topics. */
export const EVENT_NAMES: EventNames = Object.fromEntries(
  [...TOPICS].flatMap(([name, { event }]) => (event ? [[event, name]] : [])),
);

export function topicOf(name: string): Topic | null {
  return TOPICS.get(name) ?? null;
}

/** The topic whose calls carry a token that opens an account (SEC-33). */
export const SECRET_TOPIC = 'customer_password_resets.create';

/** What is always told along. */
export function includesOf(topic: string, includes: readonly string[] | null): readonly string[] {
  return topic.endsWith('.tagged') ? ['tags', ...(includes ?? [])] : (includes ?? []);
}
