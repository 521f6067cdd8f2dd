import { Housekeeping } from '../../src/common/housekeeping.js';
import { WebhookCalls } from '../../src/dialects/commerce-layer/webhooks.calls.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import { isSigned, WebhookReceiver, WebhookScene, type MadeWebhook, type Webhooks } from './webhook-receiver.js';
import type { CommerceLayerClient } from './wire.js';

let app: TestApp;
let scene: WebhookScene;
let cl: CommerceLayerClient;
let receiver: WebhookReceiver;
let webhooks: Webhooks;

beforeAll(async () => {
  app = await TestApp.start();
  scene = await WebhookScene.of(app);
  ({ client: cl, receiver, webhooks } = scene);
});

beforeEach(async () => {
  receiver.answers(200);
  await app.setUp({ commerceLayer: { webhookPrivateTargets: true } });
});

afterAll(async () => {
  await receiver.stop();
  await app.stop();
});

let people = 0;

async function somethingHappens(): Promise<string> {
  const id = await created();
  await webhooks.settled();
  return id;
}

async function created(): Promise<string> {
  people += 1;
  const { body } = await scene.post('customers', { email: `somebody-${people}@example.com` });
  return body.data.id;
}

/** Lets the longest back-off pass. */
async function later(seconds = 4000): Promise<void> {
  await scene.advance(seconds);
  await webhooks.settled();
}

const listening = (): Promise<MadeWebhook> => webhooks.add('customers.create');
const outcomesOf = async (webhook: MadeWebhook): Promise<unknown[]> =>
  (await webhooks.callbacks(webhook)).map((one) => [one.response_code, one.response_message]);

describe('a call that fails', () => {
  it('is made again with the same signature after ten seconds, twenty, forty …, and each is an event_callback', async () => {
    const webhook = await listening();
    receiver.answers(500);
    await somethingHappens();
    await later(8);
    const early = receiver.at(webhook.path).length;
    await later(4);
    await later(17);
    const again = receiver.at(webhook.path).length;
    receiver.answers(204);
    await later(6);
    await later();

    expect([early, again]).toEqual([1, 2]);
    const calls = receiver.at(webhook.path);
    expect(calls).toHaveLength(3);
    expect(calls.every((call) => isSigned(call, webhook.secret))).toBe(true);
    expect(await outcomesOf(webhook)).toEqual([
      ['500', 'Internal Server Error'],
      ['500', 'Internal Server Error'],
      ['204', 'No Content'],
    ]);
    expect(await webhooks.attributes(webhook)).toMatchObject({ circuit_state: 'closed', circuit_failure_count: 0 });
  });

  it('is made again ten times and then no more', async () => {
    const webhook = await listening();
    receiver.answers(503);
    await somethingHappens();

    for (let at = 0; at < 15; at += 1) await later();

    expect(receiver.at(webhook.path)).toHaveLength(11);
    expect(await webhooks.attributes(webhook)).toMatchObject({ circuit_state: 'closed', circuit_failure_count: 11 });
  });

  it.each([
    ['is redirected', 302, 'Found'],
    ['is redirected for good', 308, 'Permanent Redirect'],
    ['is refused', 404, 'Not Found'],
  ])('%s: that is a failure, and nobody else is asked', async (_what, status, message) => {
    const webhook = await listening();
    receiver.answers(status, { location: `${receiver.url}/elsewhere` });

    await somethingHappens();

    expect(await outcomesOf(webhook)).toEqual([[String(status), message]]);
    expect(receiver.at('/elsewhere')).toEqual([]);
  });

  it('may be answered by no more than headers, and takes no part of a huge body', async () => {
    const webhook = await listening();
    receiver.answer = (_request, response) => {
      const more = (): void => {
        if (response.write('x'.repeat(65_536))) setImmediate(more);
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    };

    await somethingHappens();

    expect(await outcomesOf(webhook)).toEqual([['200', 'OK']]);
  });

  it('does not hold up the calls of others while its receiver takes its time', async () => {
    const patient = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
    const [slow, quick] = [await listening(), await webhooks.add('customers.destroy')];
    const waiting: (() => void)[] = [];
    receiver.answer = ({ url }, response) => {
      if (url === slow.path) waiting.push(() => response.end());
      else response.end();
    };
    const ids = await Promise.all(Array.from({ length: 30 }, () => created()));
    await until(() => waiting.length === 5);

    await cl.call('DELETE', `customers/${ids[0]}`, scene.token);
    await until(() => receiver.at(quick.path).length > 0);
    const meanwhile = waiting.length;
    receiver.answers(200);
    for (const answer of waiting) answer();
    await webhooks.settled();
    patient.mockRestore();

    expect(meanwhile).toBe(5);
    expect(receiver.at(slow.path)).toHaveLength(30);
  });

  it('has five seconds', async () => {
    const seconds = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    const slow = await listening();
    await somethingHappens();
    expect(seconds).toHaveBeenCalledWith(5000);
    seconds.mockRestore();

    expect(await outcomesOf(slow)).toEqual([[null, 'No answer in time.']]);
  });

  it('cannot be made where nobody listens', async () => {
    const closed = await WebhookReceiver.start();
    await closed.stop();
    const webhook = await webhooks.add('customers.create', { callback_url: `${closed.url}/hook` });

    await somethingHappens();

    expect(await outcomesOf(webhook)).toEqual([[null, 'The server cannot be reached.']]);
  });

  it('goes to a private address only while the operator lets it', async () => {
    const webhook = await listening();
    await app.setUp({ commerceLayer: { webhookPrivateTargets: false } });

    await somethingHappens();

    expect(receiver.at(webhook.path)).toEqual([]);
    expect(await outcomesOf(webhook)).toEqual([[null, 'The address is not of the public internet.']]);
  });

  it('is waited for when the service ends, and no other is begun', async () => {
    const webhook = await listening();
    const worker = app.get(DeliveryWorker);
    const waiting: (() => void)[] = [];
    receiver.answer = (_request, response) => waiting.push(() => response.end());
    await created();
    await until(() => receiver.at(webhook.path).length === 1);
    let hasEnded = false;
    const ending = worker.beforeApplicationShutdown().then(() => (hasEnded = true));
    await created();
    worker.wake();
    const early = hasEnded;
    for (const answer of waiting) answer();
    await ending;
    const meanwhile = receiver.at(webhook.path).length;
    receiver.answers(200);
    worker.onApplicationBootstrap();
    await webhooks.settled();

    expect([early, meanwhile, receiver.at(webhook.path).length]).toEqual([false, 1, 2]);
    expect(await outcomesOf(webhook)).toEqual(Array(2).fill(['200', 'OK']));
  });

  it('is tried again when it could not even be written', async () => {
    const webhook = await listening();
    const write = jest.spyOn(app.get(WebhookCalls), 'write').mockRejectedValue(new Error('planted'));
    await somethingHappens();
    write.mockRestore();
    await later(12);

    expect(await outcomesOf(webhook)).toEqual([
      [null, 'The call could not be written.'],
      ['200', 'OK'],
    ]);
  });

  it('carries no secret to http once the operator has taken that back (SEC-33)', async () => {
    const webhook = await webhooks.add('customer_password_resets.create');
    const { email } = await app.aCustomer();
    await app.setUp({ commerceLayer: { webhookPrivateTargets: false } });

    await cl.create(scene.token, { customer_email: email });
    await webhooks.settled();

    expect(receiver.at(webhook.path)).toEqual([]);
    expect(await outcomesOf(webhook)).toEqual([[null, 'A secret goes to an https address only.']]);
  });

  it('does not happen any more for a webhook that is disabled or deleted', async () => {
    const [disabled, deleted] = [await listening(), await listening()];
    receiver.answers(500);
    await somethingHappens();
    await webhooks.change(disabled, { _disable: true });
    await cl.call('DELETE', `webhooks/${deleted.id}`, scene.token);

    await later();

    expect([disabled, deleted].map(({ path }) => receiver.at(path).length)).toEqual([1, 1]);
  });
});

describe('the circuit', () => {
  async function opened(): Promise<MadeWebhook> {
    const webhook = await listening();
    receiver.answers(500);
    await somethingHappens();
    await somethingHappens();
    await somethingHappens();
    for (let at = 0; at < 12; at += 1) await later();
    return webhook;
  }

  it('opens after thirty failures in a row, repetitions counted; log and shop are told of five, the log of thirty', async () => {
    app.logged.length = 0;

    const webhook = await opened();

    expect(await webhooks.attributes(webhook)).toMatchObject({ circuit_state: 'open', circuit_failure_count: 30 });
    expect(receiver.at(webhook.path)).toHaveLength(30);
    const log = app.logged.join('');
    expect(log).toContain('5 calls in a row have failed');
    expect(log).toContain('the circuit is open after 30 failures');
    expect(log).not.toContain(webhook.path);
    const mails = (await app.mailsTo('hello@demo.example')).filter(({ text }) => text.includes(webhook.id));
    expect(mails.map(({ subject }) => subject)).toEqual(['A webhook of Demo Store fails']);
    expect(mails[0]?.text).toContain(`${receiver.url}, and the last call ended so: 500 Internal Server Error`);
    expect(mails[0]?.text).not.toContain(webhook.path);
  });

  it('lets nothing out while it is open, and what waited goes out once it is reset', async () => {
    const webhook = await opened();
    receiver.answers(200);
    const id = await somethingHappens();
    await later();
    const during = receiver.at(webhook.path).length;

    const { body } = await webhooks.change(webhook, { _reset_circuit: true });
    await webhooks.settled();

    expect(during).toBe(30);
    expect(body.data.attributes).toMatchObject({ circuit_state: 'closed', circuit_failure_count: 0 });
    const ids = receiver
      .at(webhook.path)
      .slice(30)
      .map((call) => call.body.data.id);
    expect(ids).toContain(id);
  });
});

it('removes calls a month after they were made', async () => {
  const webhook = await listening();
  await somethingHappens();
  await scene.advance(29 * 24 * 3600);
  await app.get(Housekeeping).run();
  const before = await webhooks.callbacks(webhook);
  await scene.advance(2 * 24 * 3600);
  await app.get(Housekeeping).run();

  expect([before.length, (await webhooks.callbacks(webhook)).length]).toEqual([1, 0]);
});
