import { createHmac } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DocumentWriter, goneDocument, readShape, type SingleDocument } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import { Config } from '../../config/index.js';
import { ownTrail, type Event } from '../../event/index.js';
import { ApiClient, type Store } from '../../store/index.js';
import { DeliveryWorker, WebhookWire, type Call, type CallOrder } from '../../webhook/index.js';
import { contextOf } from './commerce-layer.mapper.js';
import type { AnswerContext, AnyResource } from './commerce-layer.resource.js';
import { ResourceRegistry } from './resource.registry.js';
import { includesOf, topicOf } from './webhooks.topics.js';

/** Writes calls as the vendor does: the document of the resource as an integration would fetch it, with paths for links. */
@Injectable()
export class WebhookCalls extends WebhookWire implements OnModuleInit {
  constructor(
    private readonly worker: DeliveryWorker,
    private readonly resources: ResourceRegistry,
    private readonly config: Config,
  ) {
    super();
  }

  onModuleInit(): void {
    this.worker.speak(this);
  }

  override async write({ webhook, event, store, secret }: CallOrder): Promise<Call> {
    const { topic, includes } = webhook;
    const resource = this.resources.find(topicOf(topic)?.type ?? '');
    if (!resource || event.subject === null) throw new Error(`topic ${topic} has no resource`);
    const context: AnswerContext = { ...contextOf(this.config, machine(store, event)), base: '/api' };
    const id = toShortId(event.subject);
    const row = await resource.find(id, context.caller);
    const document =
      row === null
        ? goneDocument(resource.declaration, id, context)
        : await this.document(resource, row, includesOf(topic, includes), context);
    const body = JSON.stringify(document);
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    return {
      headers: {
        'Content-Type': 'application/json',
        'X-CommerceLayer-Signature': signature,
        'X-CommerceLayer-Topic': topic,
      },
      body,
      kept: JSON.stringify(withoutSecret(document)),
    };
  }

  private document(
    resource: AnyResource,
    row: unknown,
    includes: readonly string[],
    context: AnswerContext,
  ): Promise<SingleDocument> {
    const shape = readShape({ include: includes.join(',') }, resource.declaration, this.resources);
    return new DocumentWriter(this.resources, shape, context).one(resource, row);
  }
}

/** Whoever may have webhooks may see what an integration sees; the call bears the trace of the request behind it. */
function machine(store: Store, { requestId }: Event): Caller {
  const client = Object.assign(new ApiClient(), { kind: 'commerce-layer-integration', storeId: store.id } as const);
  return { store, client, session: null, trail: { ...ownTrail, requestId } };
}

/** The token is kept with its reset alone, where it is wiped when its time is over (SEC-33). */
function withoutSecret({ data, included = [], ...rest }: SingleDocument): SingleDocument {
  const kept = <T extends SingleDocument['data']>(one: T): T =>
    one?.attributes['reset_password_token'] && one.type === 'customer_password_resets'
      ? { ...one, attributes: { ...one.attributes, reset_password_token: null } }
      : one;
  return { ...rest, data: kept(data), ...(included.length > 0 ? { included: included.map(kept) } : {}) };
}
