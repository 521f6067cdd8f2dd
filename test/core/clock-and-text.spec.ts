import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../adobe/wire.js';
import { lock } from '../pages/links.js';
import { TestApp } from '../support/test-app.js';
import { WIRES, wiresOf } from '../wires/wires.js';

const YEARS = 5 * 365 * 24 * 3600;
const PASSWORD = 'a whole new password';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

async function asked(): Promise<{ email: string; secret: string }> {
  const { email } = await app.aCustomer();
  await app.adobe(operations.requestPasswordResetEmail, { email });
  return { email, secret: (await app.lastMail(email)).secret };
}

const finish = async ({ email, secret }: { email: string; secret: string }): Promise<boolean> => {
  const given = { email, resetPasswordToken: secret, newPassword: PASSWORD };
  return (await app.adobe(operations.resetPassword, given)).body.data.resetPassword === true;
};

it('tells what has expired by its own clock, though the database’s is years behind (SEC-82)', async () => {
  app.clock.advance(YEARS);
  const [timely, late] = [await asked(), await asked()];

  app.clock.advance(3599);
  const before = await finish(timely);
  app.clock.advance(1);
  const after = await finish(late);

  expect([before, after]).toEqual([true, false]);
});

it.each(['Ann 👩‍🚀', 'O’Hara "the" \\ \'quoted\'', "x'; DROP TABLE customer; --", '100%_a'])(
  'keeps the text %s as it is: four-byte characters and what SQL would read (SEC-82)',
  async (firstName) => {
    const { number } = await app.aCustomer({ firstName });

    expect((await app.admin('GET', `/customers/${number}`)).body.firstName).toBe(firstName);
  },
);

it('asks nobody for another password as time goes by, on any wire (SEC-22)', async () => {
  const ann = await app.aCustomer();
  const wires = wiresOf(app);

  app.clock.advance(YEARS);

  for (const wire of WIRES) {
    const token = await wires[wire].signIn(ann.email, ann.password);
    expect([wire, await wires[wire].isAlive(token ?? '')]).toEqual([wire, true]);
  }
});

it('has no word in any schema for a hint, a question or a password that ends (SEC-22)', async () => {
  const folder = join(__dirname, '../schema/printed');
  const schemas = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const given = { email: 'hint@example.com', state: 'enabled', passwordHint: 'the dog' };

  const hinted = await app.admin('POST', '/customers', given);

  expect(schemas).toHaveLength(7);
  expect(schemas.join('\n')).not.toMatch(/\w*hint\b|question|must_?change|password_?(?:expir|age)|security_?answer/i);
  expect(hinted.status).toBe(400);
});

it('keeps failures in the database, where every instance counts them (SEC-46)', async () => {
  const ann = await app.aCustomer();
  await lock(app, ann);

  const [row] = await app.database.select('SELECT failed_sign_ins, locked_until FROM customer WHERE id = ?', [ann.id]);
  await app.database.transaction((tx) =>
    app.database.change(tx, 'UPDATE customer SET failed_sign_ins = 0, locked_until = NULL WHERE id = ?', [ann.id]),
  );

  expect([Number(row?.['failed_sign_ins']), row?.['locked_until']]).toEqual([10, expect.anything()]);
  app.clock.advance(3600);
  expect(await app.signedIn(ann)).toEqual(expect.any(String)); // nothing of the lock is kept elsewhere
});
