import type { Event } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { Webhook } from './webhook.entity.js';

/** A call to be written. */
export interface CallOrder {
  readonly webhook: Webhook;
  readonly event: Event;
  readonly store: Store;
  readonly secret: string;
}

/** A call as it goes out. */
export interface Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What of the body may be kept: the same without secrets. */
  readonly kept: string;
}

/** How an API tells of events: it words and signs calls. */
export abstract class WebhookWire {
  /** The record as it is now, or that it is gone. */
  abstract write(order: CallOrder): Promise<Call>;
}
