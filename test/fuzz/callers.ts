import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { KEY, sessionOf } from '../common-ground/operations.js';
import { TOKEN as ADMIN_TOKEN } from '../shopify-admin/admin.js';
import { TOKEN as STOREFRONT_TOKEN, tokenOf } from '../shopify/storefront.js';
import type { TestApp } from '../support/test-app.js';

/** Every kind of caller of every surface, and what a request may name that is really there. */
export interface World {
  readonly email: string;
  readonly password: string;
  /** Ids, numbers, tokens and secrets of things that exist. */
  readonly known: readonly string[];
  readonly adobe: readonly Record<string, string>[];
  readonly commerceLayer: readonly Record<string, string>[];
  readonly shopify: readonly Record<string, string>[];
  readonly shopifyAdmin: readonly Record<string, string>[];
  readonly commonGround: readonly Record<string, string>[];
  readonly commonGroundAdmin: readonly Record<string, string>[];
  readonly admin: readonly Record<string, string>[];
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const NOBODY = {};

/** A customer with everything, and the credentials of all who could ask about them. */
export async function aWorld(app: TestApp): Promise<World> {
  const ann = await app.aCustomer({ addresses: [{ city: 'Graz', lines: ['Hauptplatz 1'], countryCode: 'AT' }] });
  const adobe = bearer(await app.signedIn(ann));
  const shopifyToken = await tokenOf(app, ann);
  const layer = new CommerceLayerClient(app);
  const machine = await layer.integration();
  const session = await sessionOf(app, ann);
  const reset = await layer.aReset(machine, ann.email);
  const { body } = await app.admin('GET', `/customers/${ann.number}`);
  const { body: found } = await layer.call('GET', `customers?filter[q][email_eq]=${ann.email}`, machine);
  const staff = await app.request({
    method: 'POST',
    url: '/rest/V1/integration/admin/token',
    body: { username: 'demo-admin', password: 'demo-admin-password-1' },
  });
  const json = { accept: 'application/vnd.api+json' };
  return {
    email: ann.email,
    password: ann.password,
    known: [
      ...[
        ann.email,
        String(ann.number),
        String(ann.id),
        ...Object.values(body.ids as Record<string, string>).map(String),
      ],
      ...[shopifyToken, reset.id, reset.secret, String(found.data[0].id), 'default', '1'],
    ],
    adobe: [NOBODY, adobe, bearer('demo-adobe-integration-token'), bearer(String(staff.body))],
    commerceLayer: [bearer(machine), bearer(await layer.channel()), bearer(await layer.customer(ann))].map((one) => ({
      ...json,
      ...one,
    })),
    shopify: [STOREFRONT_TOKEN, { ...STOREFRONT_TOKEN, 'shopify-storefront-private-token': 'demo-private-token' }],
    shopifyAdmin: [ADMIN_TOKEN],
    commonGround: [NOBODY, session],
    commonGroundAdmin: [KEY],
    admin: [bearer('demo-admin-token')],
  };
}
