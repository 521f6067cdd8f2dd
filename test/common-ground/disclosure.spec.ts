import { PasswordHasher } from '#lib/password-hash';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { ASK, asBase64, atClient, comparable, lock, LOGIN, register } from './operations.js';

const STATES = ['known', 'unknown', 'unverified', 'locked', 'disabled', 'a guest'] as const;
type State = (typeof STATES)[number];

let app: TestApp;
let people: Record<State, TestCustomer>;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

/** Addresses of one length, so that nothing but the state differs. */
beforeEach(async () => {
  app.clock.advance(3600); // what one network may do is not what is looked at
  made += 1;
  const email = (name: string): string => `${name}-${String(100 + made)}@example.com`;
  people = {
    known: await app.aCustomer({ email: email('aa') }),
    unknown: { email: email('bb'), password: 'correct horse battery', number: 0, id: 0 },
    unverified: await app.aCustomer({ email: email('cc'), emailConfirmed: false }),
    locked: await app.aCustomer({ email: email('dd') }),
    disabled: await app.aCustomer({ email: email('ee'), state: 'disabled' }),
    'a guest': await app.aCustomer({ email: email('ff'), password: null }),
  };
  await lock(app, people.locked);
});

afterAll(() => app.stop());

/** All that an answer has, to the byte, with the address of whoever asked left out. */
const bytes = (answer: Answer, { email }: TestCustomer): string =>
  JSON.stringify(comparable(answer)).replaceAll(email, 'the address');

const logInAs = ({ email }: TestCustomer, password: string): Promise<Answer> =>
  atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) });

/** What a request costs: hashes made, hashes compared, and statements apart from those of workers. */
async function costOf(run: () => Promise<Answer>): Promise<{ readonly hashes: number[]; readonly statements: number }> {
  const hasher = app.get(PasswordHasher);
  const spies = [jest.spyOn(hasher, 'hash'), jest.spyOn(hasher, 'verify')];
  app.statements.length = 0;
  await run();
  const statements = app.statements.filter(
    (sql) => !/^(BEGIN|COMMIT|START)|rate_counter|mail_message/i.test(sql),
  ).length;
  const hashes = spies.map((spy) => spy.mock.calls.length);
  for (const spy of spies) spy.mockRestore();
  return { hashes, statements };
}

describe.each(STATES.filter((state) => state !== 'unknown'))('somebody who is %s', (state) => {
  it('gets from a login with a wrong password the bytes that nobody gets (SEC-75)', async () => {
    const reference = await logInAs(people.unknown, 'not the password');
    const answer = await logInAs(people[state], 'not the password');

    expect(bytes(answer, people[state])).toBe(bytes(reference, people.unknown));
    expect(reference.status).toBe(200);
  });

  it('gets from userCreatePasswordToken the bytes that nobody gets, again and again (SEC-75, SEC-47)', async () => {
    for (let times = 0; times < 4; times += 1) {
      const reference = await atClient(app, ASK, { e: people.unknown.email });
      const answer = await atClient(app, ASK, { e: people[state].email });

      expect(bytes(answer, people[state])).toBe(bytes(reference, people.unknown));
    }
  });

  it('gets from register the bytes that nobody gets (SEC-75)', async () => {
    const reference = await register(app, people.unknown.email);
    const answer = await register(app, people[state].email);

    expect(bytes(answer, people[state])).toBe(bytes(reference, people.unknown));
    expect(reference.body.data.register.message).toContain(people.unknown.email);
  });

  it('costs a registration one hash, as nobody does (SEC-39, SEC-77)', async () => {
    const taken = await costOf(() => register(app, people[state].email));
    const free = await costOf(() => register(app, people.unknown.email));

    expect([taken.hashes, free.hashes]).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(Math.abs(taken.statements - free.statements)).toBeLessThanOrEqual(2);
  });

  it('costs a login one comparison, as nobody does (SEC-39)', async () => {
    const own = await costOf(() => logInAs(people[state], 'not the password'));
    const nobodys = await costOf(() => logInAs(people.unknown, 'not the password'));

    expect([own.hashes, nobodys.hashes]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(Math.abs(own.statements - nobodys.statements)).toBeLessThanOrEqual(1);
  });
});

it.each(['locked', 'disabled', 'a guest'] as const)(
  'a login with the right password of one who is %s gets the bytes of a wrong one (SEC-41, SEC-75)',
  async (state) => {
    const reference = await logInAs(people.unknown, people.unknown.password);
    const answer = await logInAs(people[state], 'correct horse battery');

    expect(bytes(answer, people[state])).toBe(bytes(reference, people.unknown));
  },
);
