import { aNewEmail, told } from '../adobe/wire.js';
import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { adminToken, callerOf, INTEGRATION, missing, NO_ENTITY, NO_ENTITY_2, type Call } from './wire.js';

const INVALID = 'The confirmation token is invalid. Verify the token and try again.';
const ACTIVE = 'The account is already active.';

let app: TestApp;
let staff: Call;

beforeAll(async () => {
  app = await TestApp.start();
  staff = callerOf(app, INTEGRATION);
  await app.setUp({ adobe: { confirmationRequired: true } });
});

afterAll(() => app.stop());

interface Waiting {
  readonly id: number;
  readonly email: string;
  readonly key: string;
}

/** A new account that waits for its confirmation. */
async function aWaitingCustomer(): Promise<Waiting> {
  const email = aNewEmail();
  const customer = { email, firstname: 'Mira', lastname: 'Shah' };
  const { body } = await callerOf(app)('POST', 'customers', { customer, password: PASSWORD });
  return { id: body.id, email, key: (await app.lastMail(email)).secret };
}

const signIn = (username: string): Promise<Answer> =>
  callerOf(app)('POST', 'integration/customer/token', { username, password: PASSWORD });

const noEmail = (email: string, websiteId: unknown): object => ({
  message: NO_ENTITY_2,
  parameters: { fieldName: 'email', fieldValue: email, field2Name: 'websiteId', field2Value: websiteId },
});

it.each([
  ['PUT …/:email/activate', (call: Call, { email, key }: Waiting) => call('PUT', `customers/${encodeURIComponent(email)}/activate`, { confirmationKey: key })], // prettier-ignore
  ['POST …/activate', (call: Call, { email, key }: Waiting) => call('POST', 'customers/activate', { email, confirmationKey: key })], // prettier-ignore
] as const)('%s confirms an account once, by its key alone', async (_, activate) => {
  const mira = await aWaitingCustomer();
  expect(told(await signIn(mira.email))).toEqual([401, { message: "This account isn't confirmed. Verify and try again." }]); // prettier-ignore
  expect((await staff('GET', `customers/${mira.id}/confirm`)).body).toBe('account_confirmation_required');
  expect(told(await activate(staff, { ...mira, key: 'x'.repeat(32) }))).toEqual([400, { message: INVALID }]);

  const { status, body } = await activate(staff, mira);

  expect([status, body.id]).toEqual([200, mira.id]);
  expect((await staff('GET', `customers/${mira.id}/confirm`)).body).toBe('account_confirmed');
  expect((await signIn(mira.email)).status).toBe(200);
  expect(told(await activate(staff, mira))).toEqual([400, { message: ACTIVE }]);
});

it('takes no key of another account, and none that is over (SEC-31)', async () => {
  const [mira, noor] = [await aWaitingCustomer(), await aWaitingCustomer()];
  const activate = async (email: string, confirmationKey: string): Promise<unknown> =>
    told(await staff('POST', 'customers/activate', { email, confirmationKey }));

  expect(await activate(noor.email, mira.key)).toEqual([400, { message: INVALID }]);
  expect(await activate('nobody@example.com', mira.key)).toEqual([404, noEmail('nobody@example.com', expect.any(Number))]); // prettier-ignore
  expect(await activate('no address', mira.key)).toEqual([404, noEmail('no address', expect.any(Number))]);
  expect(await activate(mira.email, '')).toEqual([400, missing('confirmationKey')]);
  app.clock.advance(24 * 3600);
  expect(await activate(mira.email, mira.key)).toEqual([400, { message: 'This confirmation key is invalid or has expired.' }]); // prettier-ignore
});

it('PUT …/me/activate says that whoever is signed in is active', async () => {
  const me = callerOf(app, await app.signedIn(await app.aCustomer()));

  expect(told(await me('PUT', 'customers/me/activate', { confirmationKey: 'x'.repeat(32) }))).toEqual([400, { message: ACTIVE }]); // prettier-ignore
  expect(told(await me('PUT', 'customers/me/activate', {}))).toEqual([400, missing('confirmationKey')]);
});

it('POST …/confirm mails the key once more, which voids the one before', async () => {
  const mira = await aWaitingCustomer();
  const { website_id: websiteId } = (await staff('GET', `customers/${mira.id}`)).body;

  const answer = await staff('POST', 'customers/confirm', { email: mira.email, websiteId, redirectUrl: 'https://evil.example' }); // prettier-ignore

  expect(told(answer)).toEqual([200, true]);
  const { secret, link } = await app.lastMail(mira.email);
  expect(link).toContain(`/customer/account/confirm/?id=${mira.id}&key=${secret}`);
  expect(link).not.toContain('evil');
  expect((await staff('POST', 'customers/activate', { email: mira.email, confirmationKey: mira.key })).status).toBe(
    400,
  );
  expect((await staff('POST', 'customers/activate', { email: mira.email, confirmationKey: secret })).status).toBe(200);
});

it('POST …/confirm has no limit of networks, as machines have none', async () => {
  const from = '192.0.2.91';
  const headers = { authorization: `Bearer ${INTEGRATION}` };
  const body = { email: (await app.aCustomer()).email };

  for (let times = 0; times < 12; times += 1) {
    const answer = await app.request({ method: 'POST', url: '/rest/V1/customers/confirm', from, headers, body });
    if (times < 5) expect(answer.body).toEqual({ message: "Confirmation isn't needed." });
    else expect(told(answer)).toEqual([200, true]); // no more mails to one address, which says nothing
  }
});

it('POST …/confirm tells who waits for nothing, and who is not there', async () => {
  const ann = await app.aCustomer();
  const { website_id: websiteId } = (await staff('GET', `customers/${ann.id}`)).body;
  const ask = async (email: string, website: number): Promise<unknown> =>
    told(await staff('POST', 'customers/confirm', { email, websiteId: website }));

  expect(await ask(ann.email, websiteId)).toEqual([400, { message: "Confirmation isn't needed." }]);
  expect(await ask('nobody@example.com', websiteId)).toEqual([404, noEmail('nobody@example.com', websiteId)]);
  expect(await ask(ann.email, 99)).toEqual([404, noEmail(ann.email, 99)]);
  expect(await ask('', 1)).toEqual([400, missing('email')]);
});

describe('PUT /V1/customers/validate', () => {
  it('says what is wrong with a customer, and stores nothing', async () => {
    const good = { email: aNewEmail(), firstname: 'Mira', lastname: 'Shah' };
    const bad = { email: 'plain', firstname: ' ', lastname: '', gender: 9, addresses: [{ city: 'Graz' }] };

    expect((await staff('PUT', 'customers/validate', { customer: good })).body).toEqual({ valid: true, messages: [] });
    const { status, body } = await staff('PUT', 'customers/validate', { customer: bad });

    expect([status, body.valid]).toEqual([200, false]);
    expect(body.messages).toEqual([
      '"plain" is not a valid email address.',
      '"9" is not a valid gender value.',
      '"First Name" is a required value.',
      '"Last Name" is a required value.',
      ...['firstname', 'lastname', 'street', 'country_id', 'telephone'].map(
        (field) => `"${field}" is required. Enter and try again.`,
      ),
    ]);
    expect((await app.admin('GET', `/customers?email=${good.email}`)).body.items).toEqual([]);
  });
});

describe('POST /V1/customers/:id/token', () => {
  it('makes an administrator the customer, where that is agreed', async () => {
    const ann = await app.aCustomer();
    const admin = callerOf(app, await adminToken(app));
    const refused = await admin('POST', `customers/${ann.id}/token`);
    const { website_id } = (await staff('GET', `customers/${ann.id}`)).body;
    const customer = { email: ann.email, firstname: 'Ann', lastname: 'Lee', website_id, extension_attributes: { assistance_allowed: 2 } }; // prettier-ignore
    await staff('PUT', `customers/${ann.id}`, { customer });

    const { status, body } = await admin('POST', `customers/${ann.id}/token`);

    expect(told(refused)).toEqual([401, { message: 'Allow remote shopping assistance is disabled.' }]);
    expect(status).toBe(200);
    expect((await callerOf(app, body)('GET', 'customers/me')).body.id).toBe(ann.id);
    expect(told(await admin('POST', 'customers/999999/token'))).toEqual([404, { message: NO_ENTITY, parameters: { fieldName: 'customerId', fieldValue: 999999 } }]); // prettier-ignore
  });
});

describe('POST /V1/customers/isEmailAvailable', () => {
  it('is always true, a malformed address too, unless the shop wants the truth', async () => {
    const ann = await app.aCustomer();
    const ask = async (customerEmail: unknown): Promise<unknown> => told(await callerOf(app)('POST', 'customers/isEmailAvailable', { customerEmail, websiteId: 1 })); // prettier-ignore

    for (const email of [ann.email, 'nobody@example.com', 'plain']) expect(await ask(email)).toEqual([200, true]);
    expect(await ask('')).toEqual([400, missing('customerEmail')]);

    await app.setUp({ adobe: { emailAvailableTruth: true } });
    expect([await ask(ann.email), await ask('nobody@example.com'), await ask('plain')]).toEqual([[200, false], [200, true], [200, true]]); // prettier-ignore
  });
});
