import { Housekeeping } from '../../src/common/housekeeping.js';
import { Config } from '../../src/config/index.js';
import { RemovalService } from '../../src/customer/index.js';
import { WebhookCalls } from '../../src/dialects/commerce-layer/webhooks.calls.js';
import { EventService } from '../../src/event/index.js';
import { StoreDirectory } from '../../src/store/index.js';
import { DeliveryRepository } from '../../src/webhook/delivery.repository.js';
import { DeliverySender } from '../../src/webhook/delivery.sender.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import { WebhookSeal } from '../../src/webhook/webhook.seal.js';
import { WebhookReceiver, Webhooks } from '../commerce-layer/webhook-receiver.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let receiver: WebhookReceiver;
let webhooks: Webhooks;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, commerceLayer: { webhookPrivateTargets: true } });
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  receiver = await WebhookReceiver.start();
  webhooks = new Webhooks(app, cl, receiver, () => integration);
});

afterAll(async () => {
  await receiver.stop();
  await app.stop();
});

/** What another instance would have. */
function anotherWorker(): DeliveryWorker {
  const config = app.get(Config);
  const deliveries = new DeliveryRepository(app.database, app.clock);
  const sender = new DeliverySender(deliveries, new WebhookSeal(config), app.get(StoreDirectory), config);
  const [events, removals] = [app.get(EventService), app.get(RemovalService)];
  const worker = new DeliveryWorker(deliveries, sender, events, removals, new Housekeeping(app.clock));
  worker.speak(app.get(WebhookCalls));
  worker.onApplicationBootstrap();
  return worker;
}

it('tells each event once, however many instances there are', async () => {
  const [one, two] = [await webhooks.add('customers.create'), await webhooks.add('customers.create')];
  const workers = [anotherWorker(), anotherWorker()];
  const emails = Array.from({ length: 40 }, (_, at) => `racer-${at}@example.com`);

  await Promise.all(
    emails.map((email) =>
      cl.call('POST', 'customers', integration, { type: 'customers', attributes: { email }, relationships: {} }),
    ),
  );
  await Promise.all([webhooks.settled(), ...workers.map((worker) => worker.idle())]);
  await webhooks.settled();
  for (const worker of workers) await worker.beforeApplicationShutdown();

  for (const { path } of [one, two]) {
    const told = receiver.at(path).map(({ body }) => body.data.attributes.email);
    expect(told.sort()).toEqual([...emails].sort());
  }
});
