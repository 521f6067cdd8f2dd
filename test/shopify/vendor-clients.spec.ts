import { createStorefrontClient } from '@shopify/hydrogen-react/storefront-client';
import { createStorefrontApiClient } from '@shopify/storefront-api-client';
import { freePort } from '../support/free-port.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { ADD_ADDRESS, DELETE, gid, RESET, SIGN_IN, WHO } from './storefront.js';

type Client = ReturnType<typeof createStorefrontApiClient>;

const VERSION = '2026-04';

let app: TestApp;
let base: string;

beforeAll(async () => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  app = await TestApp.startOwn({ PUBLIC_URL: `http://127.0.0.1:${await freePort()}` });
  base = await app.listen();
});

afterAll(() => app.stop());

/** The client knows https alone; what it sends is otherwise its own. */
async function overHttp(url: string, init?: RequestInit): Promise<Response> {
  const { pathname } = new URL(url);
  return fetch(`${base}${pathname}`, init);
}

function aClient(access: { publicAccessToken: string } | { privateAccessToken: string }): Client {
  const common = { storeDomain: 'shop.example', apiVersion: VERSION, customFetchApi: overHttp, retries: 0 };
  return 'publicAccessToken' in access
    ? createStorefrontApiClient({ ...common, publicAccessToken: access.publicAccessToken })
    : createStorefrontApiClient({ ...common, privateAccessToken: access.privateAccessToken });
}

async function signedIn(client: Client, { email, password }: TestCustomer): Promise<string> {
  const { data } = await client.request(SIGN_IN, { variables: { input: { email, password } } });
  return data.customerAccessTokenCreate.customerAccessToken.accessToken;
}

describe('@shopify/storefront-api-client', () => {
  it.each([{ publicAccessToken: 'demo-storefront-token' }, { privateAccessToken: 'demo-private-token' }])(
    'signs in, keeps an address and signs out with %j',
    async (access) => {
      const client = aClient(access);
      const ann = await app.aCustomer();

      const token = await signedIn(client, ann);
      const address = { city: 'Ottawa', country: 'Canada', province: 'Ontario' };
      const added = await client.request(ADD_ADDRESS, { variables: { token, address } });
      const who = await client.request(WHO, { variables: { token } });
      const out = await client.request(DELETE, { variables: { token } });
      const again = await client.request(DELETE, { variables: { token } });

      expect(added.errors).toBeUndefined();
      expect(added.data.customerAddressCreate.customerAddress.formattedArea).toBe('Ottawa ON, Canada');
      expect(who.data).toEqual({ customer: { id: gid(ann.number), email: ann.email } });
      expect(out.data.customerAccessTokenDelete.deletedAccessToken).toBe(token);
      expect(again.errors?.graphQLErrors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }]);
      expect(again.errors?.networkStatusCode).toBe(200);
    },
  );

  it('finishes a reset', async () => {
    const client = aClient({ publicAccessToken: 'demo-storefront-token' });
    const ann = await app.aCustomer();
    const recover = 'mutation F($email: String!) { customerRecover(email: $email) { customerUserErrors { code } } }';

    await client.request(recover, { variables: { email: ann.email } });
    const { secret: resetToken } = await app.lastMail(ann.email);
    const { data } = await client.request(RESET, {
      variables: { id: gid(ann.number), input: { resetToken, password: 'another-kiln-7' } },
    });

    const token: string = data.customerReset.customerAccessToken.accessToken;
    expect((await client.request(WHO, { variables: { token } })).data.customer.email).toBe(ann.email);
  });

  it('reads a wrong token of the storefront as a failure of the network', async () => {
    const { errors } = await aClient({ publicAccessToken: 'nobodys-token' }).request('{ shop { name } }');

    expect(errors?.networkStatusCode).toBe(401);
  });
});

describe("@shopify/hydrogen-react's client", () => {
  const client = (): ReturnType<typeof createStorefrontClient> =>
    createStorefrontClient({
      storeDomain: base,
      privateStorefrontToken: 'demo-private-token',
      publicStorefrontToken: 'demo-storefront-token',
      storefrontApiVersion: VERSION,
    });
  const post = async (headers: Record<string, string>, body: string): Promise<{ data?: unknown }> => {
    const answer = await fetch(client().getStorefrontApiUrl(), { method: 'POST', headers, body });
    expect([answer.status, answer.headers.get('x-shopify-api-version')]).toEqual([200, VERSION]);
    return (await answer.json()) as { data?: unknown };
  };

  it('asks in JSON and in bare documents, with either token', async () => {
    const shop = { data: { shop: { name: 'Demo Store' } } };
    const json = JSON.stringify({ query: '{ shop { name } }' });

    expect(await post(client().getPublicTokenHeaders(), json)).toEqual(shop);
    expect(await post(client().getPrivateTokenHeaders({ buyerIp: '203.0.113.7' }), json)).toEqual(shop);
    expect(await post(client().getPublicTokenHeaders({ contentType: 'graphql' }), '{ shop { name } }')).toEqual(shop);
    expect(await post(client().getPrivateTokenHeaders({ contentType: 'graphql' }), '{ shop { name } }')).toEqual(shop);
  });

  it('is told a customer', async () => {
    const ann = await app.aCustomer();
    const token = await signedIn(aClient({ publicAccessToken: 'demo-storefront-token' }), ann);
    const body = JSON.stringify({ query: WHO, variables: { token } });

    expect(await post(client().getPrivateTokenHeaders(), body)).toEqual({
      data: { customer: { id: gid(ann.number), email: ann.email } },
    });
  });
});
