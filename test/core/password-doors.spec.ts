import { callerOf } from '../adobe-rest/wire.js';
import { asBase64, atClient, sessionOf } from '../common-ground/operations.js';
import { linkFor, opensWith } from '../pages/links.js';
import { Visitor } from '../pages/visitor.js';
import { Activations } from '../shopify/activations.js';
import { RESET_BY_URL, shopify, tokenOf } from '../shopify/storefront.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const GOOD = 'four words of my own';
const UPDATE =
  'mutation($c:CustomerUpdateInput!,$t:String!){customerUpdate(customer:$c,customerAccessToken:$t){customer{id} customerUserErrors{code}}}';
const USER_UPDATE = 'mutation($p:String){userUpdate(password:$p){email}}';

/** What the policy forbids: each by another of its rules. */
const WEAK: readonly (readonly [string, string])[] = [
  ['seven characters', 'kq7 zx!'],
  ['257 characters', 'kq7 zx!v'.repeat(33).slice(0, 257)],
  ['a control character', 'kq7 zx!\u0000v mm'],
  ['a common password', 'PassWord1'],
  ['the name of the shop', 'demo store 1'],
];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

/** Somebody who may set a password now, once; what is tried is answered in the API's words. */
interface AtTheDoor {
  readonly who: Pick<TestCustomer, 'email'>;
  readonly set: (password: string) => Promise<Answer>;
}

let made = 0;
const someone = (): string => `at-the-door-${(made += 1)}@example.com`;
const guest = (): ReturnType<typeof callerOf> => callerOf(app);

/** The ways to set a password that are not tried with weak ones elsewhere. */
const DOORS: Readonly<Record<string, () => Promise<AtTheDoor>>> = {
  "Adobe REST's registration": () => {
    const customer = { email: someone(), firstname: 'Ann', lastname: 'Lee' };
    return Promise.resolve({ who: customer, set: (password) => guest()('POST', 'customers', { customer, password }) });
  },
  "Adobe REST's reset": async () => {
    const ann = await app.aCustomer();
    const { secret: resetToken } = await linkFor(app, ann, 'adobe');
    const order = (newPassword: string): object => ({ email: ann.email, resetToken, newPassword });
    return { who: ann, set: (password) => guest()('POST', 'customers/resetPassword', order(password)) };
  },
  "Adobe REST's change": async () => {
    const ann = await app.aCustomer();
    const me = callerOf(app, await app.signedIn(ann));
    const order = (newPassword: string): object => ({ currentPassword: ann.password, newPassword });
    return { who: ann, set: (password) => me('PUT', 'customers/me/password', order(password)) };
  },
  "Shopify's customerUpdate": async () => {
    const ann = await app.aCustomer();
    const t = await tokenOf(app, ann);
    return { who: ann, set: (password) => shopify(app, UPDATE, { c: { password }, t }) };
  },
  "Shopify's customerActivate": async () => {
    const activations = new Activations(app);
    const { ann, secret } = await activations.invited();
    return { who: ann, set: async (password) => asAnswer(await activations.activate(ann.number, secret, password)) };
  },
  "Shopify's customerActivateByUrl": async () => {
    const activations = new Activations(app);
    const { ann, url } = await activations.invited();
    return { who: ann, set: async (password) => asAnswer(await activations.activateByUrl(url, password)) };
  },
  "Shopify's customerResetByUrl": async () => {
    const ann = await app.aCustomer();
    const { link } = await linkFor(app, ann);
    return { who: ann, set: (password) => shopify(app, RESET_BY_URL, { resetUrl: link, password }) };
  },
  "Common Ground's userUpdate": async () => {
    const ann = await app.aCustomer();
    const session = await sessionOf(app, ann);
    return { who: ann, set: (password) => atClient(app, USER_UPDATE, { p: asBase64(password) }, session) };
  },
  'the page that activates': async () => {
    const ann = await app.aCustomer({ password: null, state: 'disabled' });
    await app.admin('POST', `/customers/${ann.number}/invite`);
    const visitor = new Visitor(app);
    await visitor.open((await app.lastMail(ann.email)).link);
    return { who: ann, set: (password) => visitor.send({ password }) };
  },
};

/** A payload that stands for its whole answer. */
const asAnswer = (payload: unknown): Answer => ({
  status: 200,
  headers: {},
  text: JSON.stringify(payload),
  body: payload,
});

/** What each API says of a password that it refuses. */
const REFUSALS: Readonly<Record<string, (answer: Answer) => unknown>> = {
  Adobe: ({ status, body }) => [status, /password/i.test(body.message as string)],
  Shopify: ({ body }) => {
    const payload = body.data ? Object.values(body.data as object)[0] : body;
    return [200, /^(INVALID|TOO_SHORT|TOO_LONG)$/.test(payload.customerUserErrors[0]?.code as string)];
  },
  Common: ({ body }) => [400, body.errors?.[0].extensions.code === 'BAD_USER_INPUT'],
  the: ({ status }) => [status, status === 422],
};
const STATUSES: Readonly<Record<string, number>> = { Adobe: 400, Shopify: 200, Common: 400, the: 422 };

describe.each(Object.keys(DOORS))('%s', (name) => {
  const api = /^(Adobe|Shopify|Common|the)/.exec(name)?.[0] ?? '';

  it.each(WEAK)('refuses %s, sets nothing, and takes a good one afterwards (SEC-17, SEC-30)', async (_, weak) => {
    const { who, set } = await (DOORS[name] as () => Promise<AtTheDoor>)();

    const refused = REFUSALS[api]?.(await set(weak));
    const opened = await opensWith(app, who, weak);
    await set(GOOD);

    expect(refused).toEqual([STATUSES[api], true]);
    expect([opened, await opensWith(app, who, GOOD)]).toEqual([false, true]);
  });
});
