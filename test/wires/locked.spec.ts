import { doorsOf } from '../access/doors.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { requests, signIns } from './doors.js';
import { WIRES, wiresOf, type Wire, type WireName } from './wires.js';

const NEW = 'four words of my own';
const WRONG = 'not the password';

let app: TestApp;
let wires: Record<WireName, Wire>;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  wires = wiresOf(app);
});

afterAll(() => app.stop());

const isLocked = async ({ number }: TestCustomer): Promise<boolean> =>
  (await app.admin('GET', `/customers/${number}`)).body.lockedUntil !== null;

async function aLockedCustomer(): Promise<TestCustomer> {
  const ann = await app.aCustomer();
  for (let tries = 0; tries < 10; tries += 1) await wires.adobe.signIn(ann.email, WRONG);
  if (!(await isLocked(ann))) throw new Error('the account is not locked');
  return ann;
}

it.each(requests)('a lock does not keep the owner from $name (SEC-43)', async ({ knock }) => {
  const ann = await aLockedCustomer();

  await knock(app, ann.email, '');

  expect((await app.lastMail(ann.email)).secret).toHaveLength(32);
});

it.each(WIRES)('a lock does not keep the owner from finishing a reset through %s, which ends it for every API (SEC-38, SEC-43)', async (name) => {
  const ann = await aLockedCustomer();

  const secret = await wires[name].ask(ann.email);
  const stillLocked = await isLocked(ann);
  const finished = await wires[name].finish({ ...ann, secret }, NEW);

  expect([stillLocked, finished, await isLocked(ann)]).toEqual([true, true, false]);
  for (const wire of WIRES) expect([wire, await wires[wire].signIn(ann.email, NEW)]).toEqual([wire, expect.any(String)]);
}); // prettier-ignore

it('asking for resets, and guessing at secrets, locks nobody out (SEC-32, SEC-43)', async () => {
  const ann = await app.aCustomer();
  const doors = Object.entries(doorsOf(app)).filter(([name]) => /[Rr]eset|confirm|Activate|activate|Verify/.test(name));

  for (let time = 0; time < 3; time += 1) {
    for (const { knock } of requests) await knock(app, ann.email, '');
    for (const [, knock] of doors) await knock({ secret: `${time}`.repeat(32), owner: ann });
  }

  expect(doors.length).toBeGreaterThan(9);
  expect(await isLocked(ann)).toBe(false);
  for (const wire of WIRES) expect([wire, await wires[wire].signIn(ann.email, ann.password)]).toEqual([wire, expect.any(String)]); // prettier-ignore
});

it.each(signIns)('nine wrong passwords by $name lock nobody out, ten do (SEC-41, SEC-43)', async ({ knock }) => {
  const ann = await app.aCustomer();

  for (let tries = 0; tries < 9; tries += 1) await knock(app, ann.email, WRONG);
  const before = await isLocked(ann);
  await knock(app, ann.email, WRONG);

  expect([before, await isLocked(ann)]).toEqual([false, true]);
});
