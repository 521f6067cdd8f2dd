import { JSON_API } from '../../libs/json-api/src/index.js';
import { operations, texts } from '../adobe/wire.js';
import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { ASK, asBase64, atAdmin, atClient, LOGIN, register, RESET as RESET_BUYER, SESSION, START, VERIFY, WHO } from '../common-ground/operations.js'; // prettier-ignore
import { Visitor } from '../pages/visitor.js';
import { ACTIVATE } from '../shopify/activations.js';
import { WITH_MULTIPASS } from '../shopify/multipass.js';
import { CREATE, gid, RECOVER, RESET, shopify, SIGN_IN } from '../shopify/storefront.js';
import type { Answer, TestApp } from '../support/test-app.js';

const WRONG = 'not the password';
const SECRET = 'x'.repeat(32);
const NEW = 'a whole new password';

/** Who asks, and about whom. */
export interface Asker {
  readonly from: string;
  readonly email: string;
}

/** An operation that uses up a limit, and what its API says when the limit is reached. */
export interface Door {
  readonly name: string;
  readonly ask: (app: TestApp, asker: Asker) => Promise<Answer>;
  /** The status, then the code or, where the vendor has no code, the text. */
  readonly refused: readonly [number, string];
  /** Whether the refusal says when to come back. Shopify's clients want 200 and do not look. */
  readonly tellsWait: boolean;
  /** What is used up by asking that often, out of two; left out: two. */
  readonly uses?: number;
}

const by = (from: string): Record<string, string> => ({ 'x-forwarded-for': from });

const adobe = (name: keyof typeof operations, text: string, given: (asker: Asker) => object): Door => ({
  ...{ name: `Adobe ${name}`, refused: [200, text], tellsWait: true },
  ask: (app, asker) => app.adobe(operations[name], given(asker), {}, asker.from),
});

type Sent = readonly ['GET' | 'POST' | 'PUT', string, object?];
const rest = (name: string, refused: Door['refused'], sent: (asker: Asker) => Sent): Door => ({
  ...{ name: `Adobe REST ${name}`, refused, tellsWait: true },
  ask: (app, asker) => {
    const [method, path, body] = sent(asker);
    return app.request({ method, url: `/rest/V1/${path}`, from: asker.from, ...(body ? { body } : {}) });
  },
});

const store = (name: string, query: string, given: (asker: Asker) => object): Door => ({
  ...{ name: `Shopify ${name}`, refused: [200, 'THROTTLED'], tellsWait: false },
  ask: (app, asker) => shopify(app, query, given(asker), { from: asker.from }),
});

const buyer = (name: string, ask: Door['ask']): Door => ({
  ...{ name: `Common Ground ${name}`, refused: [429, 'RATE_LIMITED'], tellsWait: true, ask },
});

const layer = (name: string, ask: Door['ask']): Door => ({
  ...{ name: `Commerce Layer ${name}`, refused: [429, 'TOO_MANY_REQUESTS'], tellsWait: true, ask },
});

const page = (name: string, ask: Door['ask']): Door => ({ name, refused: [429, ''], tellsWait: true, ask });

interface LayerCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly data?: object;
}

/** A storefront's call. */
async function jsonApi(app: TestApp, { from }: Asker, { method, path, data }: LayerCall): Promise<Answer> {
  const authorization = `Bearer ${await new CommerceLayerClient(app).channel()}`;
  const headers = { accept: JSON_API, 'content-type': JSON_API, authorization };
  return app.request({
    method,
    url: `/api/${path}`,
    headers,
    from,
    ...(data ? { body: JSON.stringify({ data }) } : {}),
  });
}

/** A wrong secret for a new reset: each reset has a limit of its own besides. */
async function wrongReset(app: TestApp, asker: Asker): Promise<Answer> {
  const cl = new CommerceLayerClient(app);
  const { id } = await cl.aReset(await cl.integration(), asker.email);
  const attributes = { customer_password: NEW, _reset_password_token: SECRET };
  const path = `customer_password_resets/${id}`;
  return jsonApi(app, asker, { method: 'PATCH', path, data: { type: 'customer_password_resets', id, attributes } });
}

let made = 0;
const someone = (): string => `limited-${(made += 1)}@example.com`;
const askedAt =
  (path: string) =>
  (app: TestApp, { from }: Asker): Promise<Answer> =>
    new Visitor(app, from).open(path);

const CANNOT = "Cannot reset the customer's password";
const NOT_CONFIRMED = 'There was an error confirming the account';
const NO_MORE_RESETS =
  'We received too many requests for password resets. Please wait and try again later or contact %1.';

/** Failed sign-ins. */
export const signIns: readonly Door[] = [
  adobe('generateCustomerToken', texts.signInRefused, ({ email }) => ({ email, password: WRONG })),
  rest('customer/token', [401, texts.signInRefused], ({ email: username }) => ['POST', 'integration/customer/token', { username, password: WRONG }]), // prettier-ignore
  store('customerAccessTokenCreate', SIGN_IN, ({ email }) => ({ input: { email, password: WRONG } })),
  layer('password grant', (app, { email: username, from }) => new CommerceLayerClient(app).oauth({ ...CHANNEL, grant_type: 'password', username, password: WRONG }, {}, from)), // prettier-ignore
  buyer('login', (app, { email, from }) => atClient(app, LOGIN, { e: asBase64(email), p: asBase64(WRONG) }, by(from))),
];

/** Requests for a mail to an address that was typed. */
export const resetRequests: readonly Door[] = [
  adobe('requestPasswordResetEmail', CANNOT, ({ email }) => ({ email })),
  rest('customers/password', [400, NO_MORE_RESETS], ({ email }) => ['PUT', 'customers/password', { email, template: 'email_reset' }]), // prettier-ignore
  store('customerRecover', RECOVER, ({ email }) => ({ email })),
  buyer('userCreatePasswordToken', (app, { email, from }) => atClient(app, ASK, { e: email }, by(from))),
  page('the recovery page', async (app, { email, from }) => {
    const visitor = new Visitor(app, from);
    await visitor.open('/account/recover');
    return visitor.send({ email });
  }),
];

const resend = adobe('resendConfirmationEmail', 'There was an error when sending the confirmation email', ({ email }) => ({ email })); // prettier-ignore

/** Whatever mails to an address at a stranger's or a machine's wish. */
export const mailings: readonly Door[] = [
  ...resetRequests,
  resend,
  buyer('userBuyerCreatePasswordToken', (app, { email }) => atAdmin(app, START, { e: email })),
];

const secrets: readonly Door[] = [
  adobe('resetPassword', texts.tooMany, ({ email }) => ({ email, resetPasswordToken: SECRET, newPassword: NEW })),
  adobe('confirmEmail', NOT_CONFIRMED, ({ email }) => ({ email, key: SECRET })),
  rest('customers/resetPassword', [400, texts.tooMany], ({ email }) => ['POST', 'customers/resetPassword', { email, resetToken: SECRET, newPassword: NEW }]), // prettier-ignore
  rest('password/resetLinkToken', [400, texts.tooMany], () => ['GET', `customers/7/password/resetLinkToken/${SECRET}`]),
  store('customerReset', RESET, () => ({ id: gid(7), input: { resetToken: SECRET, password: NEW } })),
  store('customerActivate', ACTIVATE, () => ({ id: gid(7), input: { activationToken: SECRET, password: NEW } })),
  layer('customer_password_resets', wrongReset),
  buyer('userPasswordSession', (app, { from }) => atClient(app, SESSION, { t: SECRET }, by(from))),
  buyer('userPasswordReset', (app, { from }) => atClient(app, RESET_BUYER, { t: SECRET, p: asBase64(NEW) }, by(from))),
  buyer('userVerify', (app, { from }) => atClient(app, VERIFY, { t: SECRET }, by(from))),
  ...['reset', 'activate', 'confirm'].map((name) => page(`the page ${name}`, askedAt(`/account/${name}/7/${SECRET}`))),
];

const registrations: readonly Door[] = [
  adobe('createCustomerV2', texts.tooMany, () => ({ input: { email: someone(), firstname: 'Ann', lastname: 'Lee', password: NEW } })), // prettier-ignore
  rest('customers', [400, texts.tooMany], () => ['POST', 'customers', { customer: { email: someone(), firstname: 'Ann', lastname: 'Lee' }, password: NEW }]), // prettier-ignore
  store('customerCreate', CREATE, () => ({ input: { email: someone(), password: NEW } })),
  layer('customers', (app, asker) => jsonApi(app, asker, { method: 'POST', path: 'customers', data: { type: 'customers', attributes: { email: someone(), password: NEW } } })), // prettier-ignore
  buyer('register', (app, { from }) => register(app, someone(), {}, by(from))),
];

const multipass = store('customerAccessTokenCreateWithMultipass', WITH_MULTIPASS, () => ({ token: SECRET }));

/** For each limit that refuses: every operation that it is about. All of one limit share one count. */
export const REFUSING = {
  signInNetwork: [...signIns, multipass],
  signInName: signIns,
  resetNetwork: [...resetRequests, resend],
  secretNetwork: secrets,
  registerNetwork: registrations,
  oauthNetwork: [
    layer('oauth/token', (app, { from }) => new CommerceLayerClient(app).oauth(CHANNEL, {}, from)),
    layer('oauth/revoke', (app, { from }) => app.request({ method: 'POST', url: '/oauth/revoke', body: { ...CHANNEL, token: 'x' }, from })), // prettier-ignore
  ],
} as const satisfies Readonly<Record<string, readonly Door[]>>;

/** What is counted by each API for itself. Outside of production Commerce Layer has half of the numbers. */
export const PACES: readonly Door[] = [
  { ...layer('reads', (app, asker) => jsonApi(app, asker, { method: 'GET', path: 'customers' })), uses: 1 },
  buyer('user', (app, { from }) => atClient(app, WHO, {}, by(from))),
];
