import { toShortId } from '../../src/common/public-id.js';
import { clientOf, operations } from '../adobe/wire.js';
import { callerOf, INTEGRATION } from '../adobe-rest/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { asBase64, atClient, RESET as RESET_BUYER, sessionOf } from '../common-ground/operations.js';
import { linkFor } from '../pages/links.js';
import { Visitor } from '../pages/visitor.js';
import { gid, RESET, RESET_BY_URL, shopify, tokenOf } from '../shopify/storefront.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { WIRES, wiresOf } from './wires.js';

const NEW = 'four words of my own';

let app: TestApp;
let layer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  layer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

/** A way to another password, or to another address. */
type Way = (ann: TestCustomer) => Promise<Answer>;
const entries = (ways: Record<string, Way>): [string, Way][] => Object.entries(ways);

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const secretOf = async (ann: TestCustomer): Promise<string> => (await linkFor(app, ann)).secret;

/** Ways to finish a reset. */
const RESETS: Record<string, Way> = {
  'Adobe’s resetPassword': async (ann) =>
    clientOf(app)(operations.resetPassword, { email: ann.email, resetPasswordToken: await secretOf(ann), newPassword: NEW }), // prettier-ignore
  'Adobe’s REST reset': async ({ email, ...ann }) => {
    const order = { email, resetToken: await secretOf({ email, ...ann }), newPassword: NEW };
    return callerOf(app)('POST', 'customers/resetPassword', order);
  },
  'Commerce Layer’s reset': async ({ email }) => {
    const integration = await layer.integration();
    const { id, secret } = await layer.aReset(integration, email);
    return layer.update(integration, id, { customer_password: NEW, _reset_password_token: secret });
  },
  'Common Ground’s userPasswordReset': async (ann) =>
    atClient(app, RESET_BUYER, { p: asBase64(NEW), t: await secretOf(ann) }),
  'the page of a reset': async (ann) => {
    const { link } = await linkFor(app, ann);
    const visitor = new Visitor(app);
    await visitor.open(link);
    return visitor.send({ password: NEW });
  },
};

/** Those whose answer carries a token, by contract. */
const SIGNING_IN: Record<string, Way> = {
  'Shopify’s customerReset': async (ann) =>
    shopify(app, RESET, { id: gid(ann.number), input: { resetToken: await secretOf(ann), password: NEW } }),
  'Shopify’s customerResetByUrl': async (ann) =>
    shopify(app, RESET_BY_URL, { resetUrl: (await linkFor(app, ann)).link, password: NEW }),
};

/** Ways to replace a password that is known. */
const CHANGES: Record<string, Way> = {
  'Adobe’s changeCustomerPassword': async (ann) =>
    clientOf(app)(operations.changeCustomerPassword, { currentPassword: ann.password, newPassword: NEW }, bearer(await app.signedIn(ann))), // prettier-ignore
  'Adobe’s REST change': async (ann) => {
    const me = callerOf(app, await app.signedIn(ann));
    return me('PUT', 'customers/me/password', { currentPassword: ann.password, newPassword: NEW });
  },
  'Shopify’s customerUpdate': async (ann) => {
    const query = 'mutation($c:CustomerUpdateInput!,$t:String!){customerUpdate(customer:$c,customerAccessToken:$t){customer{id}}}'; // prettier-ignore
    return shopify(app, query, { c: { password: NEW }, t: await tokenOf(app, ann) });
  },
  'Common Ground’s userUpdate': async (ann) =>
    atClient(app, 'mutation($p:String){userUpdate(password:$p){email}}', { p: asBase64(NEW) }, await sessionOf(app, ann)), // prettier-ignore
  'an integration of Commerce Layer': async (ann) => {
    const id = toShortId(ann.number);
    const attributes = { password: NEW };
    return layer.call('PATCH', `customers/${id}`, await layer.integration(), { type: 'customers', id, attributes });
  },
};

it.each(entries({ ...RESETS, ...SIGNING_IN, ...CHANGES }))('%s tells the owner of the new password, in one mail that has nothing to sign in with (SEC-35)', async (_name, way) => {
  const ann = await app.aCustomer();

  const { status } = await way(ann);

  const mails = await app.mailsTo(ann.email);
  const notices = mails.filter(({ subject }) => subject === 'Your password for Demo Store was changed');
  expect([status, notices.length]).toEqual([200, 1]);
  expect(notices[0]).toBe(mails.at(-1));
  expect((notices[0]?.text ?? '') + (notices[0]?.html ?? '')).not.toMatch(/https?:|href|[A-Za-z0-9]{32}|four words/);
}); // prettier-ignore

interface Sessions {
  readonly old: boolean[];
  /** How many serve, as staff see them. */
  readonly alive: number;
}

/** Whether sessions from before still serve, after a way to another password. */
async function sessionsAfter(way: Way): Promise<Sessions & { readonly answer: Answer }> {
  const wires = wiresOf(app);
  const ann = await app.aCustomer();
  const tokens = await Promise.all(WIRES.map((wire) => wires[wire].signIn(ann.email, ann.password)));

  const answer = await way(ann);

  const old = await Promise.all(WIRES.map((wire, at) => wires[wire].isAlive(tokens[at] ?? '')));
  const { body } = await app.admin('GET', `/customers/${ann.number}/tokens`);
  return { old, alive: body.items.length, answer };
}

it.each(entries(RESETS))('%s ends every session and begins none (SEC-36, SEC-52)', async (_name, way) => {
  const { old, alive } = await sessionsAfter(way);

  expect([old, alive]).toEqual([[false, false, false, false], 0]);
});

it.each(entries(SIGNING_IN))('%s ends every session, and begins the one of its answer (SEC-36, SEC-52)', async (_name, way) => {
  const { old, alive, answer } = await sessionsAfter(way);

  const [payload] = Object.values<{ customerAccessToken: { accessToken: string } }>(answer.body.data);
  expect([old, alive]).toEqual([[false, false, false, false], 1]);
  expect(await wiresOf(app).shopify.isAlive(payload?.customerAccessToken.accessToken ?? '')).toBe(true);
}); // prettier-ignore

const moved = ({ email }: TestCustomer): string => `moved-${email}`;

/** Ways to another address that is taken at once. */
const MOVES: Record<string, Way> = {
  'Adobe’s updateCustomerEmail': async (ann) =>
    clientOf(app)(operations.updateCustomerEmail, { email: moved(ann), password: ann.password }, bearer(await app.signedIn(ann))), // prettier-ignore
  'Adobe’s updateCustomer': async (ann) => {
    const query = 'mutation($i:CustomerInput!){updateCustomer(input:$i){customer{id}}}';
    return clientOf(app)(query, { i: { email: moved(ann), password: ann.password } }, bearer(await app.signedIn(ann)));
  },
  'Adobe’s REST, as staff': async (ann) => {
    const staff = callerOf(app, INTEGRATION);
    const { body: customer } = await staff('GET', `customers/${ann.id}`);
    return staff('PUT', `customers/${ann.id}`, { customer: { ...customer, email: moved(ann) } });
  },
  'an integration of Commerce Layer': async (ann) => {
    const id = toShortId(ann.number);
    const attributes = { email: moved(ann) };
    return layer.call('PATCH', `customers/${id}`, await layer.integration(), { type: 'customers', id, attributes });
  },
};

it.each(entries(MOVES))('%s tells both addresses of the change, without a link (SEC-35)', async (_name, way) => {
  const ann = await app.aCustomer();

  const { status } = await way(ann);

  expect(status).toBe(200);
  for (const address of [ann.email, moved(ann)]) {
    const mails = await app.mailsTo(address);
    expect(mails.map(({ subject }) => subject)).toEqual(['Your e-mail address for Demo Store was changed']);
    expect(mails.map(({ text, html }) => text + html).join()).not.toMatch(/https?:|href|[A-Za-z0-9]{32}/);
  }
});
