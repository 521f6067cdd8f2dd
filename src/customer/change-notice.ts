import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventService, type EventRecord, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { Customer } from './customer.entity.js';

/** In whose name something is changed. */
export interface Actor {
  readonly store: Store;
  readonly trail: Trail;
}

/** A customer as it was and as it is. */
interface ChangedCustomer {
  readonly before: Customer;
  readonly after: Customer;
  /** Names of what was given. */
  readonly fields: readonly string[];
}

/** Tells what a change of a customer's particulars comes to. */
@Injectable()
export class ChangeNotice {
  constructor(private readonly events: EventService) {}

  async tell({ before, after, fields }: ChangedCustomer, actor: Actor, tx: EntityManager): Promise<void> {
    const about = aboutCustomer(after, actor);
    await this.events.record({ ...about, type: 'customer_updated', data: { fields: fields.join(' ') } }, tx);
    if (metadataOf(before) !== metadataOf(after)) {
      await this.events.record({ ...about, type: 'customer_metadata_changed' }, tx);
    }
    await this.tellTags({ before, after }, actor, tx);
  }

  /** Tells of tags that were added; of a new customer's, too. */
  async tellTags(
    { before, after }: { readonly before: Customer | null; readonly after: Customer },
    actor: Actor,
    tx: EntityManager,
  ): Promise<void> {
    if (!hasMoreTags(before, after)) return;
    await this.events.record({ ...aboutCustomer(after, actor), type: 'customer_tagged' }, tx);
  }
}

function aboutCustomer({ id, number }: Customer, { store, trail }: Actor): Omit<EventRecord, 'type'> {
  return { trail, storeId: store.id, customerId: id, subject: number };
}

/** Whether something carries a tag that it did not carry before. */
export function hasMoreTags(
  before: { readonly tags: readonly string[] } | null,
  after: { readonly tags: readonly string[] },
): boolean {
  return after.tags.some((tag) => !before?.tags.includes(tag));
}

/** All that machines see as metadata: the names are in it. */
function metadataOf({ firstName, lastName, attributes }: Customer): string {
  return JSON.stringify([firstName, lastName, attributes.commerceLayer?.metadata ?? {}]);
}
