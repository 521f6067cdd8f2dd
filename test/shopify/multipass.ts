import Multipassify from 'multipassify';
import { demoSetup } from '../../src/store/index.js';
import type { Answer, TestApp } from '../support/test-app.js';
import { aNetwork, shopify, TOKEN } from './storefront.js';

export const DEMO_SECRET = 'demo-multipass-secret-0123456789abcdef';
export const WITH_MULTIPASS =
  'mutation M($token: String!) { customerAccessTokenCreateWithMultipass(multipassToken: $token) { customerAccessToken { accessToken expiresAt } customerUserErrors { code field message } } }';
/** The one answer to whatever is wrong. */
export const REFUSED = {
  data: {
    customerAccessTokenCreateWithMultipass: {
      customerAccessToken: null,
      customerUserErrors: [
        { code: 'INVALID_MULTIPASS_REQUEST', field: ['multipassToken'], message: 'Invalid Multipass request' },
      ],
    },
  },
};

/** A token of any content, encrypted and signed by a client's library. */
export function sealed(text: string, secret = DEMO_SECRET): string {
  const maker = new Multipassify(secret);
  const body = maker.encrypt(text);
  return Buffer.concat([body, maker.sign(body)]).toString('base64url');
}

/** A token made now, by the clock of the application. */
export function multipassOf(app: TestApp, data: object, secret = DEMO_SECRET): string {
  return sealed(JSON.stringify({ created_at: app.clock.now().toISOString(), ...data }), secret);
}

/** What an answer holds: the customer's token, or null. */
export function tokenIn({ body }: Answer): string | null {
  const token: unknown = body.data?.customerAccessTokenCreateWithMultipass?.customerAccessToken?.accessToken;
  return typeof token === 'string' ? token : null;
}

export function signIn(
  app: TestApp,
  token: unknown,
  { headers = TOKEN, from = aNetwork() }: { headers?: Record<string, string>; from?: string } = {},
): Promise<Answer> {
  return shopify(app, WITH_MULTIPASS, { token }, { headers, from });
}

let made = 0;

export function anAddress(): string {
  made += 1;
  return `multipass-${made}@example.com`;
}

/** The token of a customer who was let in. */
export async function accepted(app: TestApp, data: object, how: Parameters<typeof signIn>[2] = {}): Promise<string> {
  const answer = await signIn(app, multipassOf(app, data), how);
  const token = tokenIn(answer);
  if (token === null) throw new Error(`refused: ${answer.text}`);
  return token;
}

/** The demo setup with more in its Shopify block. */
export function withShopify(more: object): object {
  const [realm] = demoSetup.realms;
  const [store] = realm?.stores ?? [];
  return { ...demoSetup, realms: [{ ...realm, stores: [{ ...store, shopify: { ...store?.shopify, ...more } }] }] };
}
