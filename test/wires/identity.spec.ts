import { TestApp } from '../support/test-app.js';
import { WIRES, wiresOf, type Wire, type WireName } from './wires.js';

let app: TestApp;
let wires: Record<WireName, Wire>;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  wires = wiresOf(app);
});

afterAll(() => app.stop());

const pairs = WIRES.flatMap((one) => WIRES.map((other) => [one, other] as const));
const OLD = 'correct horse battery';
const NEW = 'a whole new password';

/** A customer that a wire made, unknown to every other test. */
async function registered(wire: WireName): Promise<{ email: string; number: number }> {
  made += 1;
  const email = `pair-${made}@example.com`;
  await wires[wire].register(email, OLD);
  const { body } = await app.admin('GET', `/customers?email=${email}`);
  return { email, number: body.items[0].number };
}

/** Commerce Layer and Common Ground make no customers yet: the admin API does it for them. */
const MAKERS: Record<WireName, string> = {
  adobe: 'adobe',
  shopify: 'shopify',
  commerceLayer: 'the admin API, for commerceLayer,',
  commonGround: 'the admin API, for commonGround,',
};
const makings = pairs.map(([one, other]) => [MAKERS[one], other, one] as const);

it.each(makings)('signs a customer made through %s in through %s', async (_maker, other, one) => {
  const { email } = await registered(one);

  const token = await wires[other].signIn(email, OLD);

  expect(token).not.toBeNull();
  expect(await wires[other].isAlive(token ?? '')).toBe(true);
  expect(await wires[other].signIn(email, 'a wrong password')).toBeNull();
});

it.each(pairs)(
  'finishes a reset asked through %s by %s, once, and every session of every API dies',
  async (one, other) => {
    const { email, number } = await registered('adobe');
    const sessions = await Promise.all(WIRES.map((name) => wires[name].signIn(email, OLD)));

    const secret = await wires[one].ask(email);
    const finished = await wires[other].finish({ email, number, secret }, NEW);
    const again = await wires[other].finish({ email, number, secret }, `${NEW} again`);

    expect([finished, again]).toEqual([true, false]);
    expect(sessions.every((token) => token !== null)).toBe(true);
    expect(await Promise.all(WIRES.map((name, at) => wires[name].isAlive(sessions[at] ?? '')))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(await wires[one].signIn(email, OLD)).toBeNull();
    expect(await wires[other].signIn(email, NEW)).not.toBeNull();
  },
);

it.each(pairs.filter(([one, other]) => one !== other))('takes no token of %s for one of %s', async (one, other) => {
  const { email } = await registered('adobe');
  const token = await wires[one].signIn(email, OLD);

  expect(await wires[other].isAlive(token ?? '')).toBe(false);
});
