import { operations } from '../adobe/wire.js';
import { callerOf } from '../adobe-rest/wire.js';
import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { ASK, atClient, sessionOf, WHO } from '../common-ground/operations.js';
import { isAlive } from '../pages/links.js';
import * as merchant from '../shopify-admin/admin.js';
import { gid, tokenOf, whoHas } from '../shopify/storefront.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

const NEW = 'a whole new password';

let app: TestApp;
let layer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  layer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

/** Everything that a customer may hold, and whether it still serves; looking at it changes nothing. */
interface Held {
  readonly adobe: string;
  readonly shopify: string;
  readonly commerceLayer: string;
  readonly refresh: string;
  readonly commonGround: Record<string, string>;
  readonly link: string;
}

async function heldBy(ann: TestCustomer): Promise<Held> {
  const { body } = await layer.oauth({
    ...CHANNEL,
    ...{ grant_type: 'password', username: ann.email, password: ann.password },
  });
  await atClient(app, ASK, { e: ann.email });
  return {
    adobe: await app.signedIn(ann),
    shopify: await tokenOf(app, ann),
    commerceLayer: body.access_token,
    refresh: body.refresh_token,
    commonGround: await sessionOf(app, ann),
    link: (await app.lastMail(ann.email)).link,
  };
}

/** What still serves, by name; the link is spent if it does. */
async function alive(held: Held): Promise<string[]> {
  const refresh = { ...CHANNEL, grant_type: 'refresh_token', refresh_token: held.refresh };
  const serves: Record<string, boolean> = {
    adobe: (await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${held.adobe}` })).status === 200,
    'adobe-rest': (await callerOf(app, held.adobe)('GET', 'customers/me')).status === 200,
    shopify: (await whoHas(app, held.shopify)) !== null,
    'commerce-layer': (await layer.call('GET', 'application', held.commerceLayer)).status === 200,
    refresh: (await layer.oauth(refresh)).status === 200,
    'common-ground': Boolean((await atClient(app, WHO, {}, held.commonGround)).body.data?.user),
    link: await isAlive(app, held.link),
  };
  return Object.keys(serves).filter((name) => serves[name]);
}

const ALL = ['adobe', 'adobe-rest', 'shopify', 'commerce-layer', 'refresh', 'common-ground', 'link'];

it('all serve as long as nothing ends them', async () => {
  expect(await alive(await heldBy(await app.aCustomer()))).toEqual(ALL);
});

const verb = (name: string) => (ann: TestCustomer) => app.admin('POST', `/customers/${ann.number}/${name}`);
const ADMIN = { authorization: 'Bearer demo-admin-token' };
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What ends everything: what is done, and what may go on. */
const ENDS: Record<string, (ann: TestCustomer) => Promise<unknown>> = {
  'staff disable the account': verb('disable'),
  'staff delete it': ({ number }) =>
    app.request({ method: 'DELETE', url: `/admin/v1/customers/${number}`, headers: ADMIN }),
  'Shopify’s back office deletes it': ({ number }) => merchant.ask(app, merchant.DELETE, { id: gid(number) }),
  'staff end the sessions of everybody in the realm': () => app.admin('POST', '/revoke-tokens', { realm: 'default' }),
  'staff end the sessions of everybody in the store': () => app.admin('POST', '/revoke-tokens', { store: 'default' }),
  'a reset is finished': async ({ email }) => {
    await app.adobe(operations.requestPasswordResetEmail, { email });
    const { secret } = await app.lastMail(email);
    await app.adobe(operations.resetPassword, { email, resetPasswordToken: secret, newPassword: NEW });
  },
  'the owner changes the password': async (ann) => {
    const own = bearer(await app.signedIn(ann));
    await app.adobe(operations.changeCustomerPassword, { currentPassword: ann.password, newPassword: NEW }, own);
  },
  'the owner changes the address': async (ann) => {
    const own = bearer(await app.signedIn(ann));
    await app.adobe(operations.updateCustomerEmail, { email: `new-${ann.email}`, password: ann.password }, own);
  },
};

it.each(Object.keys(ENDS))(
  'ends what a customer holds in every API, and the open link, at once when %s (SEC-26, SEC-29, SEC-51, SEC-52, SEC-80, SEC-86)',
  async (what) => {
    const ann = await app.aCustomer();
    const held = await heldBy(ann);

    await ENDS[what]?.(ann);

    expect(await alive(held)).toEqual([]);
  },
);

it('ends the sessions of every API, and no link, when staff or the owner end all sessions (SEC-52, SEC-86)', async () => {
  for (const end of [
    verb('revoke-tokens'),
    async (ann: TestCustomer) => app.adobe(operations.revokeCustomerToken, {}, bearer(await app.signedIn(ann))),
  ]) {
    const ann = await app.aCustomer();
    const held = await heldBy(ann);

    await end(ann);

    expect(await alive(held)).toEqual(['link']);
  }
});

it('leads to nobody who gets the address of a deleted customer (SEC-26, SEC-80)', async () => {
  const ann = await app.aCustomer();
  const held = await heldBy(ann);
  await app.request({ method: 'DELETE', url: `/admin/v1/customers/${ann.number}`, headers: ADMIN });

  const next = await app.aCustomer({ email: ann.email, password: 'the next owner’s own' });

  expect(await alive(held)).toEqual([]);
  expect(next.number).not.toBe(ann.number);
  expect(await app.signedIn(next)).toEqual(expect.any(String)); // and no former link has changed the password
});

it('ends nothing of another customer, and comes back by no enabling (SEC-50, SEC-51)', async () => {
  const [ann, eve] = [await app.aCustomer(), await app.aCustomer()];
  const [ofAnn, ofEve] = [await heldBy(ann), await heldBy(eve)];

  await verb('disable')(ann);
  await verb('enable')(ann);

  expect(await alive(ofAnn)).toEqual([]);
  expect(await alive(ofEve)).toEqual(ALL);
});
