import { TestApp } from '../support/test-app.js';
import { ACTIVATE, Activations, ENABLED, INVALID_TOKEN, NEW_PASSWORD, OTHER_STORE } from './activations.js';
import { aNetwork, gid, mailedReset, RECOVER, RESET, shopify, tokenOf, whoHas } from './storefront.js';

let app: TestApp;
let at: Activations;

beforeAll(async () => {
  app = await TestApp.start();
  at = new Activations(app);
  await app.setUp({ stores: [OTHER_STORE] });
});

afterAll(() => app.stop());

it('activates an account once: password set, signed in, confirmed, welcomed', async () => {
  const { ann, secret } = await at.invited({ emailConfirmed: false });

  const done = await at.activate(ann.number, secret);
  const again = await at.activate(ann.number, secret, 'another good password');

  expect(done).toMatchObject({ customer: { id: gid(ann.number) }, customerUserErrors: [], userErrors: [] });
  expect(await whoHas(app, done.customerAccessToken.accessToken)).toBe(ann.email);
  expect(again).toEqual(ENABLED);
  expect(await at.isSignedIn(ann.email, NEW_PASSWORD)).toBe(true);
  expect(await at.isSignedIn(ann.email, 'another good password')).toBe(false);
  const { body } = await app.admin('GET', `/customers/${ann.number}`);
  expect(body).toMatchObject({ state: 'enabled', emailConfirmed: true, hasPassword: true });
  const [welcome, ...more] = await app.mailsTo(ann.email);
  expect(welcome?.subject).toBe('Welcome to Demo Store');
  expect(more).toEqual([]);
  expect(app.logged.join('')).toContain('"customer_activated"');
  expect(app.logged.join('')).not.toContain(secret);
});

it('activates by URL, also with a language before and a query behind it', async () => {
  const [one, other, last] = [await at.invited(), await at.invited(), await at.invited()];

  const plain = await at.activateByUrl(one.url);
  const decorated = await at.activateByUrl(`${other.url.replace('/account/', '/en-ca/account/')}/?x=1#y`);
  const again = await at.activateByUrl(one.url);

  expect([plain, decorated].map(({ customerUserErrors }) => customerUserErrors)).toEqual([[], []]);
  expect(await whoHas(app, plain.customerAccessToken.accessToken)).toBe(one.ann.email);
  expect(again.customerUserErrors).toEqual(ENABLED.customerUserErrors);
  expect(await at.stateOf(last.ann)).toBe('disabled');
});

it('keeps purposes apart: a reset secret never activates, an activation secret never resets (SEC-27)', async () => {
  const [ann, bob] = [await app.aCustomer(), await at.invited()];
  const { secret } = await mailedReset(app, ann);

  const crossed = await at.activate(bob.ann.number, secret);
  const reset = async (number: number) =>
    (await shopify(app, RESET, { id: gid(number), input: { resetToken: bob.secret, password: NEW_PASSWORD } })).body
      .data.customerReset.customerUserErrors[0].code;

  expect(crossed).toEqual(INVALID_TOKEN);
  expect(await at.activate(ann.number, secret)).toEqual(ENABLED);
  expect([await reset(ann.number), await reset(bob.ann.number)]).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
  expect(await at.stateOf(bob.ann)).toBe('disabled');
});

it('tells that an account is enabled whatever the token is, and in both modes', async () => {
  const ann = await app.aCustomer();

  const privately = await at.activate(ann.number, 'whatever');
  await app.setUp({ policy: { disclosure: 'vendor' }, stores: [OTHER_STORE] });
  const openly = await at.activate(ann.number, 'whatever');
  await app.setUp({ stores: [OTHER_STORE] });

  expect([privately, openly]).toEqual([ENABLED, ENABLED]);
});

it('opens no account that staff have locked (SEC-81)', async () => {
  const { ann, secret } = await at.invited();
  await at.lockedByStaff(ann);

  expect(await at.activate(ann.number, secret)).toEqual(INVALID_TOKEN);
  expect(await at.stateOf(ann)).toBe('disabled');
});

it('evicts what was set up for the address before (SEC-36, SEC-79)', async () => {
  const ann = await app.aCustomer();
  const token = await tokenOf(app, ann);
  await app.database.transaction((tx) =>
    app.database.change(tx, "UPDATE customer SET state = 'disabled' WHERE id = ?", [ann.id]),
  );
  const { secret } = await at.linkFor(ann);

  await at.activate(ann.number, secret);

  expect(await whoHas(app, token)).toBeNull();
  expect(await at.isSignedIn(ann.email, ann.password)).toBe(false);
  expect(await at.isSignedIn(ann.email, NEW_PASSWORD)).toBe(true);
});

it('throttles a network that guesses, and counts each guess (SEC-30, SEC-44)', async () => {
  const { ann, secret } = await at.invited();
  const from = aNetwork();

  for (let tries = 0; tries < 10; tries += 1) await at.activate(ann.number, 'guess', NEW_PASSWORD, from);
  const { errors, data } = await at.activate(ann.number, secret, NEW_PASSWORD, from);

  expect(errors[0]).toMatchObject({ path: ['customerActivate'], extensions: { code: 'THROTTLED' } });
  expect(data).toEqual({ customerActivate: null });
  expect(await at.stateOf(ann)).toBe('disabled');
  expect((await at.activate(ann.number, secret)).customerUserErrors).toEqual([]);
});

it('needs a storefront token', async () => {
  const { ann, secret } = await at.invited();

  const { body } = await shopify(
    app,
    ACTIVATE,
    { id: gid(ann.number), input: { activationToken: secret, password: NEW_PASSWORD } },
    { headers: {} },
  );

  expect(body.errors[0].extensions.code).toBe('ACCESS_DENIED');
  expect(await at.stateOf(ann)).toBe('disabled');
});

it.each(['private', 'vendor'])(
  'recovers no record without account, and says nothing of it in %s mode',
  async (disclosure) => {
    await app.setUp({ policy: { disclosure }, stores: [OTHER_STORE] });
    const { ann } = await at.invited();

    const { body } = await shopify(app, RECOVER, { email: ann.email });
    await app.setUp({ stores: [OTHER_STORE] });

    expect(body.data.customerRecover).toEqual({ customerUserErrors: [], userErrors: [] });
    expect(await app.mailsTo(ann.email)).toEqual([]);
  },
);
