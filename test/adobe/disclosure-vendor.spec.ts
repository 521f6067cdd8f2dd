import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { anAddress, bearer, bodiesOf, clientOf, operations, refusal, texts, told } from './wire.js';

const MINUTE = 60;
const LIMITS_OFF = { limits: 'off' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

async function lock({ email }: TestCustomer): Promise<void> {
  for (let time = 0; time < 10; time += 1) {
    await clientOf(app)(operations.generateCustomerToken, { email, password: 'wrong' });
  }
}

const ask = ({ email }: { email: string }, from = anAddress()): Promise<Answer> =>
  clientOf(app, from)(operations.requestPasswordResetEmail, { email });

describe("in vendor mode, requestPasswordResetEmail answers with the vendor's table", () => {
  const OPERATION = 'requestPasswordResetEmail';
  const CANNOT = refusal(OPERATION, "Cannot reset the customer's password");

  beforeEach(() => app.setUp({ policy: { disclosure: 'vendor' } }));

  it('true for an account, and a mail', async () => {
    const ann = await app.aCustomer();

    const answer = await ask(ann);

    expect(told(answer)).toEqual([200, { data: { requestPasswordResetEmail: true } }]);
    expect(await app.mailsTo(ann.email)).toHaveLength(1);
  });

  it.each([
    ['', 'You must specify an email address.'],
    ['ann', 'The email address has an invalid format.'],
    ['nobody@example.com', "Cannot reset the customer's password"],
  ])('an error for %j', async (email, message) => {
    const answer = await ask({ email });

    expect(told(answer)).toEqual([200, refusal(OPERATION, message)]);
  });

  it('the general error for an account that is disabled', async () => {
    const answer = await ask(await app.aCustomer({ state: 'disabled' }));

    expect(answer.body).toEqual(CANNOT);
  });

  it('that the account is locked, and no mail, also where a limit would refuse', async () => {
    const ann = await app.aCustomer();
    await ask(ann);
    await app.setUp({ policy: { disclosure: 'vendor', ...LIMITS_OFF } });
    await lock(ann);
    await app.setUp({ policy: { disclosure: 'vendor' } });

    const answer = await ask(ann);

    expect(answer.body).toEqual(refusal(OPERATION, 'The account is locked'));
    expect(await app.mailsTo(ann.email)).toHaveLength(1);
  });

  it('the general error within ten minutes of the last mail to the address', async () => {
    const ann = await app.aCustomer();
    await ask(ann);

    app.clock.advance(10 * MINUTE - 1);
    const soon = await ask(ann);
    app.clock.advance(1);
    const later = await ask(ann);

    expect(soon.body).toEqual(CANNOT);
    expect(later.body).toEqual({ data: { requestPasswordResetEmail: true } });
    expect(await app.mailsTo(ann.email)).toHaveLength(2);
  });

  it('the general error within ten minutes of the last mail that the network asked for', async () => {
    const from = anAddress();
    await ask(await app.aCustomer(), from);
    const bob = await app.aCustomer();

    const same = await ask(bob, from);
    const other = await ask(bob);

    expect(same.body).toEqual(CANNOT);
    expect(other.body).toEqual({ data: { requestPasswordResetEmail: true } });
  });

  it('the same as for nobody, headers too, once a limit of mails is reached: when it ends would tell of the account (SEC-77)', async () => {
    const ann = await app.aCustomer();
    await ask(ann);

    const [known, unknown] = [await ask(ann), await ask({ email: 'nobody@example.com' })];

    expect(known.body).toEqual(unknown.body);
    expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers));
    expect(known.headers['retry-after']).toBeUndefined();
  });

  it('the general error for the sixth mail of a network within an hour', async () => {
    const from = anAddress();
    const answers: Answer[] = [];
    for (let time = 0; time < 7; time += 1) {
      answers.push(await ask(await app.aCustomer(), from));
      app.clock.advance(10 * MINUTE);
    }

    const sent = { data: { requestPasswordResetEmail: true } };
    expect(bodiesOf(answers)).toEqual([sent, sent, sent, sent, sent, CANNOT, sent]);
  });

  it('no limit where the realm has none', async () => {
    await app.setUp({ policy: { disclosure: 'vendor', ...LIMITS_OFF } });
    const ann = await app.aCustomer();

    const answers = [await ask(ann), await ask(ann), await ask(ann)];

    expect(bodiesOf(answers)).toEqual(Array(3).fill({ data: { requestPasswordResetEmail: true } }));
  });
});

describe("in vendor mode, resetPassword answers with the vendor's table", () => {
  const OPERATION = 'resetPassword';

  beforeEach(() => app.setUp({ policy: { disclosure: 'vendor', ...LIMITS_OFF } }));

  const reset = (email: string, secret = 'A'.repeat(32), password = 'another fine password'): Promise<Answer> =>
    clientOf(app)(operations[OPERATION], { email, resetPasswordToken: secret, newPassword: password });

  async function mailedSecret(customer: TestCustomer): Promise<string> {
    await ask(customer);
    return (await app.lastMail(customer.email)).secret;
  }

  it('an error for an unknown address', async () => {
    expect((await reset('nobody@example.com')).body).toEqual(refusal(OPERATION, "Cannot set the customer's password"));
  });

  it('that the account is locked, before it looks at the token', async () => {
    const ann = await app.aCustomer();
    const secret = await mailedSecret(ann);
    await lock(ann);

    const answers = [await reset(ann.email, secret), await reset(ann.email)];

    const locked = refusal(OPERATION, 'The account is locked');
    expect(bodiesOf(answers)).toEqual([locked, locked]);
  });

  it('that the token is mismatched', async () => {
    const ann = await app.aCustomer();

    expect((await reset(ann.email)).body).toEqual(refusal(OPERATION, texts.mismatched));
  });

  it('that the token is expired', async () => {
    const ann = await app.aCustomer();
    const secret = await mailedSecret(ann);

    app.clock.advance(60 * MINUTE);

    expect((await reset(ann.email, secret)).body).toEqual(
      refusal(OPERATION, 'The password token is expired. Reset and try again.'),
    );
  });

  it('what is wrong with the password', async () => {
    const ann = await app.aCustomer();

    expect((await reset(ann.email, await mailedSecret(ann), 'short')).body).toEqual(refusal(OPERATION, texts.tooShort));
  });

  it('true for what fits', async () => {
    const ann = await app.aCustomer();

    expect((await reset(ann.email, await mailedSecret(ann))).body).toEqual({ data: { resetPassword: true } });
  });
});

describe("in both modes, changeCustomerPassword answers with the vendor's table", () => {
  const OPERATION = 'changeCustomerPassword';

  it.each(['private', 'vendor'])('in %s mode', async (disclosure) => {
    await app.setUp({ policy: { disclosure } });
    const ann = await app.aCustomer();
    const headers = bearer(await app.signedIn(ann));
    const change = (currentPassword: string, newPassword: string): Promise<Answer> =>
      clientOf(app)(operations[OPERATION], { currentPassword, newPassword }, headers);

    const answers = [
      await clientOf(app)(operations[OPERATION], { currentPassword: 'x', newPassword: 'y' }),
      await change('', 'whatever it is'),
      await change('whatever it is', ''),
      await change('wrong', 'whatever it is'),
    ];
    for (let time = 0; time < 9; time += 1) await change('wrong', 'whatever it is');
    answers.push(await change(ann.password, 'whatever it is'));

    expect(bodiesOf(answers)).toEqual([
      refusal(OPERATION, texts.unauthorized, 'graphql-authorization'),
      refusal(OPERATION, 'Specify the "currentPassword" value.'),
      refusal(OPERATION, 'Specify the "newPassword" value.'),
      refusal(OPERATION, 'Invalid login or password.', 'graphql-authentication'),
      refusal(OPERATION, 'The account is locked.', 'graphql-authentication'),
    ]);
  });
});
