import { operations } from '../adobe/wire.js';
import { adminToken, callerOf, INTEGRATION as ADOBE_INTEGRATION } from '../adobe-rest/wire.js';
import { CHANNEL, CommerceLayerClient, INTEGRATION } from '../commerce-layer/wire.js';
import { asBase64, ASK, atAdmin, atClient, LOGIN, register, RESET as RESET_BUYER, SESSION, VERIFY } from '../common-ground/operations.js'; // prettier-ignore
import { Visitor } from '../pages/visitor.js';
import * as merchant from '../shopify-admin/admin.js';
import { ACTIVATE_BY_URL } from '../shopify/activations.js';
import { multipassOf, sealed, signIn as signInByMultipass } from '../shopify/multipass.js';
import * as storefront from '../shopify/storefront.js';
import type { TestApp } from '../support/test-app.js';
import type { SecretLedger } from './secret-ledger.js';

/** One application, and the secrets that were used in it. */
export interface Scene {
  readonly app: TestApp;
  readonly ledger: SecretLedger;
}

export type Flow = (scene: Scene) => Promise<void>;

let made = 0;

/** A password that looks different in every encoding. */
function aPassword({ ledger }: Scene, name: string): string {
  made += 1;
  return ledger.password(name, `${name} "gehéim/${made}" ?+&`);
}

async function mailed({ app, ledger }: Scene, name: string, email: string): Promise<{ secret: string; link: string }> {
  const { secret, link } = await app.lastMail(email);
  return { secret: ledger.keep(name, secret), link };
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export const adobe: Flow = async (scene) => {
  const { app, ledger } = scene;
  const email = 'audit-adobe@example.com';
  const [first, wrong, second, third] = ['adobe first', 'adobe wrong', 'adobe second', 'adobe third'].map((name) =>
    aPassword(scene, name),
  );
  const signIn = async (password?: string): Promise<unknown> =>
    (await app.adobe(operations.generateCustomerToken, { email, password })).body.data.generateCustomerToken?.token;
  await app.adobe(operations.createCustomerV2, { input: { email, firstname: 'Au', lastname: 'Dit', password: first } });
  await signIn(wrong);
  const token = ledger.keep('adobe token', await signIn(first));
  await app.adobe(`mutation{generateCustomerToken(email:"${email}",password:[${JSON.stringify(wrong)}]){token}}`);
  const change = { currentPassword: first, newPassword: second };
  await app.adobe(operations.changeCustomerPassword, { ...change, currentPassword: wrong }, bearer(token));
  await app.adobe(operations.changeCustomerPassword, change, bearer(token));
  await app.adobe(operations.requestPasswordResetEmail, { email });
  const { secret } = await mailed(scene, 'adobe reset', email);
  const reset = { email, resetPasswordToken: secret, newPassword: third };
  await app.adobe(operations.resetPassword, { ...reset, newPassword: aPassword(scene, 'x'.repeat(300)) });
  await app.adobe(operations.resetPassword, { ...reset, email: 'somebody-else@example.com' });
  await app.adobe(operations.resetPassword, reset);
  await app.adobe(operations.resetPassword, reset);
  await app.adobe(operations.customer, {}, bearer(token));
  await app.adobe(operations.customer, {}, bearer(`${token}x`));
  const last = ledger.keep('adobe last token', await signIn(third));
  await app.adobe(operations.updateCustomerEmail, { email: `new-${email}`, password: third }, bearer(last));
  await app.adobe(operations.revokeCustomerToken, {}, bearer(last));
};

export const adobeRest: Flow = async (scene) => {
  const { app, ledger } = scene;
  const guest = callerOf(app);
  const ann = await app.aCustomer({ password: aPassword(scene, 'rest') });
  const credentials = { username: ann.email, password: ann.password };
  await guest('POST', 'integration/customer/token', { ...credentials, password: aPassword(scene, 'rest wrong') });
  const { body: token } = await guest('POST', 'integration/customer/token', credentials);
  await callerOf(app, ledger.keep('rest token', token))('GET', 'customers/me');
  await guest('POST', 'integration/admin/token', { username: 'demo-admin', password: aPassword(scene, 'admin wrong') });
  const staff = ledger.keep('rest admin token', await adminToken(app));
  await callerOf(app, staff)('GET', `customers/${ann.id}`);
  await callerOf(app, ADOBE_INTEGRATION)('GET', `customers/${ann.id}`);
  await guest('GET', `customers/me?access_token=${String(token)}`);
  await guest('PUT', 'customers/password', { email: ann.email, template: 'email_reset', websiteId: 0 });
  const { secret } = await mailed(scene, 'rest reset', ann.email);
  await guest('GET', `customers/${ann.id}/password/resetLinkToken/${secret}`);
  await guest('GET', `customers/${ann.id}/password/resetLinkToken/${secret}/and/more`);
  const chosen = { email: ann.email, resetToken: secret, newPassword: aPassword(scene, 'rest new') };
  await guest('POST', 'customers/resetPassword', chosen);
  await guest('GET', `customers/${ann.id}/password/resetLinkToken/${secret}`);
};

export const shopify: Flow = async (scene) => {
  const { app, ledger } = scene;
  const email = 'audit-shopify@example.com';
  const password = aPassword(scene, 'shopify');
  const ask = (query: string, variables: object) => storefront.shopify(app, query, variables);
  await ask(storefront.CREATE, { input: { email, password, firstName: 'Au' } });
  await ask(storefront.SIGN_IN, { input: { email, password: aPassword(scene, 'shopify wrong') } });
  const token = ledger.keep('shopify token', await storefront.tokenOf(app, { email, password }));
  await ask(storefront.RENEW, { token });
  await ask(storefront.WHO, { token: [token] });
  await ask(storefront.DELETE, { token });
  await ask(storefront.DELETE, { token });
  await ask(storefront.RECOVER, { email });
  const { link } = await mailed(scene, 'shopify reset', email);
  const reset = { resetUrl: link, password: aPassword(scene, 'shopify new') };
  const { body } = await ask(storefront.RESET_BY_URL, reset);
  ledger.keep('shopify token of a reset', body.data.customerResetByUrl.customerAccessToken.accessToken);
  await ask(storefront.RESET_BY_URL, reset);
  await ask(storefront.RESET_BY_URL, { ...reset, resetUrl: link.replace('localhost', 'elsewhere.example') });
};

export const multipass: Flow = async ({ app, ledger }) => {
  const token = ledger.keep('multipass', multipassOf(app, { email: 'audit-multipass@example.com' }));
  const { body } = await signInByMultipass(app, token);
  const { customerAccessToken } = body.data.customerAccessTokenCreateWithMultipass;
  ledger.keep('token of a multipass', customerAccessToken.accessToken);
  await signInByMultipass(app, token);
  const forged = sealed(
    '{"email":"audit-nobody@example.com"}',
    ledger.keep('wrong multipass secret', 'not the shop’s'),
  );
  await signInByMultipass(app, ledger.keep('forged multipass', forged));
};

export const shopifyAdmin: Flow = async (scene) => {
  const { app, ledger } = scene;
  const { id } = await merchant.aRecord(app, { email: 'audit-invited@example.com' });
  const { accountActivationUrl } = await merchant.ask(app, merchant.ACTIVATION_URL, { id });
  ledger.keep('activation link of staff', String(accountActivationUrl).split('/').at(-1));
  await merchant.ask(app, merchant.INVITE, { id });
  const { link: activationUrl } = await mailed(scene, 'invitation', 'audit-invited@example.com');
  const given = { activationUrl, password: aPassword(scene, 'activated') };
  const { body } = await storefront.shopify(app, ACTIVATE_BY_URL, given);
  ledger.keep('token of an activation', body.data.customerActivateByUrl.customerAccessToken.accessToken);
  await storefront.shopify(app, ACTIVATE_BY_URL, given);
  const wrong = ledger.keep('wrong app token', 'shpat_wrong-token-4711');
  await merchant.admin(app, '{shop{name}}', {}, { 'x-shopify-access-token': wrong });
};

export const commerceLayer: Flow = async (scene) => {
  const { app, ledger } = scene;
  const client = new CommerceLayerClient(app);
  const ann = await app.aCustomer({ password: aPassword(scene, 'commerce layer') });
  const grant = { ...CHANNEL, grant_type: 'password', username: ann.email, password: ann.password };
  await client.oauth({ ...INTEGRATION, client_secret: ledger.keep('wrong client secret', 'wrong-client-secret') });
  await client.oauth({ ...grant, password: aPassword(scene, 'commerce layer wrong') });
  const integration = ledger.keep('integration', await client.integration());
  ledger.keep('channel', await client.channel());
  const { body: session } = await client.oauth(grant);
  ledger.keep('customer token', session.access_token);
  const refresh = { ...CHANNEL, grant_type: 'refresh_token', refresh_token: session.refresh_token };
  ledger.keep('refresh token', refresh.refresh_token);
  const { body: refreshed } = await client.oauth(refresh);
  ledger.keep('second refresh token', refreshed.refresh_token);
  await client.oauth({ ...refresh, client_id: 'nobody' });
  const token = ledger.keep('second customer token', refreshed.access_token);
  await client.call('GET', `customers?access_token=${token}`, token);
  await app.request({ method: 'POST', url: '/oauth/revoke', body: { client_id: CHANNEL.client_id, token } });
  const { id, secret } = await client.aReset(integration, ann.email);
  ledger.keep('commerce layer reset', secret);
  const query = `?filter[q][reset_password_token_eq]=${secret}`;
  await client.api('GET', query, integration);
  const given = { customer_password: aPassword(scene, 'commerce layer new'), _reset_password_token: secret };
  await client.update(integration, id, { ...given, customer_password: 'short' });
  await client.update(integration, id, given);
  await client.update(integration, id, given);
  await client.aReset(integration, ann.email).then(({ secret: open }) => ledger.keep('open reset', open));
  const attributes = { topic: 'customers.create', callback_url: 'https://receiver.example/hook' };
  const { body } = await client.call('POST', 'webhooks', integration, { type: 'webhooks', attributes });
  ledger.keep('webhook secret', body.data.attributes.shared_secret);
};

export const commonGround: Flow = async (scene) => {
  const { app, ledger } = scene;
  const email = 'audit-buyer@example.com';
  const password = aPassword(scene, 'buyer');
  await register(app, email, { p: password, c: true });
  const { text } = await app.lastMail(email);
  const code = ledger.keep('code', /^\d{6}$/m.exec(text)?.[0], 'code');
  await atClient(app, VERIFY, { c: Number(code) === 999_999 ? 1 : Number(code) + 1, e: email });
  await atClient(app, VERIFY, { c: Number(code), e: email });
  const e = asBase64(email);
  await atClient(app, LOGIN, { e, p: asBase64(aPassword(scene, 'buyer wrong')) });
  const { body: session } = await atClient(app, LOGIN, { e, p: asBase64(password) });
  ledger.keep('session', session.data.login.session.jwt);
  await atClient(app, ASK, { e: email });
  const { secret: t } = await mailed(scene, 'buyer reset', email);
  await atClient(app, SESSION, { t });
  await atClient(app, RESET_BUYER, { t, p: asBase64(aPassword(scene, 'buyer new')) });
  await atClient(app, RESET_BUYER, { t, p: asBase64(aPassword(scene, 'buyer late')) });
  const keys = 'mutation($a:String!,$s:String!){sessionLoginApi(accessKey:$a,secretKey:$s){jwt}}';
  const wrong = ledger.keep('wrong secret key', 'wrong-secret-key');
  await atAdmin(app, keys, { a: 'demo-cg-access', s: wrong }, { authorization: '' });
  const { body } = await atAdmin(app, keys, { a: 'demo-cg-access', s: 'demo-cg-secret' }, { authorization: '' });
  ledger.keep('admin session', body.data.sessionLoginApi.jwt);
  await atAdmin(app, '{users{pagination{count}}}', {}, bearer(wrong));
};

export const pages: Flow = async (scene) => {
  const { app } = scene;
  const ann = await app.aCustomer({ password: aPassword(scene, 'pages') });
  const visitor = new Visitor(app);
  await visitor.open('/account/recover');
  await visitor.send({ email: ann.email });
  const { link, secret } = await mailed(scene, 'reset of a page', ann.email);
  await visitor.open(`${link}/and/more`).catch(() => null);
  await visitor.open(`/account/reset/%ff/${secret}`).catch(() => null);
  await visitor.open(link);
  await visitor.send({ password: aPassword(scene, 'p'.repeat(300)) });
  await visitor.send({ password: aPassword(scene, 'pages new') });
  await new Visitor(app).open(link);
  const waiting = await app.aCustomer({ emailConfirmed: false, password: aPassword(scene, 'waiting') });
  await app.adobe(operations.resendConfirmationEmail, { email: waiting.email });
  const confirmation = await mailed(scene, 'confirmation', waiting.email);
  await visitor.open(confirmation.link);
  await visitor.send({});
  const invited = await app.aCustomer({ password: null, state: 'invited' });
  await app.admin('POST', `/customers/${invited.number}/invite`);
  const activation = await mailed(scene, 'activation', invited.email);
  await visitor.open(activation.link);
  await visitor.send({ password: aPassword(scene, 'activated on a page') });
};

export const adminApi: Flow = async (scene) => {
  const { app, ledger } = scene;
  const wrong = ledger.keep('wrong admin token', 'wrong-admin-token-4711');
  await app.request({ url: `/admin/v1/customers?token=${wrong}`, headers: bearer(wrong) });
  const { number } = await app.aCustomer({ password: null, state: 'disabled' });
  const headers = { authorization: 'Bearer demo-admin-token', 'idempotency-key': 'audit-link' };
  const url = `/admin/v1/customers/${number}/activation-url`;
  const { body } = await app.request({ method: 'POST', url, headers });
  await app.request({ method: 'POST', url, headers });
  ledger.keep('activation link of the admin API', String(body.url).split('/').at(-1));
  const taken = { email: 'audit-taken@example.com', password: aPassword(scene, 'admin'), state: 'enabled' };
  await app.admin('POST', '/customers', taken);
  await app.admin('POST', '/customers', taken);
  await app.admin('POST', '/customers', { ...taken, password: [taken.password] });
  await app.admin('POST', `/customers/${number}/revoke-tokens`);
};
