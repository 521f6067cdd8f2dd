import { atClient, sessionOf } from '../common-ground/operations.js';
import { isAlive, linkFor } from '../pages/links.js';
import { accepted } from '../shopify/multipass.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { WIRES, wiresOf, type Wire, type WireName } from './wires.js';

const CHANGE = 'mutation($e:String){userUpdate(email:$e){email}}';

let app: TestApp;
let wires: Record<WireName, Wire>;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  wires = wiresOf(app);
});

afterAll(() => app.stop());

const signIns = ({ email, password }: TestCustomer): Promise<(string | null)[]> =>
  Promise.all(WIRES.map((wire) => wires[wire].signIn(email, password)));

const alive = (tokens: readonly (string | null)[]): Promise<boolean[]> =>
  Promise.all(WIRES.map((wire, at) => wires[wire].isAlive(tokens[at] ?? '')));

/** As somebody who never proved the mailbox: no wire signs such a one in, so the sessions are from before. */
async function neverProven({ id }: TestCustomer): Promise<void> {
  const sql = 'UPDATE customer SET email_confirmed = FALSE WHERE id = ?';
  await app.database.transaction((tx) => app.database.change(tx, sql, [id]));
}

it('ends with the password whatever was planted by who had not proven the mailbox: sessions of every API, and open links (SEC-61, SEC-79)', async () => {
  const ann = await app.aCustomer();
  const planted = await signIns(ann);
  const moved = `moved-${ann.email}`;
  await atClient(app, CHANGE, { e: moved }, await sessionOf(app, ann));
  const links = [(await app.lastMail(moved)).link, (await linkFor(app, ann)).link];
  await neverProven(ann);

  await accepted(app, { email: ann.email });

  expect(await alive(planted)).toEqual([false, false, false, false]);
  expect(await signIns(ann)).toEqual([null, null, null, null]);
  for (const link of links) expect(await isAlive(app, link)).toBe(false);
});

it('leaves password and sessions to who has proven the mailbox (SEC-61)', async () => {
  const ann = await app.aCustomer();
  const before = await signIns(ann);

  await accepted(app, { email: ann.email });

  expect(await alive(before)).toEqual([true, true, true, true]);
  expect((await signIns(ann)).filter((token) => token === null)).toEqual([]);
});
