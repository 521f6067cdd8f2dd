import { JSON_API } from '../../libs/json-api/src/index.js';
import { PASSWORD, type Answer, type TestApp } from '../support/test-app.js';

export const INTEGRATION = {
  grant_type: 'client_credentials',
  client_id: 'demo-integration',
  client_secret: 'demo-integration-secret',
};
export const CHANNEL = { grant_type: 'client_credentials', client_id: 'demo-sales-channel' };
const RESETS = '/api/customer_password_resets';
const HEADERS = { accept: JSON_API, 'content-type': JSON_API };

/** A second organization, of the same realm, which has its resets mailed. */
export const otherStore = {
  code: 'other',
  name: 'Other Store',
  mailFrom: 'Other Store <hello@other.example>',
  storefrontUrl: 'https://other.example',
  commerceLayer: {
    organization: 'other',
    mailResets: true,
    applications: [
      { kind: 'integration', clientId: 'other-integration', clientSecret: 'other-integration-secret' },
      { kind: 'sales_channel', clientId: 'other-channel', clientSecret: 'other-channel-secret' },
    ],
  },
};

/** The answer to an attribute that breaks a rule. */
export function fault(attribute: string, message: string, meta: object): object {
  const detail = `${attribute} - ${message}`;
  const source = { pointer: `/data/attributes/${attribute}` };
  return { errors: [{ title: message, detail, code: 'VALIDATION_ERROR', source, status: '422', meta }] };
}

export interface Reset {
  readonly id: string;
  readonly secret: string;
}

/** A token's claims, read with `atob` as the vendor's SDK does: it knows no `-` and no `_`. */
export function claimsOf(token: unknown): Record<string, unknown> {
  return JSON.parse(atob(String(token).split('.')[1] ?? '')) as Record<string, unknown>;
}

/** What the token endpoint answers to what it refuses. */
export function refused(
  status: number,
  title: string,
  code = 'BAD_REQUEST',
  detail: unknown = expect.any(String),
): object {
  return { errors: [{ title, detail, code, status, meta: {} }], error: title, error_description: detail };
}

/** An Authorization header with a client's credentials. */
export function basic(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** A token request of a customer. */
export function passwordGrant(username: string, more: object = {}): object {
  return { client_id: CHANNEL.client_id, grant_type: 'password', username, password: PASSWORD, ...more };
}

/** The requests of the vendor's clients. Token requests come from a network of their own each, unless they say otherwise. */
export class CommerceLayerClient {
  private network = 0;

  constructor(private readonly app: TestApp) {}

  /** `POST /oauth/token` with a JSON body; a text is sent as it is. */
  oauth(body: unknown, headers: Record<string, string> = {}, from = this.newNetwork()): Promise<Answer> {
    return this.app.request({ method: 'POST', url: '/oauth/token', body, headers, from });
  }

  async token(parameters: object): Promise<string> {
    const { body, text } = await this.oauth(parameters);
    const token: unknown = body.access_token;
    if (typeof token !== 'string') throw new Error(`no token: ${text}`);
    return token;
  }

  integration(): Promise<string> {
    return this.token(INTEGRATION);
  }

  channel(): Promise<string> {
    return this.token(CHANNEL);
  }

  customer({ email, password }: { readonly email: string; readonly password: string }): Promise<string> {
    return this.token({ ...CHANNEL, grant_type: 'password', username: email, password });
  }

  /** As the vendor's SDK sends it: the same headers on every method, an object of relationships in every body. */
  api(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, token: string, data?: object): Promise<Answer> {
    const headers = { ...HEADERS, authorization: `Bearer ${token}` };
    const body = data === undefined ? {} : { body: JSON.stringify({ data }) };
    return this.app.request({
      method,
      url: path.startsWith('/../') ? `/api/${path.slice(4)}` : RESETS + path,
      headers,
      from: this.newNetwork(),
      ...body,
    });
  }

  /** As `api`, of any resource: the path begins behind `/api/`. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, token: string, data?: object): Promise<Answer> {
    return this.api(method, `/../${path}`, token, data);
  }

  create(token: string, attributes: object): Promise<Answer> {
    return this.api('POST', '', token, { type: 'customer_password_resets', attributes, relationships: {} });
  }

  /** A new reset of a customer, with its secret. */
  async aReset(token: string, email: string): Promise<Reset> {
    const { status, body, text } = await this.create(token, { customer_email: email });
    if (status !== 201) throw new Error(`no reset: ${text}`);
    return { id: body.data.id, secret: body.data.attributes.reset_password_token };
  }

  retrieve(token: string, id: unknown): Promise<Answer> {
    return this.api('GET', `/${String(id)}`, token);
  }

  update(token: string, id: unknown, attributes: object): Promise<Answer> {
    return this.api('PATCH', `/${String(id)}`, token, {
      type: 'customer_password_resets',
      attributes,
      relationships: {},
      id,
    });
  }

  newNetwork(): string {
    this.network += 1;
    return `203.0.${Math.floor(this.network / 250)}.${(this.network % 250) + 1}`;
  }
}
