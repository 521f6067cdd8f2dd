import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { Visitor } from '../pages/visitor.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const link = ({ number }: Pick<TestCustomer, 'number'>): Promise<Answer> =>
  app.admin('POST', `/customers/${number}/activation-url`);
const invite = ({ number }: Pick<TestCustomer, 'number'>): Promise<Answer> =>
  app.admin('POST', `/customers/${number}/invite`);

const aRecord = (state = 'disabled'): Promise<TestCustomer> => app.aCustomer({ password: null, state });

async function stateOf({ number }: TestCustomer): Promise<string> {
  return (await app.admin('GET', `/customers/${number}`)).body.state;
}

/** Whether a link shows the form; looking spends nothing. */
async function opens(url: string): Promise<boolean> {
  return (await new Visitor(app).open(url)).status === 200;
}

it('makes a link to hand out, which mails nothing and leaves the state', async () => {
  const ann = await aRecord();

  const { status, body } = await link(ann);

  expect(status).toBe(200);
  expect(body).toEqual({
    url: expect.stringMatching(new RegExp(`^http://localhost:3000/account/activate/${ann.number}/[A-Za-z0-9]{32}$`)),
  });
  expect(await stateOf(ann)).toBe('disabled');
  expect(await app.mailsTo(ann.email)).toEqual([]);
  expect(app.logged.join('')).not.toContain(String(body.url).split('/').at(-1));
});

it('keeps the newest link alone, for 30 days', async () => {
  const ann = await aRecord('invited');
  const { body: first } = await link(ann);
  const { body: second } = await link(ann);

  expect([await opens(first.url), await opens(second.url)]).toEqual([false, true]);
  app.clock.advance(30 * 24 * 3600 - 1);
  expect(await opens(second.url)).toBe(true);
  app.clock.advance(1);
  expect(await opens(second.url)).toBe(false);
});

it.each(['disabled', 'invited', 'declined'])('invites a customer who is %s', async (state) => {
  const ann = await aRecord(state);

  const { status, text } = await invite(ann);

  expect([status, text]).toEqual([204, '']);
  expect(await stateOf(ann)).toBe('invited');
  const mail = await app.lastMail(ann.email);
  expect(mail.subject).toBe('Activate your account at Demo Store');
  expect(mail.text).toContain('within 30 days.');
  expect(await opens(mail.link)).toBe(true);
});

it('voids the link before by an invitation', async () => {
  const ann = await aRecord();
  const { body } = await link(ann);

  await invite(ann);

  expect(await opens(body.url)).toBe(false);
});

it.each([
  ['activation-url', link],
  ['invite', invite],
] as const)('refuses %s for whom it is of no use, and changes nothing', async (_name, call) => {
  const [enabled, locked] = [await app.aCustomer(), await aRecord()];
  await app.database.transaction((tx) =>
    app.database.change(tx, "UPDATE customer SET disabled_by = 'staff' WHERE id = ?", [locked.id]),
  );

  const answers = [await call(enabled), await call(locked), await call({ number: 4711 })];

  expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
    [409, 'The customer has an account already.'],
    [409, 'The customer is disabled.'],
    [404, 'There is no such customer.'],
  ]);
  expect(await Promise.all([enabled, locked].map(stateOf))).toEqual(['enabled', 'disabled']);
  expect([...(await app.mailsTo(enabled.email)), ...(await app.mailsTo(locked.email))]).toEqual([]);
});

it('makes no link for a customer who has declined', async () => {
  const { status, body } = await link(await aRecord('declined'));

  expect([status, body.detail]).toEqual([409, 'The customer has declined; send an invitation.']);
});

it('stops inviting over what an address may get, and leaves all as it was (SEC-73)', async () => {
  const ann = await aRecord();
  for (let at = 0; at < 5; at += 1) await invite(ann);
  const { link: last } = await app.lastMail(ann.email);

  const refused = await invite(ann);

  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(await app.mailsTo(ann.email)).toHaveLength(5);
  expect(await opens(last)).toBe(true);
});

it('asks for a token of staff', async () => {
  const ann = await aRecord();

  for (const verb of ['activation-url', 'invite']) {
    const { status } = await app.request({ method: 'POST', url: `/admin/v1/customers/${ann.number}/${verb}` });
    expect(status).toBe(401);
  }
  expect(await stateOf(ann)).toBe('disabled');
});
