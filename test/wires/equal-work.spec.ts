import { cpuMilliseconds } from '#lib/cpu-time';
import { Argon2Hasher } from '../../libs/password-hash/src/index.js';
import { PasswordHasher } from '#lib/password-hash';
import { TestApp } from '../support/test-app.js';
import { KINDS, oneOfEachKind, type Kind } from './accounts.js';
import { requests, signIns, type Door } from './doors.js';

const WRONG = 'not the password';
/** What opens and ends transactions, and what the workers do after the answer. */
const FRAME = /^(?:BEGIN|START|COMMIT|ROLLBACK)/;
const WORKER = /^(?:SELECT|UPDATE|DELETE)[^]*(?:mail_message|webhook_delivery|waiting > 0)/;

describe('the work of a refusal', () => {
  let app: TestApp;
  let emails: Record<Kind, string>;
  let engine: { verify: (phc: string, password: string) => Promise<boolean>; digest: (...given: never[]) => unknown };

  beforeAll(async () => {
    app = await TestApp.start();
    await app.setUp({ policy: { limits: 'off' } });
    ({ engine } = app.get(PasswordHasher) as unknown as { engine: typeof engine });
  });

  beforeEach(async () => {
    await app.setUp({ policy: { limits: 'off' } });
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.stop());

  /** The lesser of two: what workers look for now and then falls into one of them at most. */
  async function workOf(door: Door, email: string): Promise<{ hashes: number; statements: string[] }> {
    const [one, other] = [await workOnce(door, email), await workOnce(door, email)];
    return one.statements.length <= other.statements.length ? one : other;
  }

  /** How many hashes of our own cost were compared, and which statements ran. */
  async function workOnce(door: Door, email: string): Promise<{ hashes: number; statements: string[] }> {
    const compared = jest.spyOn(engine, 'verify');
    const toppedUp = jest.spyOn(engine, 'digest');
    app.statements.length = 0;
    await door.knock(app, email, WRONG);
    const statements = app.statements.filter((one) => !FRAME.test(one) && !WORKER.test(one)).map(shapeOf);
    const hashes = compared.mock.calls.length + toppedUp.mock.calls.length;
    jest.restoreAllMocks();
    return { hashes, statements };
  }

  it.each(signIns.map((door, at) => [door.name, door, at] as const))(
    'by %s is one hash and the same statements, whatever account is behind the address (SEC-23, SEC-39)',
    async (_name, door, at) => {
      emails = await oneOfEachKind(app, `work-${at}`);
      await door.knock(app, 'somebody@example.com', WRONG); // what is known of clients and stores is read once

      const works: Record<string, unknown> = {};
      for (const kind of KINDS) works[kind] = await workOf(door, emails[kind]);

      const unknown = works['unknown'] as { hashes: number; statements: string[] };
      expect(unknown.hashes).toBe(1);
      expect(unknown.statements.length).toBeGreaterThan(1);
      expect(works).toEqual(Object.fromEntries(KINDS.map((kind) => [kind, unknown])));
    },
  );

  it.each(requests.map((door, at) => [door.name, door, at] as const))(
    'of a reset by %s is no hash and the same statements, whatever account is behind the address (SEC-39, SEC-72)',
    async (_name, door, at) => {
      emails = await oneOfEachKind(app, `ask-${at}`);
      await door.knock(app, 'somebody@example.com', WRONG);

      const works: Record<string, unknown> = {};
      for (const kind of KINDS) works[kind] = await workOf(door, emails[kind]);

      const unknown = works['unknown'] as { hashes: number; statements: string[] };
      expect(unknown.hashes).toBe(0);
      expect(unknown.statements.length).toBeGreaterThan(3);
      expect(works).toEqual(Object.fromEntries(KINDS.map((kind) => [kind, unknown])));
    },
  );
});

/** A statement without its values, so that two customers' are alike. */
function shapeOf(statement: string): string {
  return statement
    .replace(/\s+/g, ' ')
    .replace(/ VALUES \(.*/, '')
    .replace(/'[^']*'|\b\d+\b/g, '?');
}

describe('the time of a refusal, with hashes of real cost', () => {
  const REAL = { memoryKib: 19_456, timeCost: 2 };
  const TRIES = 15;
  /** On a machine that is busy with other things the first tries may not do: more are added to them, at most four times. */
  const ROUNDS = 5;
  /** A missing or cheaper hash makes nearly one; on a quiet machine it is less than a tenth, on a shared one up to 0.46 was seen. */
  const MOST = 0.5;
  /** Kinds that a hasher could treat differently. */
  const timed = ['known', 'unknown', 'locked', 'withoutPassword', 'cheapHash'] as const;
  let app: TestApp;
  let emails: Record<Kind, string>;
  let hasher: Argon2Hasher;

  beforeAll(async () => {
    app = await TestApp.startOwn({ HASH_MEMORY_KIB: String(REAL.memoryKib), HASH_TIME_COST: String(REAL.timeCost) });
    await app.setUp({ policy: { limits: 'off' } });
    emails = await oneOfEachKind(app, 'time');
    hasher = await Argon2Hasher.create({ ...REAL, parallelism: 1, concurrency: 1, waiting: 1 });
  });

  afterAll(() => app.stop());

  /** Times of each kind and, last, of one hash alone; in turns, each beginning at another one. */
  async function measure(door: Door, times: readonly number[][]): Promise<void> {
    const runs = [...timed.map((kind) => () => door.knock(app, emails[kind], WRONG)), () => hasher.verify(null, WRONG)];
    for (let at = 0; at < TRIES * runs.length; at += 1) {
      const turn = (at + Math.floor(at / runs.length)) % runs.length;
      times[turn]?.push(await cpuMilliseconds(() => runs[turn]?.() ?? Promise.resolve()));
    }
  }

  it.each([signIns[0], signIns[2]].flatMap((door) => (door ? [door] : [])))(
    'differs by less than half of one hash between all kinds of accounts, by $name (SEC-39)',
    async (door) => {
      const times = [...timed, 'hash'].map((): number[] => []);
      await door.knock(app, emails.unknown, WRONG);

      let spread = Number.NaN;
      for (let round = 0; round < ROUNDS && !(spread < 0.1); round += 1) {
        await measure(door, times);
        const [hash = 0, ...answers] = times.map(lowerTenth).reverse();
        spread = (Math.max(...answers) - Math.min(...answers)) / hash;
      }

      expect(spread).toBeLessThan(MOST);
    },
    120_000,
  );
});

/** Steadier than the median: other work makes some of the tries dearer, and never one cheaper. */
function lowerTenth(list: readonly number[]): number {
  return [...list].sort((one, other) => one - other)[Math.floor(list.length / 10)] ?? Number.NaN;
}
