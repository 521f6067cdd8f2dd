import { TestApp, type Answer } from '../support/test-app.js';
import { anAddress, clientOf, operations, refusal } from './wire.js';

const OPERATION = 'resendConfirmationEmail';
const SENT = { data: { [OPERATION]: true } };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => app.setUp({}));

afterAll(() => app.stop());

const resend = (email: string, from = anAddress()): Promise<Answer> =>
  clientOf(app, from)(operations[OPERATION], { email });

const confirm = (email: string, key: string): Promise<Answer> => clientOf(app)(operations.confirmEmail, { email, key });

const mailsTo = async (email: string): Promise<number> => (await app.mailsTo(email)).length;

/** Everything of an answer that a stranger sees, but for what differs by the moment. */
function visible({ status, headers, text }: Answer): object {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  return { status, headers: others, text };
}

it('mails a new key, which voids the one before (SEC-29)', async () => {
  const { email } = await app.aCustomer({ emailConfirmed: false });
  await resend(email);
  const first = await app.lastMail(email);

  const answer = await resend(` ${email.toUpperCase()}`);
  const second = await app.lastMail(email);
  const [old, now] = [await confirm(email, first.secret), await confirm(email, second.secret)];

  expect(answer.body).toEqual(SENT);
  expect(second.subject).toBe('Please confirm your account at Demo Store');
  expect(second.text).toContain('within 24 hours');
  expect(old.body.data.confirmEmail).toBeNull();
  expect(now.body.data.confirmEmail.customer.email).toBe(email);
});

it('looks the same for every account, and mails only where one waits (SEC-75)', async () => {
  const waiting = await app.aCustomer({ emailConfirmed: false });
  const others = [
    await app.aCustomer(),
    await app.aCustomer({ state: 'disabled', emailConfirmed: false }),
    await app.aCustomer({ password: null }),
    { email: 'nobody@example.com' },
  ];

  const first = await resend(waiting.email);
  const answers = [];
  for (const { email } of others) answers.push(await resend(email));

  expect(first.body).toEqual(SENT);
  expect(answers.map(visible)).toEqual(answers.map(() => visible(first)));
  expect(await mailsTo(waiting.email)).toBe(1);
  for (const { email } of others) expect(await mailsTo(email)).toBe(0);
});

it('tells what it did where the realm speaks as the vendor does', async () => {
  await app.setUp({ policy: { disclosure: 'vendor' } });
  const [waiting, ann] = [await app.aCustomer({ emailConfirmed: false }), await app.aCustomer()];

  expect((await resend(waiting.email)).body).toEqual(SENT);
  expect((await resend(ann.email)).body).toEqual(refusal(OPERATION, "Confirmation isn't needed."));
  expect((await resend('nobody@example.com')).body).toEqual(
    refusal(OPERATION, 'There is no user registered with that email address.'),
  );
});

it.each(['', ' ', 'ann', 'ann@example', 'a@b.co,c@d.co', 'Ann <ann@example.com>'])('refuses %j', async (email) => {
  expect((await resend(email)).body).toEqual(refusal(OPERATION, 'Email address is not valid'));
});

it.each(['private', 'vendor'])(
  'stops after 5 mails an hour to one address, and says nothing, %s (SEC-73)',
  async (disclosure) => {
    await app.setUp({ policy: { disclosure } });
    const { email } = await app.aCustomer({ emailConfirmed: false });

    const answers = [];
    for (let at = 0; at < 7; at += 1) answers.push(await resend(email));

    expect(answers.map(({ body }): unknown => body)).toEqual(Array(7).fill(SENT));
    expect(await mailsTo(email)).toBe(5);
    const { secret } = await app.lastMail(email);
    expect((await confirm(email, secret)).body.data.confirmEmail).not.toBeNull();
  },
);

it('shares the budget of an address with resets and registrations (SEC-73)', async () => {
  await app.setUp({ adobe: { confirmationRequired: true } });
  const { email } = await app.aCustomer({ emailConfirmed: false });
  for (let at = 0; at < 2; at += 1) {
    await clientOf(app)(operations.requestPasswordResetEmail, { email });
    app.clock.advance(60);
  }

  for (let at = 0; at < 5; at += 1) await resend(email);

  expect(await mailsTo(email)).toBe(5);
});

it("counts by network whoever it is about, with the vendor's words over it", async () => {
  const from = anAddress();
  const { email } = await app.aCustomer({ emailConfirmed: false });

  for (let at = 0; at < 10; at += 1) await resend(`nobody-${at}@example.com`, from);

  expect((await resend(email, from)).body).toEqual(
    refusal(OPERATION, 'There was an error when sending the confirmation email'),
  );
  expect(await mailsTo(email)).toBe(0);
});
