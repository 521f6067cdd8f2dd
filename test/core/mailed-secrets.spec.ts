import { operations } from '../adobe/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { ASK, atClient, register } from '../common-ground/operations.js';
import { Visitor } from '../pages/visitor.js';
import * as merchant from '../shopify-admin/admin.js';
import { RECOVER, shopify } from '../shopify/storefront.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const secretTo = async (email: string): Promise<string> =>
  /([^/=?&]+)$/.exec((await app.lastMail(email)).link)?.[1] ?? '';

/** Ways to a secret, each with the address that it is mailed to. */
const WAYS: Record<string, () => Promise<{ email: string; secret: string }>> = {
  'Adobe reset': async () => {
    const { email } = await app.aCustomer();
    await app.adobe(operations.requestPasswordResetEmail, { email });
    return { email, secret: await secretTo(email) };
  },
  'Shopify reset': async () => {
    const { email } = await app.aCustomer();
    await shopify(app, RECOVER, { email });
    return { email, secret: await secretTo(email) };
  },
  'Commerce Layer reset': async () => {
    const { email } = await app.aCustomer();
    const layer = new CommerceLayerClient(app);
    return { email, secret: (await layer.aReset(await layer.integration(), email)).secret };
  },
  'Common Ground reset': async () => {
    const { email } = await app.aCustomer();
    await atClient(app, ASK, { e: email });
    return { email, secret: await secretTo(email) };
  },
  'Common Ground confirmation': async () => {
    const email = `registered-${app.clock.now().getTime()}-${Math.floor(performance.now())}@example.com`;
    await register(app, email);
    return { email, secret: await secretTo(email) };
  },
  'reset of a page': async () => {
    const { email } = await app.aCustomer();
    const visitor = new Visitor(app);
    await visitor.open('/account/recover');
    await visitor.send({ email });
    return { email, secret: await secretTo(email) };
  },
  'invitation by Shopify’s back office': async () => {
    const { email, number } = await app.aCustomer({ password: null, state: 'disabled' });
    await merchant.ask(app, merchant.INVITE, { id: `gid://shopify/Customer/${number}` });
    return { email, secret: await secretTo(email) };
  },
};

it.each(Object.keys(WAYS))('is 32 letters and digits that never repeat and say nothing: %s (SEC-24)', async (way) => {
  const made = [];
  for (let times = 0; times < 4; times += 1) made.push(await (WAYS[way] as (typeof WAYS)[string])());

  const secrets = made.map(({ secret }) => secret);
  for (const { email, secret } of made) {
    expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(secret).not.toContain(Buffer.from(email).toString('base64').slice(0, 8));
  }
  expect(new Set(secrets.flatMap((secret) => [secret.slice(0, 8), secret.slice(-8)])).size).toBe(8);
});
