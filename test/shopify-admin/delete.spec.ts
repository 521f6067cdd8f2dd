import { TestApp } from '../support/test-app.js';
import { gid, shopify, tokenOf, whoHas } from '../shopify/storefront.js';
import { aRecord, ask, DELETE, GET } from './admin.js';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const anEmail = (): string => {
  made += 1;
  return `record-${made}@example.com`;
};

describe('customerDelete', () => {
  it('leaves nothing of a customer, and frees the address (SEC-80)', async () => {
    const ann = await app.aCustomer({ addresses: [{ city: 'Graz' }] });
    const token = await tokenOf(app, ann);
    await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
    await app.lastMail(ann.email);

    const gone = await ask(app, DELETE, { id: gid(ann.number) });
    const again = await ask(app, DELETE, { id: gid(ann.number) });

    expect(gone).toEqual({
      deletedCustomerId: gid(ann.number),
      shop: { id: expect.stringMatching(/^gid:\/\/shopify\/Shop\/\d+$/), name: 'Demo Store' },
      userErrors: [],
    });
    expect(again).toMatchObject({
      deletedCustomerId: null,
      shop: { name: 'Demo Store' },
      userErrors: [{ field: ['id'], message: "Customer can't be found" }],
    });
    expect(await whoHas(app, token)).toBeNull();
    expect(await ask(app, GET, { id: gid(ann.number) })).toBeNull();
    for (const table of ['customer_address', 'password_reset', 'one_time_secret', 'mail_message']) {
      const rows = await app.database.select(`SELECT id FROM ${table} WHERE customer_id = ?`, [ann.id]);
      expect([table, rows]).toEqual([table, []]);
    }
    const heir = await app.aCustomer({ email: ann.email });
    expect(heir.id).toBeGreaterThan(ann.id);
    expect(await whoHas(app, token)).toBeNull();
  });

  it('kills the links that were mailed', async () => {
    const { id, legacyResourceId } = await aRecord(app, { email: anEmail() });
    const { body } = await app.admin('POST', `/customers/${legacyResourceId}/activation-url`);

    await ask(app, DELETE, { id });

    expect((await app.request({ url: new URL(body.url).pathname })).status).toBe(303);
    const { body: answer } = await shopify(
      app,
      'mutation($u: URL!) { customerActivateByUrl(activationUrl: $u, password: "four words of my own") { customerUserErrors { code } } }',
      { u: body.url },
    );
    expect(answer.data.customerActivateByUrl.customerUserErrors).toEqual([{ code: 'TOKEN_INVALID' }]);
  });
});
