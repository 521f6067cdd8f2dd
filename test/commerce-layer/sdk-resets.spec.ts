import { CommerceLayer as single, customers } from '@commercelayer/sdk';
import { CommerceLayer } from '@commercelayer/sdk/bundle';
import { TestApp } from '../support/test-app.js';
import { each, fetchInto, refusalOf, sdkFor, type Sdk } from './sdk.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let wire: CommerceLayerClient;
let cl: Sdk;
let shop: Sdk;

beforeAll(async () => {
  app = await TestApp.start();
  wire = new CommerceLayerClient(app);
  cl = sdkFor(app, await wire.integration());
  shop = sdkFor(app, await wire.channel());
});

afterAll(() => app.stop());

const NEW = 'a brand new password';

it('plays the whole reset with the vendor own client', async () => {
  const ann = await app.aCustomer();

  const made = await cl.customer_password_resets.create(
    { customer_email: ann.email, reference: 'r', reference_origin: 'o', metadata: { foo: 'bar' } },
    {
      include: ['customer', 'events'],
      fields: {
        customer_password_resets: ['customer_email', 'customer', 'reset_password_token'],
        customers: ['email'],
      },
    },
  );
  expect(made).toMatchObject({ customer_email: ann.email, customer: { type: 'customers', email: ann.email } });
  expect(made).not.toHaveProperty('reference');
  expect(made.customer).not.toHaveProperty('status');
  expect(await cl.customer_password_resets.customer(made.id)).toMatchObject({ email: ann.email });

  const done = await shop.customer_password_resets.update({
    id: made.id,
    customer_password: NEW,
    _reset_password_token: made.reset_password_token ?? '',
  });
  expect(done).toMatchObject({ reset_password_token: null, reset_password_at: expect.any(String) });
  expect(await wire.customer({ email: ann.email, password: NEW })).toContain('.');
});

it('lists resets by filter, order and page, finds one by its whole secret and never by a part (SEC-66)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const first = await cl.customer_password_resets.create({ customer_email: ann.email, reference: 'list-1' });
  app.clock.advance(1);
  const second = await cl.customer_password_resets.create({ customer_email: bob.email, reference: 'list-2' });
  const token = first.reset_password_token ?? '';
  const find = async (filters: Record<string, string | boolean>): Promise<string[]> =>
    each(await cl.customer_password_resets.list({ filters, sort: { created_at: 'asc' } }), 'id');

  expect(await find({ reference_start: 'list-' })).toEqual([first.id, second.id]);
  expect(await find({ customer_email_eq: ` ${bob.email.toUpperCase()}` })).toEqual([second.id]);
  expect(await find({ customer_email_or_reference_eq: 'list-1' })).toEqual([first.id]);
  expect(await find({ customer_id_eq: (await cl.customer_password_resets.customer(first.id)).id })).toEqual([first.id]);
  expect(await find({ reset_password_token_eq: token })).toEqual([first.id]);
  expect(await find({ reset_password_token_in: `${token},${second.reset_password_token ?? ''}` })).toEqual([
    ...[first.id, second.id],
  ]);
  expect(await find({ reset_password_token_eq: token.slice(0, 31) })).toEqual([]);
  for (const predicate of ['start', 'cont', 'end', 'matches', 'lt', 'gteq', 'not_eq', 'not_in', 'start_any']) {
    const { status, errors } = await refusalOf(find({ [`reset_password_token_${predicate}`]: token.slice(0, 1) }));
    expect([predicate, status, errors[0]?.code]).toEqual([predicate, 400, 'FILTER_NOT_ALLOWED']);
  }
  const sorted = await refusalOf(cl.customer_password_resets.list({ sort: { reset_password_token: 'asc' } as object }));
  expect(sorted.errors[0]?.code).toBe('INVALID_SORT_CRITERIA');

  app.clock.advance(6 * 3600);
  cl = sdkFor(app, await wire.integration());
  expect(await find({ reset_password_token_eq: token })).toEqual([]);
  expect(await find({ reset_password_token_null: true, reference_start: 'list-' })).toEqual([first.id, second.id]);
});

it('deletes a reset, whose secret opens nothing from then on', async () => {
  const ann = await app.aCustomer();
  shop = sdkFor(app, await wire.channel());
  const { id, reset_password_token: token } = await cl.customer_password_resets.create({ customer_email: ann.email });

  await cl.customer_password_resets.delete(id);

  expect((await refusalOf(cl.customer_password_resets.retrieve(id))).status).toBe(404);
  expect((await refusalOf(cl.customer_password_resets.delete(id))).status).toBe(404);
  const late = { id, customer_password: NEW, _reset_password_token: token ?? '' };
  expect((await refusalOf(shop.customer_password_resets.update(late))).status).toBe(404);
});

it('answers every helper of the client', async () => {
  const ann = await app.aCustomer();
  const { id, reset_password_token: token } = await cl.customer_password_resets.create({ customer_email: ann.email });

  const helped = await refusalOf(cl.customer_password_resets._reset_password_token(id, token ?? ''));
  expect([helped.status, helped.errors[0]?.detail]).toEqual([422, "customer_password - can't be blank"]);
  expect(await cl.customer_password_resets.events(id, { sort: { created_at: 'asc' } })).toBeDefined();
  expect(await cl.customer_password_resets.event_stores(id)).toHaveLength(0);
  expect(await cl.customer_password_resets.retrieve(id)).toMatchObject({ reset_password_token: token });
});

it('answers the client whose resources are imported one by one, headers and all', async () => {
  const one = single({
    organization: 'demo',
    domain: 'keyturn.test',
    accessToken: await wire.integration(),
    fetch: fetchInto(app),
  });
  const reader = one.addRawResponseReader({ headers: true });

  expect(await customers.count()).toBeGreaterThan(0);
  expect(reader.headers).toMatchObject({ 'content-type': 'application/vnd.api+json', 'cache-control': 'no-store' });
  expect(reader.rawResponse).toMatchObject({ meta: { record_count: expect.any(Number) } });
});

it('counts, and pages through what it counted', async () => {
  const ann = await app.aCustomer();
  for (let i = 0; i < 3; i += 1) {
    await cl.customer_password_resets.create({ customer_email: ann.email, reference: 'page' });
    app.clock.advance(1);
  }
  const filters = { reference_eq: 'page' };

  const page = await cl.customer_password_resets.list({ filters, pageNumber: 2, pageSize: 2 });

  expect(await cl.customer_password_resets.count({ filters })).toBe(3);
  expect(page.meta).toMatchObject({ pageCount: 2, recordCount: 3, currentPage: 2 });
  expect(page).toHaveLength(1);
});

it('is found by what a token says, by an interceptor and by explicit names', async () => {
  const own = await TestApp.startOwn({ ISSUER_URL: 'https://auth.keyturn.test' });
  const asked: string[] = [];
  const accessToken = await new CommerceLayerClient(own).integration();

  const byToken = CommerceLayer({ accessToken, fetch: fetchInto(own, asked) });
  const named = CommerceLayer({
    organization: 'demo',
    domain: 'other.test',
    accessToken,
    fetch: fetchInto(own, asked),
  });
  const intercepted = CommerceLayer({ organization: 'demo', accessToken, fetch: fetchInto(own, asked) });
  intercepted.addRequestInterceptor(({ url, options }) => ({
    url: new URL(url.pathname + url.search, 'http://127.0.0.1:3000'),
    options,
  }));

  expect(await byToken.organization.retrieve()).toMatchObject({ type: 'organizations', slug: 'demo' });
  await named.customers.count();
  await intercepted.customers.count();
  await own.stop();

  expect(asked.map((url) => new URL(url).origin)).toEqual([
    ...['https://demo.keyturn.test', 'https://demo.other.test', 'http://127.0.0.1:3000'],
  ]);
});
