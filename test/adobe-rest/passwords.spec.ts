import { texts, told } from '../adobe/wire.js';
import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { callerOf, INTEGRATION, missing, NO_ENTITY, NO_ENTITY_2, REQUIRED, several, type Call } from './wire.js';

const NEW = 'another good password';
const EXPIRED = 'The password token is expired. Reset and try again.';
const TOO_MANY = {
  message: 'We received too many requests for password resets. Please wait and try again later or contact %1.',
  parameters: ['hello@demo.example'],
};
const UNKNOWN_SECRET = 'x'.repeat(32);

let app: TestApp;
let guest: Call;
let website: number;

beforeAll(async () => {
  app = await TestApp.start();
  guest = callerOf(app);
  website = (await callerOf(app, INTEGRATION)('GET', `customers/${(await app.aCustomer()).id}`)).body.website_id;
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

const forget = (email: string, more: object = {}, call: Call = guest): Promise<Answer> =>
  call('PUT', 'customers/password', { email, template: 'email_reset', websiteId: website, ...more });

/** The secret that is mailed for a customer. */
async function secretFor({ email }: TestCustomer): Promise<string> {
  expect(told(await forget(email))).toEqual([200, true]);
  return (await app.lastMail(email)).secret;
}

const reset = (email: string, resetToken: string, newPassword = NEW): Promise<Answer> =>
  guest('POST', 'customers/resetPassword', { email, resetToken, newPassword });

const check = (id: number | string, secret: string): Promise<Answer> =>
  guest('GET', `customers/${id}/password/resetLinkToken/${secret}`);

const noEmail = (email: string, websiteId = website): object => ({
  message: NO_ENTITY_2,
  parameters: { fieldName: 'email', fieldValue: email, field2Name: 'websiteId', field2Value: websiteId },
});

describe('the main job', () => {
  it('mails a link that works once, sets the password and ends every session', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const secret = await secretFor(ann);
    expect((await app.lastMail(ann.email)).link).toContain(`/customer/account/createPassword/?token=${secret}`);

    expect(told(await check(ann.id, secret))).toEqual([200, true]);
    expect(told(await check(ann.id, secret))).toEqual([200, true]); // looking spends nothing (SEC-32)
    expect(told(await reset(ann.email, secret))).toEqual([200, true]);

    expect(told(await reset(ann.email, secret))).toEqual([400, { message: texts.mismatched }]);
    expect((await callerOf(app, token)('GET', 'customers/me')).status).toBe(401);
    expect(await app.signedIn({ ...ann, password: NEW })).toEqual(expect.any(String));
  });

  it('names the owner in the link of a reminder', async () => {
    const ann = await app.aCustomer();

    expect(told(await forget(ann.email, { template: 'email_reminder' }))).toEqual([200, true]);

    const { link, secret, subject } = await app.lastMail(ann.email);
    expect(link).toContain(`/customer/account/createPassword/?id=${ann.id}&token=${secret}`);
    expect(subject).toBe('Choose a new password for Demo Store');
  });

  it('writes no secret of a path into the logs (SEC-11)', async () => {
    const ann = await app.aCustomer();
    const secret = await secretFor(ann);

    await check(ann.id, secret);

    const logged = app.logged.join('');
    expect(logged).toContain('resetLinkToken/:token');
    expect(logged).not.toContain(secret);
  });
});

describe('PUT /V1/customers/password', () => {
  it('names both fields that are missing, as the contract shows', async () => {
    expect(told(await guest('PUT', 'customers/password', {}))).toEqual([
      400,
      several([REQUIRED, { fieldName: 'email' }], [REQUIRED, { fieldName: 'template' }]),
    ]);
  });

  it('knows two templates', async () => {
    const answer = await forget('a@b.co', { template: 'email_party' });

    const message = 'Invalid value of "%value" provided for the %fieldName field. Possible values: %template1 or %template2.'; // prettier-ignore
    const parameters = { value: 'email_party', fieldName: 'template', template1: 'email_reset', template2: 'email_reminder' }; // prettier-ignore
    expect(told(answer)).toEqual([400, { message, parameters }]);
  });

  it('tells a stranger nothing in private mode (SEC-75)', async () => {
    const ann = await app.aCustomer();
    const answers = [await forget(ann.email), await forget(ann.email), await forget('nobody@example.com'), await forget('no address'), await forget(ann.email, { websiteId: 99 })]; // prettier-ignore

    expect(answers.map(told)).toEqual(answers.map(() => [200, true]));
    expect(await app.mailsTo(ann.email)).toHaveLength(1);
  });

  it('tells in vendor mode who is not there, and how often one may ask', async () => {
    await app.setUp({ policy: { disclosure: 'vendor' } });
    const ann = await app.aCustomer();

    expect(told(await forget('no.one@example.com'))).toEqual([404, noEmail('no.one@example.com')]);
    expect(told(await forget('no address'))).toEqual([404, noEmail('no address')]);
    expect(told(await forget(ann.email, { websiteId: 99 }))).toEqual([404, noEmail(ann.email, 99)]);
    expect(told(await forget(ann.email))).toEqual([200, true]);
    expect(told(await forget(ann.email))).toEqual([400, TOO_MANY]);
  });

  it('refuses a network that asks too often, in both modes', async () => {
    const from = '192.0.2.77';
    const ask = (): Promise<Answer> => app.request({ method: 'PUT', url: '/rest/V1/customers/password', from, body: { email: 'nobody@example.com', template: 'email_reset' } }); // prettier-ignore

    for (let times = 0; times < 10; times += 1) expect((await ask()).status).toBe(200);

    expect(told(await ask())).toEqual([400, TOO_MANY]);
  });

  it('makes every reset that a machine asks for, and tells it who is not there', async () => {
    const ann = await app.aCustomer();
    const machine = callerOf(app, INTEGRATION);

    expect([await forget(ann.email, {}, machine), await forget(ann.email, {}, machine)].map(told)).toEqual([[200, true], [200, true]]); // prettier-ignore
    expect(await app.mailsTo(ann.email)).toHaveLength(2);
    expect(told(await forget('nobody@example.com', {}, machine))).toEqual([404, noEmail('nobody@example.com')]);
  });
});

describe('POST /V1/customers/resetPassword', () => {
  it('wants an address, a token and a password', async () => {
    const answer = await guest('POST', 'customers/resetPassword', { email: '' });

    expect(told(answer)).toEqual([
      400,
      several([REQUIRED, { fieldName: 'email' }], [REQUIRED, { fieldName: 'resetToken' }], [REQUIRED, { fieldName: 'newPassword' }]), // prettier-ignore
    ]);
  });

  it('has one text in private mode for all that is wrong with the link (SEC-31, SEC-75)', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const secret = await secretFor(ann);

    for (const [email, token] of [
      [ann.email, UNKNOWN_SECRET],
      [bob.email, secret],
      ['nobody@example.com', secret],
      ['no address', secret],
    ] as const) {
      // prettier-ignore
      expect(told(await reset(email, token))).toEqual([400, { message: texts.mismatched }]);
    }
    app.clock.advance(3600);
    expect(told(await reset(ann.email, secret))).toEqual([400, { message: texts.mismatched }]);
  });

  it('tells more in vendor mode', async () => {
    await app.setUp({ policy: { disclosure: 'vendor' } });
    const ann = await app.aCustomer();
    const secret = await secretFor(ann);

    expect(told(await reset('nobody@example.com', secret))).toEqual([404, noEmail('nobody@example.com')]);
    app.clock.advance(3600);
    expect(told(await reset(ann.email, secret))).toEqual([400, { message: EXPIRED }]);
    expect(told(await check(ann.id, secret))).toEqual([400, { message: EXPIRED }]);
    expect(told(await check(999999, secret))).toEqual([404, { message: NO_ENTITY, parameters: { fieldName: 'customerId', fieldValue: 999999 } }]); // prettier-ignore
  });

  it('spends nothing on a password that is refused, and lifts the lock in the end (SEC-30, SEC-43)', async () => {
    const ann = await app.aCustomer();
    const me = callerOf(app, await app.signedIn(ann));
    for (let times = 0; times < 10; times += 1) await me('PUT', 'customers/me/password', { currentPassword: 'wrong', newPassword: NEW }); // prettier-ignore
    const secret = await secretFor(ann);
    const edge = "The password can't begin or end with a space. Verify the password and try again.";

    expect(told(await reset(ann.email, secret, ` ${NEW}`))).toEqual([400, { message: edge }]);
    expect((await reset(ann.email, secret, 'x'.repeat(257))).body.parameters).toEqual(['256']);
    expect(told(await reset(ann.email, secret))).toEqual([200, true]);

    expect(await app.signedIn({ ...ann, password: NEW })).toEqual(expect.any(String));
  });

  it('closes the door after ten wrong links from a network', async () => {
    const from = '192.0.2.78';
    const guess = (): Promise<Answer> => app.request({ url: `/rest/V1/customers/1/password/resetLinkToken/${UNKNOWN_SECRET}`, from }); // prettier-ignore

    for (let times = 0; times < 10; times += 1) expect((await guess()).body.message).toBe(texts.mismatched);

    expect(told(await guess())).toEqual([400, { message: texts.tooMany }]);
  });
});

describe('GET /V1/customers/:customerId/password/resetLinkToken/:token', () => {
  it('wants the very customer of the link (SEC-31)', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const secret = await secretFor(ann);

    for (const id of [bob.id, 999999, 'abc', 99999999999]) {
      expect(told(await check(id, secret))).toEqual([400, { message: texts.mismatched }]);
    }
    expect(told(await check(0, secret))).toEqual([400, { message: 'Invalid value of "%value" provided for the %fieldName field.', parameters: { fieldName: 'customerId', value: 0 } }]); // prettier-ignore
    expect(told(await check(ann.id, secret))).toEqual([200, true]);
  });
});

describe('PUT /V1/customers/me/password', () => {
  it('changes it, keeps the presented token alone, and tells the owner', async () => {
    const ann = await app.aCustomer();
    const [token, other] = [await app.signedIn(ann), await app.signedIn(ann)];

    const answer = await callerOf(app, token)('PUT', 'customers/me/password', { currentPassword: PASSWORD, newPassword: NEW }); // prettier-ignore

    expect(told(answer)).toEqual([200, true]);
    expect((await callerOf(app, token)('GET', 'customers/me')).status).toBe(200);
    expect((await callerOf(app, other)('GET', 'customers/me')).status).toBe(401);
    expect((await app.lastMail(ann.email)).subject).toBe('Your password for Demo Store was changed');
  });

  it('refuses a wrong one, then the locked account, then what the policy forbids', async () => {
    const ann = await app.aCustomer();
    const me = callerOf(app, await app.signedIn(ann));
    const change = async (currentPassword: string, newPassword = NEW): Promise<unknown> =>
      told(await me('PUT', 'customers/me/password', { currentPassword, newPassword }));
    const wrong = "The password doesn't match this account. Verify the password and try again.";

    expect(await change('')).toEqual([400, missing('currentPassword')]);
    expect(await change(PASSWORD, ann.email)).toEqual([400, { message: texts.isEmail }]);
    for (let times = 0; times < 9; times += 1) expect(await change('wrong')).toEqual([401, { message: wrong }]);
    expect(await change('wrong')).toEqual([401, { message: 'The account is locked.' }]);
    expect(await change(PASSWORD)).toEqual([401, { message: 'The account is locked.' }]);
  });
});
