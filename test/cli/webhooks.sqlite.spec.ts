import { WebhookReceiver } from '../commerce-layer/webhook-receiver.js';
import { INTEGRATION } from '../commerce-layer/wire.js';
import { demoSetup } from '../../src/store/index.js';
import { until } from '../support/until.js';
import { BuiltCommand } from './command.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();
let receiver: WebhookReceiver;

beforeAll(async () => {
  await command.build();
  receiver = await WebhookReceiver.start();
});

afterAll(async () => {
  await command.clear();
  await receiver.stop();
});

/** The demo setup, in which webhooks may call this machine. */
function setupFile(): string {
  const [realm] = demoSetup.realms;
  const [store] = realm?.stores ?? [];
  const commerceLayer = { ...store?.commerceLayer, webhookPrivateTargets: true };
  const setup = { ...demoSetup, realms: [{ ...realm, stores: [{ ...store, commerceLayer }] }] };
  return command.aFileWith(JSON.stringify(setup));
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.json();
}

it('loses nothing when it is killed between the commit and the call, and calls once', async () => {
  const folder = command.aFolder();
  const env = { PORT: '0', DATABASE_URL: await command.aDatabase(), SETUP_FILE: setupFile() };
  const first = await command.start(env, folder);
  const json = { 'content-type': 'application/json' };
  const token = (await post(`${first.url}/oauth/token`, INTEGRATION, json)) as { access_token: string };
  const headers = { 'content-type': 'application/vnd.api+json', authorization: `Bearer ${token.access_token}` };
  const create = (type: string, attributes: object): Promise<unknown> =>
    post(`${first.url}/api/${type}`, { data: { type, attributes, relationships: {} } }, headers);
  await create('webhooks', { topic: 'customers.create', callback_url: `${receiver.url}/hook` });

  const made = (await create('customers', { email: 'ann@example.com' })) as { data: { id: string } };
  await first.stop('SIGKILL');
  const before = receiver.received.length;
  await command.start(env, folder);
  await until(() => receiver.received.length > 0);

  expect(before).toBe(0);
  expect(receiver.at('/hook').map(({ body }) => [body.data.id, body.data.attributes.email])).toEqual([
    [made.data.id, 'ann@example.com'],
  ]);
});
