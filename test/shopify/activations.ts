import type { Answer, TestApp, TestCustomer } from '../support/test-app.js';
import { aNetwork, gid, shopify, SIGN_IN } from './storefront.js';

export const ACTIVATE =
  'mutation A($id: ID!, $input: CustomerActivateInput!) { customerActivate(id: $id, input: $input) { customer { id email } customerAccessToken { accessToken expiresAt } customerUserErrors { code field message } userErrors { field message } } }';
export const ACTIVATE_BY_URL =
  'mutation B($activationUrl: URL!, $password: String!) { customerActivateByUrl(activationUrl: $activationUrl, password: $password) { customer { id } customerAccessToken { accessToken } customerUserErrors { code field message } } }';

export const NEW_PASSWORD = 'four words of my own';

export const INVALID_TOKEN = {
  customer: null,
  customerAccessToken: null,
  customerUserErrors: [{ code: 'TOKEN_INVALID', field: ['input'], message: 'Invalid activation token' }],
  userErrors: [{ field: null, message: 'Invalid activation token' }],
};
export const ENABLED = {
  customer: null,
  customerAccessToken: null,
  customerUserErrors: [{ code: 'ALREADY_ENABLED', field: null, message: 'Customer already enabled' }],
  userErrors: [{ field: null, message: 'Customer already enabled' }],
};

export const OTHER_STORE = {
  code: 'other',
  name: 'Other',
  storefrontUrl: 'https://other.example/shop',
  mailFrom: 'hi@other.example',
  shopify: { storefrontTokens: [{ token: 'other-storefront-token' }] },
};

/** What tests of activations do. */
export class Activations {
  constructor(private readonly app: TestApp) {}

  /** A record without an account, and the link that staff made for it. */
  async invited(given: Record<string, unknown> = {}): Promise<{ ann: TestCustomer; url: string; secret: string }> {
    const ann = await this.app.aCustomer({ password: null, state: 'disabled', ...given });
    return { ann, ...(await this.linkFor(ann)) };
  }

  async linkFor({ number }: TestCustomer): Promise<{ url: string; secret: string }> {
    const { body } = await this.app.admin('POST', `/customers/${number}/activation-url`);
    return { url: body.url, secret: String(body.url).split('/').at(-1) ?? '' };
  }

  /** The payload, or the whole answer where there is none. */
  async activate(
    number: number | string,
    secret: string,
    password = NEW_PASSWORD,
    from = aNetwork(),
  ): Promise<Answer['body']> {
    const id = typeof number === 'number' ? gid(number) : number;
    const { body } = await shopify(this.app, ACTIVATE, { id, input: { activationToken: secret, password } }, { from });
    return body.data?.customerActivate ?? body;
  }

  async activateByUrl(activationUrl: string, password = NEW_PASSWORD): Promise<Answer['body']> {
    const { body } = await shopify(this.app, ACTIVATE_BY_URL, { activationUrl, password });
    return body.data?.customerActivateByUrl ?? body;
  }

  async stateOf({ number }: TestCustomer): Promise<string> {
    return (await this.app.admin('GET', `/customers/${number}`)).body.state;
  }

  async isSignedIn(email: string, password: string): Promise<boolean> {
    const { body } = await shopify(this.app, SIGN_IN, { input: { email, password } });
    return body.data.customerAccessTokenCreate.customerAccessToken !== null;
  }

  async lockedByStaff({ id }: TestCustomer): Promise<void> {
    const { database } = this.app;
    await database.transaction((tx) =>
      database.change(tx, "UPDATE customer SET disabled_by = 'staff' WHERE id = ?", [id]),
    );
  }
}
