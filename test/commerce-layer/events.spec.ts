import { Housekeeping } from '../../src/common/housekeeping.js';
import { TestApp } from '../support/test-app.js';
import { CHANNEL, CommerceLayerClient, otherStore } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [otherStore] });
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
});

afterAll(() => app.stop());

const post = (type: string, attributes: object, relationships: object = {}) =>
  cl.call('POST', type, integration, { type, attributes, relationships });
const patch = (type: string, id: string, attributes: object, relationships: object = {}) =>
  cl.call('PATCH', `${type}/${id}`, integration, { type, attributes, relationships, id });
const ADDRESS = {
  ...{ first_name: 'A', last_name: 'B', line_1: 'C', city: 'D', zip_code: '1', state_code: 'NY', country_code: 'US' },
  phone: '1',
};
const PASSWORD = 'a brand new password';
const RESETS = 'customer_password_resets';

let people = 0;
const anAddress = (): string => `person-${(people += 1)}@example.com`;

async function aCustomer(attributes: object = {}): Promise<{ id: string; email: string }> {
  const { body, text } = await post('customers', { email: anAddress(), ...attributes });
  if (!body.data) throw new Error(text);
  return { id: body.data.id, email: body.data.attributes.email };
}

const namesIn = (list: Iterable<{ readonly attributes: { readonly name: string } }>): string[] =>
  Array.from(list, ({ attributes }) => attributes.name);

/** Names of a record's events, the oldest first. */
async function namesOf(type: string, id: string): Promise<string[]> {
  const { body, text } = await cl.call('GET', `${type}/${id}/events?page[size]=25`, integration);
  if (!body.data) throw new Error(text);
  return namesIn(body.data);
}

describe('an event is recorded for', () => {
  it('a new customer, with and without a password', async () => {
    const [guest, member] = [await aCustomer(), await aCustomer({ password: PASSWORD })];

    expect(await namesOf('customers', guest.id)).toEqual(['customers.create']);
    expect(await namesOf('customers', member.id)).toEqual(['customers.create', 'customers.create_password']);
  });

  it('the first password alone, whoever sets it', async () => {
    const customer = await aCustomer();
    await patch('customers', customer.id, { password: PASSWORD });
    await patch('customers', customer.id, { password: 'yet another password' });

    expect(await namesOf('customers', customer.id)).toEqual(['customers.create', 'customers.create_password']);
  });

  it('changed metadata, of which names are a part through every API, and for nothing else', async () => {
    const customer = await aCustomer({ password: PASSWORD, metadata: { a: 1 } });
    await patch('customers', customer.id, { metadata: { a: 1 } });
    await patch('customers', customer.id, { profile_id: 'p' });
    const before = await namesOf('customers', customer.id);
    await patch('customers', customer.id, { metadata: { a: 2 } });
    const authorization = `Bearer ${await app.signedIn({ number: 0, id: 0, email: customer.email, password: PASSWORD })}`;
    const rename = 'mutation{updateCustomerV2(input:{firstname:"Bea",lastname:"Li"}){customer{firstname}}}';
    const renamed = await app.adobe(rename, {}, { authorization });

    expect(renamed.body.errors).toBeUndefined();
    expect(before).not.toContain('customers.metadata_update');
    expect((await namesOf('customers', customer.id)).slice(before.length)).toEqual([
      'customers.metadata_update',
      'customers.metadata_update',
    ]);
  });

  it('tags that were added, to customers and addresses', async () => {
    const ids = [];
    for (const name of ['vip', 'new']) ids.push((await post('tags', { name })).body.data.id);
    const tags = { data: ids.map((id) => ({ type: 'tags', id })) };
    const born = (await post('customers', { email: anAddress() }, { tags })).body.data.id;
    const customer = await aCustomer();
    const address = (await post('addresses', ADDRESS)).body.data.id;
    for (const [type, id] of [['customers', customer.id], ['addresses', address]] as const) {
      await patch(type, id, { _add_tags: 'vip' });
      await patch(type, id, { _add_tags: 'vip' });
      await patch(type, id, { _remove_tags: 'vip' });
    } // prettier-ignore

    expect(await namesOf('customers', born)).toEqual(['customers.create', 'customers.tagged']);
    expect(await namesOf('customers', customer.id)).toEqual(['customers.create', 'customers.tagged']);
    expect(await namesOf('addresses', address)).toEqual(['addresses.tagged']);
  });

  it('a reset, and the password that it sets; the one of a guest is the first', async () => {
    const [guest, member] = [await aCustomer(), await aCustomer({ password: PASSWORD })];
    for (const { id, email } of [guest, member]) {
      const reset = await cl.aReset(integration, email);
      await cl.update(integration, reset.id, {
        customer_password: 'a newer password',
        _reset_password_token: reset.secret,
      });
      expect(await namesOf(RESETS, reset.id)).toEqual([`${RESETS}.create`, `${RESETS}.reset_password`]);
      expect(await namesOf('customers', id)).toEqual(['customers.create', 'customers.create_password']);
    }
  });

  it('resets through other APIs', async () => {
    const { email } = await aCustomer({ password: PASSWORD });
    await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });
    const { secret } = await app.lastMail(email);
    const reset =
      'mutation($e:String!,$t:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:"New-pass-1!")}';
    await app.adobe(reset, { e: email, t: secret });

    const { body } = await cl.call('GET', `${RESETS}?filter[q][customer_email_eq]=${email}`, integration);

    expect(await namesOf(RESETS, body.data[0].id)).toEqual([`${RESETS}.create`, `${RESETS}.reset_password`]);
  });

  it('entries of address books, from whatever API they come', async () => {
    const customer = await aCustomer({ password: PASSWORD });
    const address = (await post('addresses', ADDRESS)).body.data.id;
    const link = (type: string, id: string): object => ({ data: { type, id } });
    const relationships = { customer: link('customers', customer.id), address: link('addresses', address) };
    const entry = (await post('customer_addresses', {}, relationships)).body.data.id;
    const authorization = `Bearer ${await app.signedIn({ number: 0, id: 0, email: customer.email, password: PASSWORD })}`;
    const add = `mutation{createCustomerAddress(input:{firstname:"A",lastname:"B",street:["C"],city:"D",postcode:"1",
      telephone:"1",country_code:DE}){id}}`;
    await app.adobe(add, {}, { authorization });
    const { body } = await cl.call('GET', `customers/${customer.id}/customer_addresses`, integration);
    const names = await Promise.all(
      Array.from(body.data as Iterable<{ id: string }>, ({ id }) => namesOf('customer_addresses', id)),
    );

    expect(names).toEqual([['customer_addresses.create'], ['customer_addresses.create']]);
    expect(await namesOf('addresses', address)).toEqual([]);
    await cl.call('DELETE', `customer_addresses/${entry}`, integration);
    const { body: gone } = await cl.call('GET', 'events?filter[q][name_eq]=customer_addresses.destroy', integration);
    expect(gone.meta.record_count).toBe(1);
  });

  it('subscriptions, deleted resets and deleted customers', async () => {
    const { id, email } = await aCustomer();
    const subscription = (await post('customer_subscriptions', { customer_email: email, reference: 'news' })).body.data;
    expect(await namesOf('customer_subscriptions', subscription.id)).toEqual(['customer_subscriptions.create']);
    const reset = await cl.aReset(integration, email);

    await cl.call('DELETE', `customer_subscriptions/${subscription.id}`, integration);
    await cl.call('DELETE', `${RESETS}/${reset.id}`, integration);
    await cl.call('DELETE', `customers/${id}`, integration);

    const { body } = await cl.call('GET', 'events?filter[q][name_end]=.destroy&sort=-created_at', integration);
    const names = namesIn(body.data);
    expect(names.slice(0, 3)).toEqual(['customers.destroy', `${RESETS}.destroy`, 'customer_subscriptions.destroy']);
  });

  it('persons who are forgotten', async () => {
    const [kept, gone] = [await aCustomer(), await aCustomer()];
    for (const { id } of [kept, gone]) await patch('customers', id, { _request_anonymization: true });
    await patch('customers', kept.id, { _cancel_anonymization: true });
    app.clock.advance(25 * 3600);
    await app.get(Housekeeping).run();
    integration = await cl.integration();

    expect((await namesOf('customers', kept.id)).slice(1)).toEqual(['customers.anonymization_cancelled']);
    expect((await namesOf('customers', gone.id)).slice(1)).toEqual([
      'customers.anonymization_started',
      'customers.anonymization_completed',
    ]);
  });
});

describe('events', () => {
  it('are shown as the contract has them', async () => {
    const customer = await aCustomer();
    const { body } = await cl.call('GET', `customers/${customer.id}/events`, integration);

    const [event] = body.data;
    const self = `http://localhost:3000/api/events/${event.id}`;
    expect(event).toMatchObject({ type: 'events', links: { self } });
    expect(event.attributes).toEqual({
      ...{ name: 'customers.create', reference: null, reference_origin: null, metadata: {} },
      created_at: app.clock.now().toISOString(),
      updated_at: app.clock.now().toISOString(),
    });
    expect(Object.keys(event.relationships)).toEqual(['webhooks']);
    expect((await cl.call('GET', `events/${event.id}`, integration)).body.data).toMatchObject({
      id: event.id,
      attributes: event.attributes,
    });
  });

  it('are included with what they are about', async () => {
    const customer = await aCustomer({ password: PASSWORD });

    const { body } = await cl.call('GET', `customers/${customer.id}?include=events`, integration);

    const names = namesIn(body.included);
    expect(names).toEqual(['customers.create', 'customers.create_password']);
    expect(body.data.relationships.events.data).toHaveLength(2);
  });

  it('can be found and ordered by their names', async () => {
    await aCustomer({ password: PASSWORD });
    const query = 'filter[q][name_in]=customers.create,customers.create_password&sort=-name';

    const { body } = await cl.call('GET', `events?${query}&page[size]=1`, integration);

    expect(body.data[0].attributes.name).toBe('customers.create_password');
  });

  it.each([
    ['name_eq=customers.create', true],
    ['name_not_eq=customers.create', false],
    ['name_start=CUSTOMERS.', true],
    ['name_cont=omers.cre', true],
    ['name_end=.create', true],
    ['name_matches=c%.c_eate', true],
    ['name_matches=c\\\\%25', false],
    [`name_matches=${'%25_'.repeat(40)}`, false],
    ['name_gt=customers', true],
    ['name_lt=customers', false],
    ['name_null=true', false],
    ['name_present=true', true],
  ])('are found by %s: %s, themselves and over what they are about', async (filter, isFound) => {
    const { id } = await aCustomer();
    const { body: events } = await cl.call(
      'GET',
      `customers/${id}/events?filter[q][${filter.replace('=', ']=')}`,
      integration,
    );
    const [name = '', value = ''] = filter.split('=');
    const { body } = await cl.call(
      'GET',
      `customers?filter[q][id_eq]=${id}&filter[q][events_${name}]=${value}`,
      integration,
    );

    expect([events.meta.record_count, body.meta.record_count]).toEqual(isFound ? [1, 1] : [0, 0]);
  });

  it('keep what a machine notes, and nothing else of them changes', async () => {
    const customer = await aCustomer();
    const { body } = await cl.call('GET', `customers/${customer.id}/events`, integration);
    const [{ id }] = body.data;

    const noted = await patch('events', id, { reference: 'seen', metadata: { by: 'erp' } });
    const renamed = await patch('events', id, { name: 'customers.destroy' });
    const deleted = await cl.call('DELETE', `events/${id}`, integration);
    const created = await post('events', { name: 'customers.create' });

    expect(noted.body.data.attributes).toMatchObject({
      name: 'customers.create',
      reference: 'seen',
      metadata: { by: 'erp' },
    });
    expect([renamed.status, deleted.status, created.status]).toEqual([400, 405, 405]);
  });

  it('are for integrations alone, and for those of the own organization (SEC-65)', async () => {
    const customer = await aCustomer({ password: PASSWORD });
    const { body } = await cl.call('GET', `customers/${customer.id}/events`, integration);
    const [{ id }] = body.data;
    const channel = await cl.channel();
    const owner = await cl.token({ ...CHANNEL, grant_type: 'password', username: customer.email, password: PASSWORD });
    const other = await cl.token({
      grant_type: 'client_credentials',
      client_id: 'other-integration',
      client_secret: 'other-integration-secret',
    });

    const paths = [
      `events/${id}`,
      'events',
      `customers/${customer.id}/events`,
      `customers/${customer.id}?include=events`,
    ];
    for (const token of [channel, owner]) {
      for (const path of paths) expect((await cl.call('GET', path, token)).status).toBe(401);
    }
    expect((await cl.call('GET', `events/${id}`, other)).status).toBe(404);
    expect((await cl.call('GET', 'events', other)).body.meta.record_count).toBe(0);
  });

  it('do not tell of requests for addresses that nobody has (SEC-39), nor of sign-ins', async () => {
    const before = (await cl.call('GET', 'events', integration)).body.meta.record_count;

    await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: 'nobody-at-all@example.com' });
    await app.adobe('mutation{generateCustomerToken(email:"nobody@example.com",password:"x"){token}}');

    expect((await cl.call('GET', 'events', integration)).body.meta.record_count).toBe(before);
  });
});
