import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { anAddress, bodiesOf, clientOf, operations, refusal, texts } from './wire.js';

const LIMITS_OFF = { limits: 'off' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** Everything of an answer that a stranger sees, but for what differs by the moment. */
function visible({ status, headers, text }: Answer): object {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  return { status, headers: others, text };
}

async function lock({ email }: TestCustomer): Promise<void> {
  for (let time = 0; time < 10; time += 1) {
    await clientOf(app)(operations.generateCustomerToken, { email, password: 'wrong' });
  }
}

/** One account of each kind that a stranger must not be able to tell from another. */
async function oneOfEachKind(): Promise<Record<string, TestCustomer>> {
  const locked = await app.aCustomer();
  await lock(locked);
  return {
    known: await app.aCustomer(),
    unknown: { number: 0, id: 0, email: 'nobody@example.com', password: 'wrong' },
    locked,
    disabled: await app.aCustomer({ state: 'disabled' }),
    invited: await app.aCustomer({ state: 'invited' }),
    passwordless: await app.aCustomer({ password: null }),
    unconfirmed: await app.aCustomer({ emailConfirmed: false }),
  };
}

const ask = ({ email }: { email: string }, from = anAddress()): Promise<Answer> =>
  clientOf(app, from)(operations.requestPasswordResetEmail, { email });

describe('in private mode (SEC-75)', () => {
  beforeEach(() => app.setUp({ policy: LIMITS_OFF }));

  it('a sign-in is refused with the same bytes, whatever account is behind the address', async () => {
    const accounts = Object.values(await oneOfEachKind());

    const answers = await Promise.all(
      accounts.map(({ email }) => clientOf(app)(operations.generateCustomerToken, { email, password: 'not the one' })),
    );

    const [first] = answers;
    expect(first?.body).toEqual(refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication'));
    expect(answers.map(visible)).toEqual(answers.map(() => first && visible(first)));
  });

  it('so is one with the right password of an account that is locked or disabled', async () => {
    const { locked, disabled, invited, unknown } = await oneOfEachKind();

    const answers = await Promise.all(
      [unknown, locked, disabled, invited].map((account) =>
        clientOf(app)(operations.generateCustomerToken, { email: account?.email, password: account?.password }),
      ),
    );

    const [first] = answers;
    expect(answers.map(visible)).toEqual(answers.map(() => first && visible(first)));
  });

  it('a reset is accepted with the same bytes, whatever account is behind the address', async () => {
    const accounts = Object.values(await oneOfEachKind());

    const answers = await Promise.all(accounts.map((account) => ask(account)));

    const [first] = answers;
    expect(first?.body).toEqual({ data: { requestPasswordResetEmail: true } });
    expect(answers.map(visible)).toEqual(answers.map(() => first && visible(first)));
  });

  it('the mail tells them apart: it goes to those who may reset, the locked one too (SEC-43)', async () => {
    const accounts = await oneOfEachKind();
    for (const account of Object.values(accounts)) await ask(account);

    const mails = await Promise.all(
      Object.entries(accounts).map(async ([kind, { email }]) => [kind, (await app.mailsTo(email)).length]),
    );

    expect(Object.fromEntries(mails)).toEqual({
      known: 1,
      unknown: 0,
      locked: 1,
      disabled: 0,
      invited: 0,
      passwordless: 1,
      unconfirmed: 1,
    });
  });

  it('a token that does not fit is refused with the same bytes, whatever account is behind the address', async () => {
    const accounts = Object.values(await oneOfEachKind());

    const answers = await Promise.all(
      accounts.map(({ email }) =>
        clientOf(app)(operations.resetPassword, {
          email,
          resetPasswordToken: 'A'.repeat(32),
          newPassword: 'another fine password',
        }),
      ),
    );

    const [first] = answers;
    expect(first?.body).toEqual(refusal('resetPassword', texts.mismatched));
    expect(answers.map(visible)).toEqual(answers.map(() => first && visible(first)));
  });

  it('a request too many is answered as the others, for a known and an unknown address', async () => {
    await app.setUp({});
    const ann = await app.aCustomer();

    const answers = [
      await ask(ann),
      await ask(ann),
      await ask({ email: 'x@example.com' }),
      await ask({ email: 'x@example.com' }),
    ];

    const [first] = answers;
    expect(answers.map(visible)).toEqual(answers.map(() => first && visible(first)));
  });

  it('a locked account can be reset', async () => {
    const ann = await app.aCustomer();
    await lock(ann);
    await ask(ann);
    const { secret } = await app.lastMail(ann.email);

    const answer = await clientOf(app)(operations.resetPassword, {
      email: ann.email,
      resetPasswordToken: secret,
      newPassword: 'another fine password',
    });

    expect(answer.body).toEqual({ data: { resetPassword: true } });
  });
});

describe('in vendor mode, generateCustomerToken', () => {
  it('has the general text for every account all the same', async () => {
    await app.setUp({ policy: { disclosure: 'vendor', ...LIMITS_OFF } });
    const accounts = Object.values(await oneOfEachKind());

    const answers = await Promise.all(
      accounts.map(({ email }) => clientOf(app)(operations.generateCustomerToken, { email, password: 'not the one' })),
    );

    const refused = refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication');
    expect(bodiesOf(answers)).toEqual(answers.map(() => refused));
  });
});
