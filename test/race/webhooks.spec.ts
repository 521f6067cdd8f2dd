import { Housekeeping } from '../../src/common/housekeeping.js';
import { Config } from '../../src/config/index.js';
import { RemovalService } from '../../src/customer/index.js';
import { WebhookCalls } from '../../src/dialects/commerce-layer/webhooks.calls.js';
import { EventService } from '../../src/event/index.js';
import { MailService } from '../../src/mail/index.js';
import { StoreDirectory } from '../../src/store/index.js';
import { DeliveryRepository } from '../../src/webhook/delivery.repository.js';
import { DeliverySender } from '../../src/webhook/delivery.sender.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import { WebhookSeal } from '../../src/webhook/webhook.seal.js';
import { WebhookScene } from '../commerce-layer/webhook-receiver.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
let scene: WebhookScene;

beforeAll(async () => {
  app = await TestApp.start();
  scene = await WebhookScene.of(app);
});

afterAll(async () => {
  await scene.receiver.stop();
  await app.stop();
});

/** What another instance would have. */
function anotherWorker(): DeliveryWorker {
  const config = app.get(Config);
  const deliveries = new DeliveryRepository(app.database, app.clock);
  const sender = new DeliverySender(
    ...([deliveries, new WebhookSeal(config), app.get(StoreDirectory), app.get(MailService), config] as const),
  );
  const [events, removals] = [app.get(EventService), app.get(RemovalService)];
  const worker = new DeliveryWorker(deliveries, sender, events, removals, new Housekeeping(app.clock));
  worker.speak(app.get(WebhookCalls));
  worker.onApplicationBootstrap();
  return worker;
}

it('tells each event once, however many instances there are', async () => {
  const [one, two] = [await scene.webhooks.add('customers.create'), await scene.webhooks.add('customers.create')];
  const workers = [anotherWorker(), anotherWorker()];
  const emails = Array.from({ length: 40 }, (_, at) => `racer-${at}@example.com`);

  await Promise.all(emails.map((email) => scene.post('customers', { email })));
  await Promise.all([scene.webhooks.settled(), ...workers.map((worker) => worker.idle())]);
  await scene.webhooks.settled();
  for (const worker of workers) await worker.beforeApplicationShutdown();

  for (const { path } of [one, two]) {
    const told = scene.receiver.at(path).map(({ body }) => body.data.attributes.email);
    expect(told.sort()).toEqual([...emails].sort());
  }
});

it('tells of each reset that is asked for at the same time, once somebody listens', async () => {
  const emails = await Promise.all(Array.from({ length: 12 }, async () => (await app.aCustomer()).email));
  const ask = (): Promise<unknown> =>
    Promise.all(emails.map((email) => scene.post('customer_password_resets', { customer_email: email })));
  await ask();
  const { path } = await scene.webhooks.add('customer_password_resets.create');

  await ask();
  await scene.webhooks.settled();

  const told = scene.receiver.at(path).map(({ body }): unknown => body.data.attributes.customer_email);
  expect(told.sort()).toEqual(emails.sort());
});
