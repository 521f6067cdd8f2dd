import { RESOURCES } from '../../src/dialects/commerce-layer/commerce-layer.resources.js';
import type { ResourceDeclaration } from '../../src/dialects/commerce-layer/commerce-layer.resource.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;

const declarations: readonly ResourceDeclaration[] = RESOURCES.map(([declaration]) => declaration);
const listed = declarations.filter(({ access }) => access.list);
const home = { first_name: 'A', last_name: 'B', line_1: '1', city: 'c', zip_code: '1', country_code: 'FR', phone: '1' };

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  const make = (type: string, attributes: object, relationships: object = {}): Promise<unknown> =>
    cl.call('POST', type, integration, { type, attributes, relationships });
  const { email } = await app.aCustomer({ addresses: [{ lines: ['1'], city: 'c', countryCode: 'FR' }] });
  await make('customer_groups', { name: 'g' });
  await make('tags', { name: 't' });
  await make('addresses', home);
  await make('customer_subscriptions', { customer_email: email, reference: 'r' });
  await app.setUp({ commerceLayer: { webhookPrivateTargets: true } });
  await make('webhooks', { topic: 'customer_password_resets.create', callback_url: 'http://127.0.0.1:1/' });
  await make('customer_password_resets', { customer_email: email });
  await app.get(DeliveryWorker).idle();
});

afterAll(() => app.stop());

const status = async (path: string): Promise<unknown[]> => {
  const { status: code, text } = await cl.call('GET', path, integration);
  return [path, code, code === 200 ? '' : text];
};

it.each(declarations.map((declaration) => [declaration.type, declaration] as const))(
  'shows of %s every attribute that can be fetched, and no other',
  async (type, { singlePath, attributes, relationships }) => {
    const { body } = await cl.call('GET', singlePath ?? type, integration);
    const shown = singlePath === undefined ? body.data[0] : body.data;

    const fetchable = Object.keys(attributes).filter((name) => attributes[name]?.flags.includes('F'));
    const linked = Object.keys(relationships).filter((name) => !relationships[name]?.flags.includes('V'));
    expect(Object.keys(shown.attributes).sort()).toEqual(fetchable.sort());
    expect(Object.keys(shown.relationships ?? {}).sort()).toEqual(linked.sort());
  },
);

it.each(listed.map((declaration) => [declaration.type, declaration] as const))(
  'finds and orders %s by everything that is said to allow it, over relationships too',
  async (type, { attributes, relationships }) => {
    const paths = (flag: string): string[] => [
      ...Object.keys(attributes).filter((name) => attributes[name]?.flags.includes(flag)),
      ...Object.entries(relationships).flatMap(([name, relationship]) => {
        const target = declarations.find((other) => other.type === relationship.type);
        if (!target || !relationship.flags.includes(flag) || (flag === 'S' && relationship.isMany)) return [];
        const own = Object.keys(target.attributes).filter((one) => target.attributes[one]?.flags.includes(flag));
        return own.map((one) => `${name}_${one}`);
      }),
    ];

    expect(paths('Q').length).toBeGreaterThan(5);
    for (const path of paths('Q')) {
      expect(await status(`${type}?filter[q][${path}_null]=false`)).toEqual([expect.anything(), 200, '']);
    }
    for (const path of paths('S')) expect(await status(`${type}?sort=-${path}`)).toEqual([expect.anything(), 200, '']);
  },
);

it.each(listed.map((declaration) => [declaration.type, declaration] as const))(
  'follows every relationship of %s: included, related and by its links',
  async (type, { relationships }) => {
    const { body } = await cl.call('GET', type, integration);
    const id: string = body.data[0].id;
    const names = Object.keys(relationships);
    const includable = names.filter((name) => !relationships[name]?.flags.includes('V'));

    expect(await status(`${type}/${id}?include=${includable.join(',')}`)).toEqual([expect.anything(), 200, '']);
    for (const name of names) {
      expect(await status(`${type}/${id}/${name}`)).toEqual([expect.anything(), 200, '']);
      expect(await status(`${type}/${id}/relationships/${name}`)).toEqual([expect.anything(), 200, '']);
    }
  },
);
