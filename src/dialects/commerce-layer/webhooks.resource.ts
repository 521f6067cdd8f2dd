import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { integer, refuseAll, text, texts, time, toMany, trigger, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { Config } from '../../config/index.js';
import {
  CallbackService,
  isWebhookField,
  WebhookService,
  type WebhookField,
  type WebhookRecord,
} from '../../webhook/index.js';
import type { CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { commonAttributes } from './common.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';
import { ResourceRegistry } from './resource.registry.js';
import { webhookFaults, webhookIn, type WebhookTerms } from './webhooks.input.js';

export const webhooksDeclaration: ResourceDeclaration = {
  type: 'webhooks',
  access: {
    list: ['integration'],
    retrieve: ['integration'],
    create: ['integration'],
    update: ['integration'],
    remove: ['integration'],
  },
  attributes: {
    name: text('CUFQ'),
    topic: text('CUFQ', { maximum: 64 }),
    callback_url: text('CUF', { maximum: 1024 }),
    include_resources: texts('CUF'),
    disabled_at: time('FQS'),
    circuit_state: text('FQS'),
    circuit_failure_count: integer('FQS'),
    shared_secret: text('F'),
    _disable: trigger('CU'),
    _enable: trigger('CU'),
    _reset_circuit: trigger('U', { restricted: true }),
    _regenerate_shared_secret: trigger('U'),
    ...COMMON,
  },
  relationships: {
    last_event_callbacks: toMany('event_callbacks', '', { inverse: 'webhook' }),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<WebhookField> = { isField: isWebhookField };

/** Who is told of the organization's events. */
@Injectable()
export class WebhooksResource implements CommerceLayerResource<WebhookRecord> {
  readonly declaration = webhooksDeclaration;

  constructor(
    private readonly webhooks: WebhookService,
    private readonly callbacks: CallbackService,
    private readonly config: Config,
    private readonly modules: ModuleRef,
  ) {}

  idOf({ webhook }: WebhookRecord): string {
    return toShortId(webhook.number);
  }

  attributesOf({ webhook, secret }: WebhookRecord): Readonly<Record<string, unknown>> {
    const { name, topic, callbackUrl, includes, disabledAt, circuitState, circuitFailureCount } = webhook;
    return {
      ...{ name, topic, callback_url: callbackUrl, include_resources: includes ?? [] },
      ...{ disabled_at: disabledAt?.toISOString() ?? null },
      ...{ circuit_state: circuitState, circuit_failure_count: circuitFailureCount, shared_secret: secret },
      ...commonAttributes(webhook, webhook.annotations),
    };
  }

  related(name: string, rows: readonly WebhookRecord[]): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'last_event_callbacks') return Promise.resolve(rows.map(() => []));
    return this.callbacks.of(rows.map(({ webhook }) => webhook));
  }

  find(id: string, { store }: Caller): Promise<WebhookRecord | null> {
    return this.webhooks.find(store, fromShortId(id) ?? 0);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<WebhookRecord>> {
    return this.webhooks.list(store, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  create(written: Written, caller: Caller): Promise<WebhookRecord> {
    refuseAll(webhookFaults(written, this.termsOf(null, caller)));
    const { topic = '', eventType = null, callbackUrl = '', ...more } = webhookIn(written);
    const nameOf = (number: number): string => `Webhook ${toShortId(number)}`;
    return this.webhooks.create(caller.store, { ...more, nameOf, topic, eventType, callbackUrl }, caller.trail);
  }

  update(record: WebhookRecord, written: Written, caller: Caller): Promise<WebhookRecord> {
    refuseAll(webhookFaults(written, this.termsOf(record, caller)));
    const isUnnamed = 'name' in written.values && webhookIn(written).name === undefined;
    const name = isUnnamed ? { name: `Webhook ${this.idOf(record)}` } : {};
    return this.webhooks.update(record, { ...webhookIn(written), ...name }, caller.trail);
  }

  remove(record: WebhookRecord, { trail }: Caller): Promise<void> {
    return this.webhooks.remove(record, trail);
  }

  /** The registry holds this resource too, so it is looked up when it is needed. */
  private termsOf(record: WebhookRecord | null, { store }: Caller): WebhookTerms {
    const types = this.modules.get(ResourceRegistry, { strict: false });
    return { present: record?.webhook ?? null, store, config: this.config, types };
  }
}
