import { operations } from '../adobe/wire.js';
import { adminToken } from '../adobe-rest/wire.js';
import { CHANNEL, CommerceLayerClient, INTEGRATION } from '../commerce-layer/wire.js';
import { asBase64, atAdmin, atClient, RESET as RESET_BUYER, SESSION, sessionOf, VERIFY, WHO as WHO_BUYER } from '../common-ground/operations.js'; // prettier-ignore
import { isAlive } from '../pages/links.js';
import { ACTIVATE } from '../shopify/activations.js';
import { multipassOf, signIn as signInByMultipass, tokenIn } from '../shopify/multipass.js';
import { gid, PATH, RESET, shopify, tokenOf, whoHas } from '../shopify/storefront.js';
import * as merchant from '../shopify-admin/admin.js';
import type { TestApp, TestCustomer } from '../support/test-app.js';

const NEW_PASSWORD = 'a whole new password';

/** A secret of some kind, and the customer it belongs to, or who is named along with it. */
export interface Held {
  readonly secret: string;
  readonly owner: TestCustomer;
}

/** Whether a secret is let in. */
export type Door = (held: Held) => Promise<boolean>;

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** One secret of every kind that there is; all of them are alive. */
export async function everyKind(app: TestApp): Promise<Record<string, Held>> {
  const [ann, ivy, cal, eve] = [
    await app.aCustomer(),
    await app.aCustomer({ password: null, state: 'disabled' }),
    await app.aCustomer({ emailConfirmed: false }),
    await app.aCustomer(),
  ];
  await app.adobe(operations.requestPasswordResetEmail, { email: ann.email });
  await app.adobe(operations.resendConfirmationEmail, { email: cal.email });
  const { body } = await app.admin('POST', `/customers/${ivy.number}/activation-url`);
  const session = await sessionOf(app, eve);
  const moved = `moved-${eve.email}`;
  await atClient(app, 'mutation($e:String){userUpdate(email:$e){email}}', { e: moved }, session);
  const mailed: Record<string, Held> = {
    reset: { secret: (await app.lastMail(ann.email)).secret, owner: ann },
    activation: { secret: String(body.url).split('/').at(-1) ?? '', owner: ivy },
    confirmation: { secret: (await app.lastMail(cal.email)).secret, owner: cal },
    'change of address': { secret: (await app.lastMail(moved)).secret, owner: eve },
  };
  const others = Object.entries({ ...(await tokensOf(app, ann)), ...CONFIGURED, ...madeNow(app, ann) });
  return { ...mailed, ...Object.fromEntries(others.map(([kind, secret]) => [kind, { secret, owner: ann }])) };
}

async function tokensOf(app: TestApp, ann: TestCustomer): Promise<Record<string, string>> {
  const layer = new CommerceLayerClient(app);
  const grant = { ...CHANNEL, grant_type: 'password', username: ann.email, password: ann.password };
  const { body: session } = await layer.oauth(grant);
  const keys = 'mutation{sessionLoginApi(accessKey:"demo-cg-access",secretKey:"demo-cg-secret"){jwt}}';
  const { body: admin } = await atAdmin(app, keys, {}, { authorization: '' });
  return {
    'Adobe token': await app.signedIn(ann),
    'Adobe administrator': await adminToken(app),
    'Shopify token': await tokenOf(app, ann),
    'Commerce Layer customer': session.access_token,
    'Commerce Layer refresh': session.refresh_token,
    'Commerce Layer integration': await layer.integration(),
    'Commerce Layer channel': await layer.channel(),
    'Common Ground session': (await sessionOf(app, ann))['authorization']?.slice(7) ?? '',
    'Common Ground admin session': admin.data.sessionLoginApi.jwt,
  };
}

/** Credentials of the demo setup. */
const CONFIGURED = {
  'admin token': 'demo-admin-token',
  'Adobe integration': 'demo-adobe-integration-token',
  'storefront token': 'demo-storefront-token',
  'private storefront token': 'demo-private-token',
  'Shopify app token': 'demo-shopify-admin-token',
  'Common Ground key': 'demo-cg-secret',
  'application secret': INTEGRATION.client_secret,
};

const madeNow = (app: TestApp, { email }: TestCustomer): Record<string, string> => ({
  multipass: multipassOf(app, { email }),
});

/** Every place that takes a secret. */
export function doorsOf(app: TestApp): Record<string, Door> {
  return { ...mailedDoors(app), ...tokenDoors(app) };
}

function mailedDoors(app: TestApp): Record<string, Door> {
  const layer = new CommerceLayerClient(app);
  return {
    'Adobe resetPassword': async ({ secret, owner: { email } }) => {
      const given = { email, resetPasswordToken: secret, newPassword: NEW_PASSWORD };
      return (await app.adobe(operations.resetPassword, given)).body.data?.resetPassword === true;
    },
    'Adobe confirmEmail': async ({ secret: key, owner: { email } }) =>
      Boolean((await app.adobe(operations.confirmEmail, { email, key })).body.data?.confirmEmail),
    'Shopify customerReset': async ({ secret, owner: { number } }) => {
      const given = { id: gid(number), input: { resetToken: secret, password: NEW_PASSWORD } };
      return Boolean((await shopify(app, RESET, given)).body.data?.customerReset.customer);
    },
    'Shopify customerActivate': async ({ secret, owner: { number } }) => {
      const given = { id: gid(number), input: { activationToken: secret, password: NEW_PASSWORD } };
      return Boolean((await shopify(app, ACTIVATE, given)).body.data?.customerActivate.customer);
    },
    'Common Ground userPasswordSession': async ({ secret: t }) =>
      Boolean((await atClient(app, SESSION, { t })).body.data?.userPasswordSession),
    'Common Ground userPasswordReset': async ({ secret: t }) =>
      Boolean((await atClient(app, RESET_BUYER, { t, p: asBase64(NEW_PASSWORD) })).body.data?.userPasswordReset),
    'Common Ground userVerify': async ({ secret: t }) =>
      Boolean((await atClient(app, VERIFY, { t })).body.data?.userVerify),
    'Commerce Layer reset': async ({ secret, owner: { email } }) => {
      const integration = await layer.integration();
      const { id } = await layer.aReset(integration, email).catch(() => ({ id: 'nobody' }));
      const given = { customer_password: NEW_PASSWORD, _reset_password_token: secret };
      return (await layer.update(integration, id, given)).status === 200;
    },
    ...pageDoors(app),
  };
}

const pageDoors = (app: TestApp): Record<string, Door> =>
  Object.fromEntries(
    ['reset', 'activate', 'confirm'].map((page): [string, Door] => [
      `page ${page}`,
      ({ secret, owner: { number } }) => isAlive(app, `/account/${page}/${number}/${encodeURIComponent(secret)}`),
    ]),
  );

function tokenDoors(app: TestApp): Record<string, Door> {
  const layer = new CommerceLayerClient(app);
  const status = async (url: string, headers: Record<string, string>): Promise<number> =>
    (await app.request({ url, headers })).status;
  const storefront = async (headers: Record<string, string>): Promise<boolean> =>
    (await app.request({ method: 'POST', url: PATH, headers, body: { query: '{shop{name}}' } })).status === 200;
  return {
    'Adobe GraphQL': async ({ secret }) =>
      Boolean((await app.adobe('{customer{email}}', {}, bearer(secret))).body.data?.customer),
    'Adobe REST as the customer': async ({ secret }) => (await status('/rest/V1/customers/me', bearer(secret))) === 200,
    'Adobe REST as a machine': async ({ secret, owner: { id } }) =>
      (await status(`/rest/V1/customers/${id}`, bearer(secret))) === 200,
    'Shopify customer': async ({ secret }) => (await whoHas(app, secret)) !== null,
    'Shopify storefront': ({ secret }) => storefront({ 'x-shopify-storefront-access-token': secret }),
    'Shopify private storefront': ({ secret }) => storefront({ 'shopify-storefront-private-token': secret }),
    'Shopify Admin': async ({ secret }) =>
      (await merchant.admin(app, '{shop{name}}', {}, { 'x-shopify-access-token': secret })).status === 200,
    'Commerce Layer as an integration': async ({ secret }) =>
      (await layer.call('GET', 'webhooks', secret)).status === 200,
    'Commerce Layer as anybody': async ({ secret }) => (await layer.call('GET', 'application', secret)).status === 200,
    'Commerce Layer refresh': async ({ secret }) =>
      (await layer.oauth({ ...CHANNEL, grant_type: 'refresh_token', refresh_token: secret })).status === 200,
    'Commerce Layer client': async ({ secret }) =>
      (await layer.oauth({ ...INTEGRATION, client_secret: secret })).status === 200,
    'Common Ground client': async ({ secret }) =>
      Boolean((await atClient(app, WHO_BUYER, {}, bearer(secret))).body.data?.user),
    'Common Ground admin': async ({ secret }) =>
      Boolean((await atAdmin(app, '{users{pagination{count}}}', {}, bearer(secret))).body.data?.users),
    'admin API': async ({ secret }) => (await status('/admin/v1/customers', bearer(secret))) === 200,
    Multipass: async ({ secret }) => tokenIn(await signInByMultipass(app, secret)) !== null,
  };
}
