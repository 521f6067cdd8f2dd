import { createConnection, type Connection } from 'mysql2/promise';
import { databaseUrl } from '../../src/config/index.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { together } from '../support/together.js';
import { until } from '../support/until.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

/** Somebody who does not let go of a customer's rows, such as an instance that is cut off from its network. */
async function holderOf({ id }: TestCustomer, rows = 'customer WHERE id'): Promise<Connection> {
  const holder = await createConnection({ uri: databaseUrl.replace(/^mariadb:/, 'mysql:') });
  await holder.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'); // it holds rows, not what lies between them
  await holder.query('START TRANSACTION');
  await holder.query(`SELECT id FROM ${rows} = ? FOR UPDATE`, [id]);
  return holder;
}

it.each([
  ['account', 'customer WHERE id'],
  ['link', 'password_reset WHERE customer_id'],
])(
  'lets resets that were asked for together with that of a held %s go on, and its own when it is let go',
  async (_what, rows) => {
    const [held, ann, bob] = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
    await app.adobe(ASK, { e: held.email });
    const holder = await holderOf(held, rows);
    const answered: string[] = [];
    const ask = async ({ email }: TestCustomer): Promise<void> => {
      await app.adobe(ASK, { e: email });
      answered.push(email);
    };

    const waiting = ask(held);
    await Promise.all([ask(ann), ask(bob)]);
    await ask(ann);
    const meanwhile = [...answered];
    await holder.end();
    await waiting;

    expect([...meanwhile].sort()).toEqual([ann.email, ann.email, bob.email].sort());
    for (const one of [held, ann, bob]) expect((await app.lastMail(one.email)).secret).toHaveLength(32);
  },
);

it.each([
  ['account,', 'customer WHERE id'],
  ['session, of as many as she may have,', 'access_token WHERE customer_id'],
])('lets those in who sign in together with the owner of a held %s and her when it is let go', async (_what, rows) => {
  await app.setUp({ policy: { limits: 'off', sessionsAlive: 1 } });
  const [held, ann, bob] = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
  const old = await app.signedIn(held);
  const holder = await holderOf(held, rows);
  const answered: string[] = [];
  const signIn = async (customer: TestCustomer): Promise<void> => {
    await app.signedIn(customer);
    answered.push(customer.email);
  };

  const all = together(
    app,
    [held, ann, bob].map((one) => () => signIn(one)),
  );
  await until(() => answered.length === 2);
  const [table = ''] = rows.split(' ');
  const hasTried = app.statements.some((sql) => sql.includes(`FROM ${table}`) && sql.includes('NOWAIT'));
  await signIn(ann);
  const meanwhile = [...answered];
  await holder.end();
  await all;

  expect(hasTried).toBe(true);
  expect([...meanwhile].sort()).toEqual([ann.email, ann.email, bob.email].sort());
  expect(answered[3]).toBe(held.email);
  const authorization = `Bearer ${old}`;
  expect((await app.adobe('{customer{email}}', {}, { authorization })).body.errors).toHaveLength(1);
});

it('refuses those who are wrong together with one of a held account, and that one when it is let go (SEC-40)', async () => {
  const [held, ann, bob] = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
  const holder = await holderOf(held);
  const answered: string[] = [];
  const fail = async ({ email }: TestCustomer): Promise<void> => {
    await app.adobe('mutation($e:String!){generateCustomerToken(email:$e,password:"wrong"){token}}', { e: email });
    answered.push(email);
  };

  const all = together(
    app,
    [held, ann, bob].map((one) => () => fail(one)),
  );
  await until(() => answered.length === 2);
  const hasTried = app.statements.some((sql) => /^SELECT id FROM customer .* NOWAIT$/.test(sql));
  const meanwhile = [...answered];
  await holder.end();
  await all;

  expect(hasTried).toBe(true);
  expect([...meanwhile].sort()).toEqual([ann.email, bob.email].sort());
  for (const { id } of [held, ann, bob]) {
    const [row] = await app.database.select('SELECT failed_sign_ins AS failures FROM customer WHERE id = ?', [id]);
    expect(row?.['failures']).toBe(1);
  }
});
