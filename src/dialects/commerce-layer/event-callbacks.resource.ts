import { Injectable } from '@nestjs/common';
import { object, text, toMany, toOne, type ListQuery } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import {
  CallbackService,
  isCallbackField,
  WebhookService,
  type CallbackField,
  type CallbackRecord,
} from '../../webhook/index.js';
import type { AnswerContext, CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { commonAttributes } from './common.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

export const eventCallbacksDeclaration: ResourceDeclaration = {
  type: 'event_callbacks',
  access: { list: ['integration'], retrieve: ['integration'] },
  attributes: {
    callback_url: text('FQ'),
    payload: object('F'),
    response_code: text('FQS'),
    response_message: text('FQS'),
    ...COMMON,
  },
  relationships: {
    webhook: toOne('webhooks', 'QS'),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<CallbackField> = { isField: isCallbackField };
const NO_NOTES = { reference: null, referenceOrigin: null, metadata: null };

/** Every call of a webhook, whatever became of it. */
@Injectable()
export class EventCallbacksResource implements CommerceLayerResource<CallbackRecord> {
  readonly declaration = eventCallbacksDeclaration;

  constructor(
    private readonly callbacks: CallbackService,
    private readonly webhooks: WebhookService,
  ) {}

  idOf({ delivery }: CallbackRecord): string {
    return toShortId(delivery.number);
  }

  attributesOf({ delivery, payload, attemptedAt }: CallbackRecord): Readonly<Record<string, unknown>> {
    const told: unknown = payload === null ? null : JSON.parse(payload);
    return {
      callback_url: delivery.callbackUrl,
      payload: told,
      response_code: delivery.responseCode,
      response_message: delivery.responseMessage,
      ...commonAttributes({ createdAt: attemptedAt, updatedAt: attemptedAt }, NO_NOTES),
    };
  }

  async related(
    name: string,
    rows: readonly CallbackRecord[],
    { caller }: AnswerContext,
  ): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'webhook') return rows.map(() => []);
    const ids = rows.map(({ delivery }) => delivery.webhookId);
    const found = await this.webhooks.findByIds(caller.store, ids);
    return ids.map((id) => found.filter(({ webhook }) => webhook.id === id));
  }

  find(id: string, { store }: Caller): Promise<CallbackRecord | null> {
    return this.callbacks.find(store, fromShortId(id) ?? 0);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<CallbackRecord>> {
    return this.callbacks.list(store, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }
}
