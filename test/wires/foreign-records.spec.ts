import { toShortId } from '../../src/common/public-id.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { atAdmin } from '../common-ground/operations.js';
import { applySetup } from '../setup/apply-setup.js';
import { gid } from '../shopify/storefront.js';
import * as merchant from '../shopify-admin/admin.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

/** A realm of its own, with a machine's credential for each API. */
const ABROAD = {
  code: 'abroad',
  name: 'Abroad',
  mailFrom: 'Abroad <hello@abroad.example>',
  storefrontUrl: 'https://abroad.example',
  shopify: { adminTokens: ['abroad-shopify-admin-token'] },
  commerceLayer: {
    organization: 'abroad',
    applications: [
      { kind: 'integration', clientId: 'abroad-integration', clientSecret: 'abroad-integration-secret' },
      { kind: 'sales_channel', clientId: 'abroad-channel' },
    ],
  },
  commonGround: { keys: [{ accessKey: 'abroad-access', secretKey: 'abroad-secret-key' }] },
};
const AT_ABROAD = { 'commonground-origin': 'abroad', authorization: 'Bearer abroad-secret-key' };
const AS_ABROAD = { 'x-shopify-access-token': 'abroad-shopify-admin-token' };

let app: TestApp;
let layer: CommerceLayerClient;
let integration: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  await applySetup(app, { realms: [{ code: 'abroad', policy: { limits: 'off' }, stores: [ABROAD] }] });
  layer = new CommerceLayerClient(app);
  integration = await layer.integration();
});

afterAll(() => app.stop());

/** Somebody with one record of every kind, and their ids. */
async function bob(): Promise<{ who: TestCustomer; records: readonly (readonly [string, string, object])[] }> {
  const who = await app.aCustomer({ addresses: [{ city: 'Graz', lines: ['Ring 1'], countryCode: 'AT' }] });
  const customer = toShortId(who.number);
  const idIn = async (path: string): Promise<string> => {
    const { body } = await layer.call('GET', `customers/${customer}/${path}`, integration);
    return body.data[0].id;
  };
  const { id: reset } = await layer.aReset(integration, who.email);
  const subscribed = await layer.call('POST', 'customer_subscriptions', integration, {
    type: 'customer_subscriptions',
    attributes: { customer_email: who.email, reference: 'news' },
  });
  const customerAddress = await idIn('customer_addresses');
  const address = await layer.call('GET', `customer_addresses/${customerAddress}/address`, integration);
  return {
    who,
    records: [
      ['customers', customer, { email: `taken-${who.email}` }],
      ['customer_addresses', customerAddress, { reference: 'x' }],
      ['addresses', address.body.data.id, { city: 'Linz' }],
      ['customer_password_resets', reset, { reference: 'x' }],
      ['customer_subscriptions', subscribed.body.data.id, { reference: 'x' }],
    ],
  };
}

interface Included {
  readonly id: string;
  readonly attributes: object;
}

/** What staff and integrations see of somebody. */
async function shownOf({ number }: TestCustomer): Promise<unknown> {
  const { body } = await app.admin('GET', `/customers/${number}`);
  const { updatedAt: _updatedAt, lastSignInAt: _lastSignInAt, ...rest } = body;
  const found = await layer.call('GET', `customers/${toShortId(number)}?include=customer_addresses,customer_subscriptions`, integration); // prettier-ignore
  const included = (found.body.included as Included[]).map(({ id, attributes }) => [id, attributes]);
  return [rest, included];
}

/** Statuses of reading, changing and deleting each record, and of looking from one record at its neighbours. */
async function statuses(token: string, records: readonly (readonly [string, string, object])[]): Promise<number[]> {
  const seen: number[] = [];
  for (const [type, id, attributes] of records) {
    seen.push((await layer.call('GET', `${type}/${id}`, token)).status);
    seen.push((await layer.call('PATCH', `${type}/${id}`, token, { type, id, attributes })).status);
    seen.push((await layer.call('DELETE', `${type}/${id}`, token)).status);
  }
  const customer = records[0]?.[1] ?? '';
  for (const neighbours of ['customer_addresses', 'customer_subscriptions', 'customer_password_resets', 'events']) {
    seen.push((await layer.call('GET', `customers/${customer}/${neighbours}`, token)).status);
  }
  return seen;
}

it("an integration finds no record of another realm's customer, and changes none (SEC-65)", async () => {
  const { who, records } = await bob();
  const abroad = await layer.token({
    ...{ grant_type: 'client_credentials', client_id: 'abroad-integration' },
    client_secret: 'abroad-integration-secret',
  });
  const before = await shownOf(who);

  const seen = await statuses(abroad, records);
  const asked = await layer.create(abroad, { customer_email: who.email });

  expect(new Set(seen)).toEqual(new Set([404]));
  expect(asked.status).toBe(422);
  expect(await shownOf(who)).toEqual(before);
});

it("a customer's token finds no record of another customer, and changes none (SEC-65)", async () => {
  const [{ who, records }, ann] = [await bob(), await bob()];
  const token = await layer.customer(ann.who);
  const before = await shownOf(who);

  const seen = await statuses(token, records);
  const lists = [];
  for (const type of ['customer_addresses', 'customer_subscriptions']) {
    const { status, text } = await layer.call('GET', `${type}?page[size]=25`, token);
    lists.push([status, records.filter(([, id]) => text.includes(id)).length]);
  }
  const filtered = await layer.call('GET', `customer_addresses?filter[q][customer_id_eq]=${records[0]?.[1]}`, token);

  expect(seen.filter((status) => status !== 404 && status !== 401)).toEqual([]);
  expect(lists).toEqual([[200, 0], [200, 0]]); // prettier-ignore
  expect(filtered.body.data ?? []).toEqual([]);
  expect(await shownOf(who)).toEqual(before);
});

const BUYERS: readonly (readonly [string, object])[] = [
  ['query($r:ID!){found:user(userRef:$r){_id email}}', {}],
  ['mutation($r:ID!,$i:UserBuyerUpdateInput!){found:userBuyerUpdate(userRef:$r,userBuyerUpdateInput:$i){_id}}', { i: { email: 'x@example.com', firstName: 'A', lastName: 'B' } }], // prettier-ignore
  ['mutation($r:ID!,$l:[ID!]!){found:userBuyerListsUpdate(userRef:$r,listRefs:$l){_id}}', { l: [] }],
  ['mutation($r:ID!){found:userVerify(userRef:$r)}', {}],
  ['mutation($r:ID!){found:userBuyerDelete(userRef:$r){_id}}', {}],
];

it.each(BUYERS)('a Common Ground key finds no buyer of another realm by %s (SEC-65)', async (query, more) => {
  const { who } = await bob();
  const r = (await app.admin('GET', `/customers/${who.number}`)).body.ids.commonGround as string;
  const before = await shownOf(who);

  const { body } = await atAdmin(app, query, { r, ...more }, AT_ABROAD);

  expect([body.data?.found ?? null, body.errors?.[0].extensions.code]).toEqual([null, 'NOT_FOUND']);
  expect(await shownOf(who)).toEqual(before);
  expect((await atAdmin(app, BUYERS[0]?.[0] ?? '', { r })).body.data.found.email).toBe(who.email);
});

it('a Common Ground key lists nobody of another realm, and starts no reset there (SEC-65)', async () => {
  const { who } = await bob();

  const list = await atAdmin(app, '{users{pagination{count}}}', {}, AT_ABROAD);
  await atAdmin(app, 'mutation($e:String!){userBuyerCreatePasswordToken(email:$e){_id}}', { e: who.email }, AT_ABROAD);

  expect(list.body.data.users.pagination.count).toBe(0);
  expect(await app.mailsTo(who.email)).toEqual([]);
});

const RECORDS: readonly (readonly [string, string, (id: string) => object])[] = [
  ['customer', merchant.GET, (id) => ({ id })],
  ['customerByIdentifier', merchant.IDENTIFY, (id) => ({ identifier: { id } })],
  ['customerUpdate', merchant.UPDATE, (id) => ({ input: { id, firstName: 'Eve' } })],
  ['customerGenerateAccountActivationUrl', merchant.ACTIVATION_URL, (id) => ({ id })],
  ['customerSendAccountInviteEmail', merchant.INVITE, (id) => ({ id })],
  ['customerDelete', merchant.DELETE, (id) => ({ id })],
];

it.each(RECORDS)("Shopify's %s finds no customer of another realm (SEC-65)", async (name, query, variables) => {
  const { who } = await bob();
  const before = await shownOf(who);

  const { body, text } = await merchant.admin(app, query, variables(gid(who.number)), AS_ABROAD);

  const payload = body.data[name];
  if (payload !== null) expect(payload.userErrors).toHaveLength(1);
  expect(text).not.toContain(who.email);
  expect(await shownOf(who)).toEqual(before);
});
