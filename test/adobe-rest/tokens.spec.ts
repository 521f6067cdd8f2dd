import { texts, told } from '../adobe/wire.js';
import { TestApp } from '../support/test-app.js';
import { adminToken, callerOf, claimsOf, missing, REQUIRED, several, UNAUTHORIZED } from './wire.js';

const CUSTOMER = 'integration/customer/token';
const ADMIN = 'integration/admin/token';
const REVOKE = 'integration/customer/revoke-customer-token';
const BOSS = { username: 'demo-admin', password: 'demo-admin-password-1' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

describe('POST /V1/integration/customer/token', () => {
  it('answers a JSON text that is a customer token of an hour, good for REST and GraphQL', async () => {
    const ann = await app.aCustomer();

    const answer = await callerOf(app)('POST', CUSTOMER, { username: ann.email, password: ann.password });

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    const claims = claimsOf(answer.body);
    expect(claims).toMatchObject({ uid: ann.id, utypid: 3, aud: 'adobe:default' });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
    expect((await callerOf(app, answer.body)('GET', 'customers/me')).body.email).toBe(ann.email);
    const graphql = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${answer.body}` });
    expect(graphql.body.data.customer.email).toBe(ann.email);
  });

  it('names both fields that are missing, in their order', async () => {
    const answer = await callerOf(app)('POST', CUSTOMER, {});

    expect(told(answer)).toEqual([
      400,
      several([REQUIRED, { fieldName: 'username' }], [REQUIRED, { fieldName: 'password' }]),
    ]);
  });

  it('says a single problem by itself', async () => {
    const answer = await callerOf(app)('POST', CUSTOMER, { username: 'a@b.co', password: '' });

    expect(told(answer)).toEqual([400, missing('password')]);
  });

  it('refuses a wrong password, an unknown and a malformed name alike, without parameters (SEC-75)', async () => {
    const ann = await app.aCustomer();

    for (const username of [ann.email, 'nobody@example.com', 'no address']) {
      const answer = await callerOf(app)('POST', CUSTOMER, { username, password: 'wrong password' });
      expect(told(answer)).toEqual([401, { message: texts.signInRefused }]);
    }
  });

  it('refuses a name after six failures, known or not, and says nothing else (SEC-45)', async () => {
    const ann = await app.aCustomer();

    for (const username of [ann.email, 'never-seen@example.com']) {
      for (let tries = 0; tries < 6; tries += 1) await callerOf(app)('POST', CUSTOMER, { username, password: 'wrong' });
      const answer = await callerOf(app)('POST', CUSTOMER, { username, password: ann.password });
      expect(told(answer)).toEqual([401, { message: texts.signInRefused }]);
    }
  });

  it('tells an account that waits for its confirmation, after the right password alone', async () => {
    const waiting = await app.aCustomer({ emailConfirmed: false });
    const sign = (password: string): unknown => callerOf(app)('POST', CUSTOMER, { username: waiting.email, password });

    expect(await sign('wrong password')).toMatchObject({ status: 401, body: { message: texts.signInRefused } });
    expect(await sign(waiting.password)).toMatchObject({
      status: 401,
      body: { message: "This account isn't confirmed. Verify and try again." },
    });
  });
});

describe('POST /V1/integration/customer/revoke-customer-token', () => {
  it('ends every token of the customer, and bodiless requests may name a content type', async () => {
    const ann = await app.aCustomer();
    const [one, other] = [await app.signedIn(ann), await app.signedIn(ann)];

    const answer = await callerOf(app, one, { 'content-type': 'application/json' })('POST', REVOKE);

    expect(told(answer)).toEqual([200, true]);
    for (const token of [one, other]) {
      expect(told(await callerOf(app, token)('GET', 'customers/me'))).toEqual([
        401,
        { message: UNAUTHORIZED, parameters: { resources: 'self' } },
      ]);
    }
  });
});

describe('POST /V1/integration/admin/token', () => {
  it('answers a token of four hours with a row of its own, bound to the administrator', async () => {
    const token = await adminToken(app);

    const claims = claimsOf(token);
    expect(claims).toMatchObject({ utypid: 2, aud: 'adobe:default' });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(4 * 3600);
    const rows = await app.database.read((manager) =>
      manager.query('SELECT customer_id c, api_client_id a FROM access_token ORDER BY id DESC LIMIT 1'),
    );
    expect(rows).toMatchObject([{ c: null, a: claims['uid'] }]);
  });

  it('is worth nothing once its row is revoked, or its time is over', async () => {
    const ann = await app.aCustomer();
    const [late, revoked] = [await adminToken(app), await adminToken(app)];
    const read = async (token: string): Promise<number> =>
      (await callerOf(app, token)('GET', `customers/${ann.id}/permissions/readonly`)).status;
    expect(await read(revoked)).toBe(200);

    const revoke = 'UPDATE access_token SET revoked_at = issued_at WHERE id = ';
    const newest = '(SELECT id FROM (SELECT MAX(id) id FROM access_token WHERE customer_id IS NULL) newest)';
    await app.database.transaction((tx) => tx.query(revoke + newest));
    expect([await read(revoked), await read(late)]).toEqual([401, 200]);
    app.clock.advance(4 * 3600);

    expect(await read(late)).toBe(401);
  });

  it('refuses a wrong password and an unknown name alike, and a name after six failures (SEC-39, SEC-45)', async () => {
    const sign = (body: object): unknown => callerOf(app)('POST', ADMIN, body);
    const refused = { status: 401, body: { message: texts.signInRefused } };

    for (let tries = 0; tries < 6; tries += 1) {
      const again = await sign({ ...BOSS, password: 'wrong' });
      expect(again).toMatchObject(refused);
    }
    expect(await sign({ username: 'nobody', password: 'wrong' })).toMatchObject(refused);
    expect(await sign({ username: 'DEMO-ADMIN', password: BOSS.password })).toMatchObject(refused);

    expect(await sign(BOSS)).toMatchObject(refused);
    app.clock.advance(1801);
    expect(await sign(BOSS)).toMatchObject({ status: 200 });
  });

  it('is no door for customers, and the other way round (SEC-50)', async () => {
    const ann = await app.aCustomer();

    const asAdmin = await callerOf(app)('POST', ADMIN, { username: ann.email, password: ann.password });
    const asCustomer = await callerOf(app)('POST', CUSTOMER, BOSS);

    expect([asAdmin.status, asCustomer.status]).toEqual([401, 401]);
  });
});
