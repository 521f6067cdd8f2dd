import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, messageOf, operations, texts } from '../adobe/wire.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const verb = ({ number }: TestCustomer, name: string): Promise<Answer> =>
  app.admin('POST', `/customers/${number}/${name}`);

const signIn = ({ email, password }: TestCustomer): Promise<Answer> =>
  clientOf(app)(operations.generateCustomerToken, { email, password });

async function idsOf(path: string): Promise<Record<string, unknown>[]> {
  return (await app.admin('GET', path)).body.items as Record<string, unknown>[];
}

describe('a customer whom staff disable', () => {
  it('is out at once, and stays out whatever is tried, until staff enable (SEC-51, SEC-81)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    await clientOf(app)(operations.requestPasswordResetEmail, { email: ann.email });
    const { secret: resetPasswordToken } = await app.lastMail(ann.email);

    const disabled = await verb(ann, 'disable');
    const session = await clientOf(app)('{customer{id}}', {}, bearer(token));
    const signedIn = await signIn(ann);
    const reset = await clientOf(app)(operations.resetPassword, {
      email: ann.email,
      resetPasswordToken,
      newPassword: 'another password',
    });
    const asked = await verb(ann, 'password-reset');
    const invited = await verb(ann, 'invite');
    await verb(ann, 'unlock');
    const shown = (await app.admin('GET', `/customers/${ann.number}`)).body;
    const enabled = await verb(ann, 'enable');

    expect([disabled.status, disabled.text, enabled.status]).toEqual([204, '', 204]);
    expect([session.status, messageOf(signedIn), messageOf(reset)]).toEqual([
      401,
      texts.signInRefused,
      texts.mismatched,
    ]);
    expect([asked.status, invited.status]).toEqual([409, 409]);
    expect(shown).toMatchObject({ disabledBy: 'staff', state: 'enabled' });
    expect((await signIn(ann)).body.data.generateCustomerToken.token).toEqual(expect.any(String));
  });

  it('does not get the links back that were mailed before (SEC-29)', async () => {
    const ann = await app.aCustomer();
    await clientOf(app)(operations.requestPasswordResetEmail, { email: ann.email });
    const { secret: resetPasswordToken } = await app.lastMail(ann.email);

    await verb(ann, 'disable');
    await verb(ann, 'enable');
    const reset = await clientOf(app)(operations.resetPassword, {
      email: ann.email,
      resetPasswordToken,
      newPassword: 'another password',
    });

    expect(messageOf(reset)).toBe(texts.mismatched);
  });

  it('may be disabled and enabled twice, which leaves one event of each', async () => {
    const ann = await app.aCustomer();

    for (const name of ['disable', 'disable', 'enable', 'enable']) expect((await verb(ann, name)).status).toBe(204);

    const types = (await idsOf(`/customers/${ann.number}/events`)).map(({ type }) => type);
    expect(types).toEqual(['customer_enabled', 'customer_disabled', 'password_created', 'customer_created']);
  });
});

it('mails a reset at staff’s wish, whose link staff never see (SEC-34)', async () => {
  const ann = await app.aCustomer();

  const answers = [await verb(ann, 'password-reset'), await verb(ann, 'password-reset')];

  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [204, ''],
    [204, ''],
  ]);
  const { secret, link } = await app.lastMail(ann.email);
  expect(link).toMatch(/\/account\/reset\//);
  const told = await Promise.all(
    ['events', 'mails', 'tokens'].map((list) => app.admin('GET', `/customers/${ann.number}/${list}`)),
  );
  expect(told.map(({ text }) => text).join('')).not.toContain(secret);
});

it('ends all sessions at staff’s wish (SEC-86)', async () => {
  const ann = await app.aCustomer();
  const [first, second] = [await app.signedIn(ann), await app.signedIn(ann)];
  const before = await idsOf(`/customers/${ann.number}/tokens`);

  const { status } = await verb(ann, 'revoke-tokens');

  const answers = await Promise.all([first, second].map((token) => clientOf(app)('{customer{id}}', {}, bearer(token))));
  expect([status, ...answers.map((answer) => answer.status)]).toEqual([204, 401, 401]);
  expect(before).toEqual(
    [1, 2].map(() => ({
      id: expect.any(Number),
      surface: 'adobe',
      store: 'default',
      issuedAt: expect.any(String),
      expiresAt: expect.any(String),
    })),
  );
  expect(await idsOf(`/customers/${ann.number}/tokens`)).toEqual([]);
});

it('shows what happened to a customer and which mails went out, newest first, in pages', async () => {
  const ann = await app.aCustomer();
  await signIn({ ...ann, password: 'wrong' });
  await signIn(ann);
  await verb(ann, 'password-reset');
  await app.mailsTo(ann.email);

  const events = await app.admin('GET', `/customers/${ann.number}/events?limit=3`);
  const rest = await app.admin('GET', `/customers/${ann.number}/events?limit=3&cursor=${events.body.nextCursor}`);
  const mails = await idsOf(`/customers/${ann.number}/mails`);

  expect([...events.body.items, ...rest.body.items].map(({ type }: { type: string }) => type)).toEqual([
    'reset_requested',
    'login_ok',
    'login_failed',
    'password_created',
    'customer_created',
  ]);
  expect(events.body.items[1]).toEqual({
    id: expect.any(Number),
    type: 'login_ok',
    origin: 'adobe',
    network: expect.any(String),
    requestId: expect.any(String),
    data: {},
    createdAt: expect.stringMatching(/Z$/),
  });
  expect(rest.body.nextCursor).toBeNull();
  expect(mails).toEqual([
    {
      id: expect.any(Number),
      to: ann.email,
      kind: 'password-reset',
      status: 'sent',
      attempts: 1,
      lastError: null,
      createdAt: expect.any(String),
      sentAt: expect.any(String),
    },
  ]);
});

it('leaves an event of each call with the name of its credential', async () => {
  const ann = await app.aCustomer();
  await app.admin('GET', `/customers/${ann.number}`);
  await verb({ ...ann, number: 1 }, 'unlock');

  const { body } = await app.admin('GET', '/events?limit=3');

  const items = body.items as { type: string; data: object }[];
  expect(items.map(({ type, data }) => ({ type, ...data }))).toEqual([
    {
      type: 'admin_call',
      credential: expect.any(String),
      call: 'POST /admin/v1/customers/:number/unlock',
      outcome: 'refused',
    },
    { type: 'admin_call', credential: expect.any(String), call: 'GET /admin/v1/customers/:number', outcome: 'done' },
    { type: 'admin_call', credential: expect.any(String), call: 'POST /admin/v1/customers', outcome: 'done' },
  ]);
});

it('never shows decoys among mails, and retries only what can still be sent', async () => {
  const nobody = 'nobody-at-all@example.com';
  await clientOf(app)(operations.requestPasswordResetEmail, { email: nobody });
  const mails = await idsOf('/mails');
  const [sent] = mails;

  const answers = await Promise.all(
    [String(sent?.['id']), '1', 'x', '0'].map((id) => app.admin('POST', `/mails/${id}/retry`)),
  );

  expect(JSON.stringify(mails)).not.toMatch(/decoy|nobody-at-all/);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
});

it('counts what happened in each hour (SEC-86)', async () => {
  app.clock.advance(2 * 3600);
  const ann = await app.aCustomer();
  await signIn(ann);
  await signIn({ ...ann, password: 'wrong' });
  await clientOf(app)(operations.requestPasswordResetEmail, { email: ann.email });
  const { secret: resetPasswordToken } = await app.lastMail(ann.email);
  await clientOf(app)(operations.resetPassword, { email: ann.email, resetPasswordToken, newPassword: `${PASSWORD} 2` });
  await app.mailsTo(ann.email);

  const { body } = await app.admin('GET', '/stats?hours=2');

  const nothing = { signIns: 0, failures: 0, locks: 0, resetsAsked: 0, resetsMailed: 0, resetsFinished: 0 };
  const hour = app.clock.now().toISOString().replace(/:.*/, ':00:00.000Z');
  expect(body.items).toEqual([
    { hour, signIns: 1, failures: 1, locks: 0, resetsAsked: 1, resetsMailed: 1, resetsFinished: 1 },
    { ...nothing, hour: new Date(Date.parse(hour) - 3_600_000).toISOString() },
  ]);
  expect((await app.admin('GET', '/stats')).body.items).toHaveLength(24);
  expect((await app.admin('GET', '/stats?hours=73')).status).toBe(400);
});
