import { bearer, clientOf, operations } from '../adobe/wire.js';
import { isAlive } from '../pages/links.js';
import { applySetup } from '../setup/apply-setup.js';
import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

/** More than one transaction ends. */
const MANY = 101;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  const store = (code: string): object => ({ code, name: code, mailFrom: 'Brand <a@b.example>', adobe: {} });
  await app.setUp({ policy: { limits: 'off' }, stores: [store('second')] });
  await applySetup(app, { realms: [{ code: 'brand', policy: { limits: 'off' }, stores: [store('brand')] }] });
});

afterAll(() => app.stop());

const end = (body: object): Promise<Answer> => app.admin('POST', '/revoke-tokens', body);
const serves = async (token: string, store = 'default'): Promise<boolean> =>
  (await clientOf(app)('{customer{email}}', {}, { ...bearer(token), store })).status === 200;

async function ofBrand(): Promise<TestCustomer> {
  const given = { email: 'ann@brand.example', password: PASSWORD, state: 'enabled', realm: 'brand' };
  const { body } = await app.admin('POST', '/customers', given);
  return { ...given, number: Number(body.number) } as unknown as TestCustomer;
}

it('ends what a realm’s customers hold, and nothing of another realm, and leaves passwords alone (SEC-86)', async () => {
  const [ann, eve] = [await app.aCustomer(), await ofBrand()];
  const [ofAnn, ofEve] = [await app.signedIn(ann), await app.signedIn(eve, { store: 'brand' })];

  const before = [await serves(ofAnn), await serves(ofEve, 'brand')];
  const answer = await end({ realm: 'brand' });
  const after = [await serves(ofAnn), await serves(ofEve, 'brand')];

  expect([answer.status, answer.body]).toEqual([200, { customers: 1 }]);
  expect([before, after]).toEqual([
    [true, true],
    [true, false],
  ]);
  expect(await serves(await app.signedIn(eve, { store: 'brand' }), 'brand')).toBe(true);
});

it('ends what those hold who have a session or an open link in a store (SEC-29, SEC-86)', async () => {
  const [ann, eve, bob] = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
  const [ofAnn, ofEve] = [await app.signedIn(ann), await app.signedIn(eve)];
  await app.signedIn(ann, { store: 'second' });
  await clientOf(app)(operations.requestPasswordResetEmail, { email: bob.email }, { store: 'second' });
  const { link } = await app.lastMail(bob.email);

  const answer = await end({ store: 'second' });

  expect(answer.body).toEqual({ customers: 2 });
  expect([await serves(ofAnn), await serves(ofEve), await isAlive(app, link)]).toEqual([false, true, false]);
});

it('ends the links of more customers than fit one transaction, and finds none when it is done again (SEC-86)', async () => {
  const links: string[] = [];
  for (let at = 0; at <= MANY; at += 1) {
    const { body } = await app.admin('POST', '/customers', { email: `guest-${at}@example.com`, state: 'invited' });
    links.push(String((await app.admin('POST', `/customers/${body.number}/activation-url`)).body.url));
  }
  expect(await isAlive(app, links.pop() ?? '')).toBe(true); // and spends it

  const first = await end({ realm: 'default' });
  const again = await end({ realm: 'default' });

  expect(first.body.customers).toBeGreaterThanOrEqual(MANY); // and those of other tests
  expect(again.body).toEqual({ customers: 0 });
  for (const link of [links[0], links.at(-1)]) expect(await isAlive(app, link ?? '')).toBe(false);
});

it('is on the trail of each customer, and so is who asked for it (SEC-85)', async () => {
  const ann = await app.aCustomer();
  await app.signedIn(ann);

  await end({ realm: 'default' });

  const ofAnn = (await app.admin('GET', `/customers/${ann.number}/events`)).body.items[0];
  const calls = (await app.admin('GET', '/events')).body.items as { type: string; data: Record<string, unknown> }[];
  expect(ofAnn).toMatchObject({ type: 'token_revoked', origin: 'admin', data: { reason: 'everybody' } });
  expect(calls.map(({ data }) => data['call'])).toContain('POST /admin/v1/revoke-tokens');
});

it('is refused unless one realm or one store is named, and ends nothing then (SEC-1, SEC-2)', async () => {
  const token = await app.signedIn(await app.aCustomer());
  const unknown = [{ realm: 'nowhere' }, { store: 'nowhere' }, { realm: '' }];
  const malformed = [{}, { realm: 'default', store: 'default' }, { realm: ['default'] }, { store: null }, { all: true }, []]; // prettier-ignore

  const answers = await Promise.all([...unknown, ...malformed].map(end));

  expect(answers.map(({ status }) => status)).toEqual([...unknown.map(() => 422), ...malformed.map(() => 400)]);
  expect(await serves(token)).toBe(true);
});
