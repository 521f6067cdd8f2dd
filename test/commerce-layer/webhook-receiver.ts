import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeliveryWorker } from '../../src/webhook/index.js';
import type { Answer, TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into bodies of every shape
  readonly body: any;
}

/** A receiver as an integrator would write one. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** What it does with a request once that is read. */
  answer: RequestListener = (_request, response) => response.end();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new WebhookReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const { url = '', headers } = request;
        receiver.received.push({ path: url, headers, raw, body: JSON.parse(raw.toString()) });
        receiver.answer(request, response);
      });
    });
    return receiver;
  }

  /** From now on it answers so, and nothing else. */
  answers(status: number, headers: Record<string, string> = {}): void {
    this.answer = (_request, response) => response.writeHead(status, headers).end();
  }

  /** What was received at a path, the oldest first. */
  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Whether a call was signed with a secret, as the vendor's documentation checks it. */
export function isSigned({ headers, raw }: Received, secret: string): boolean {
  return headers['x-commercelayer-signature'] === createHmac('sha256', secret).update(raw).digest('base64');
}

export interface MadeWebhook {
  readonly id: string;
  readonly path: string;
  readonly secret: string;
}

/** The attributes of each resource of a list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export function attributesIn(list: Iterable<{ readonly attributes: any }>): any[] {
  return Array.from(list, ({ attributes }) => attributes);
}

let made = 0;

/** An organization that may call this machine, with a receiver. */
export class WebhookScene {
  private constructor(
    readonly client: CommerceLayerClient,
    readonly receiver: WebhookReceiver,
    readonly webhooks: Webhooks,
    private readonly app: TestApp,
    private current: string,
  ) {}

  static async of(app: TestApp): Promise<WebhookScene> {
    await app.setUp({ policy: { limits: 'off' }, commerceLayer: { webhookPrivateTargets: true } });
    const client = new CommerceLayerClient(app);
    const receiver = await WebhookReceiver.start();
    const webhooks: Webhooks = new Webhooks(app, client, receiver, () => scene.token);
    const scene: WebhookScene = new WebhookScene(client, receiver, webhooks, app, await client.integration());
    return scene;
  }

  /** The integration's token. */
  get token(): string {
    return this.current;
  }

  post(type: string, attributes: object, relationships: object = {}): Promise<Answer> {
    return this.client.call('POST', type, this.token, { type, attributes, relationships });
  }

  patch(type: string, id: string, attributes: object): Promise<Answer> {
    return this.client.call('PATCH', `${type}/${id}`, this.token, { type, attributes, relationships: {}, id });
  }

  /** Turns the clock, beyond the life of a token if need be. */
  async advance(seconds: number): Promise<void> {
    this.app.clock.advance(seconds);
    this.current = await this.client.integration();
  }
}

/** Webhooks of the demo organization, each at a path of its own. */
export class Webhooks {
  constructor(
    private readonly app: TestApp,
    private readonly client: CommerceLayerClient,
    private readonly receiver: WebhookReceiver,
    /** The integration's token, which does not live for ever. */
    private readonly token: () => string,
  ) {}

  async add(topic: string, more: object = {}): Promise<MadeWebhook> {
    made += 1;
    const path = `/hook-${made}`;
    const attributes = { topic, callback_url: this.receiver.url + path, ...more };
    const { status, body, text } = await this.client.call('POST', 'webhooks', this.token(), {
      type: 'webhooks',
      attributes,
      relationships: {},
    });
    if (status !== 201) throw new Error(`no webhook: ${text}`);
    return { id: body.data.id, path, secret: body.data.attributes.shared_secret };
  }

  /** Its attributes as they are now. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into attributes of every shape
  async attributes({ id }: MadeWebhook): Promise<any> {
    return (await this.client.call('GET', `webhooks/${id}`, this.token())).body.data.attributes;
  }

  change({ id }: MadeWebhook, attributes: object): ReturnType<CommerceLayerClient['call']> {
    const data = { type: 'webhooks', attributes, relationships: {}, id };
    return this.client.call('PATCH', `webhooks/${id}`, this.token(), data);
  }

  /** Every call of it, the oldest first. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  async callbacks({ id }: MadeWebhook): Promise<any[]> {
    const list = `webhooks/${id}/last_event_callbacks?sort=created_at,id&page[size]=25`;
    const { body } = await this.client.call('GET', list, this.token());
    return attributesIn(body.data);
  }

  /** Waits until all that is due was told. */
  settled(): Promise<void> {
    return this.app.get(DeliveryWorker).idle();
  }
}
