import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { KINDS, oneOfEachKind, type Kind } from './accounts.js';
import { questions, registrations, requests, signIns, type Door } from './doors.js';

const WRONG = 'not the password';
const LIMITS_OFF = { limits: 'off' };

let app: TestApp;
let round = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** Every byte that a stranger sees, but for the moment, the request's number, and what is sealed anew each time. */
function visible({ status, headers, text }: Answer, email: string): unknown {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  const same = (value: string): string =>
    value
      .replaceAll(email, '<the address>')
      .replace(/("_id":"[0-9a-f]{8})[0-9a-f]{16}/g, '$1…') // a random id, of whoever registers now
      .replace(/(keyturn-\w+=)[\w-]{40,}/g, '$1…')
      .replace(/(name=\\?"csrf\\?" value=\\?")[\w-]+/g, '$1…');
  return { status, headers: same(JSON.stringify(others)), text: same(text) };
}

/** What one door answers to each kind of account. */
async function answersAt(
  door: Door,
  password: string,
  kinds: readonly Kind[] = KINDS,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  await app.setUp({ policy: LIMITS_OFF });
  const emails = await oneOfEachKind(app, String((round += 1)));
  await app.setUp({ policy });
  for (const kind of kinds) answers[kind] = visible(await door.knock(app, emails[kind], password), emails[kind]);
  return answers;
}

let policy: object;

function sameForAll(answers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(answers).map((kind) => [kind, answers['unknown']]));
}

/** The kinds whose answer is not that of an unknown address. */
function toldApart(answers: Record<string, unknown>): string[] {
  return Object.keys(answers).filter((kind) => JSON.stringify(answers[kind]) !== JSON.stringify(answers['unknown']));
}

describe('in private mode nobody learns what is behind an address', () => {
  beforeEach(() => (policy = {}));

  it.each(signIns)('from $name with a wrong password (SEC-75)', async (door) => {
    const answers = await answersAt(door, WRONG);

    expect(answers).toEqual(sameForAll(answers));
  });

  it.each(signIns)('from $name with the right password, if it opens nothing (SEC-41, SEC-75)', async (door) => {
    const answers = await answersAt(door, PASSWORD, ['unknown', 'locked', 'disabled', 'invited', 'withoutPassword', 'disabledByStaff']); // prettier-ignore

    expect(answers).toEqual(sameForAll(answers));
  });

  it.each([...requests, ...registrations, ...questions])('from $name (SEC-75)', async (door) => {
    const answers = await answersAt(door, 'a good new password');

    expect(answers).toEqual(sameForAll(answers));
  });

  it.each(signIns)('from how $name slows down and locks: 25 tries in a row look alike (SEC-77)', async (door) => {
    const emails = await oneOfEachKind(app, String((round += 1)));
    await app.setUp({ policy });
    const series = async (email: string): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for (let tries = 0; tries < 25; tries += 1) seen.push(visible(await door.knock(app, email, WRONG), email));
      return seen;
    };

    const [known, unknown] = [await series(emails.known), await series(emails.unknown)];

    expect(known).toEqual(unknown);
    expect(new Set(unknown.map((one) => JSON.stringify(one))).size).toBeGreaterThanOrEqual(door.name.includes('Adobe') ? 1 : 2); // prettier-ignore
  });

  it.each(requests)('from how $name slows down: 12 requests in a row look alike (SEC-47, SEC-77)', async (door) => {
    const emails = await oneOfEachKind(app, String((round += 1)));
    const series = async (email: string): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for (let asked = 0; asked < 12; asked += 1) seen.push(visible(await door.knock(app, email, ''), email));
      return seen;
    };

    expect(await series(emails.known)).toEqual(await series(emails.unknown));
  });
});

const MAY_RESET: readonly Kind[] = ['known', 'unverified', 'locked', 'withoutPassword', 'cheapHash'];
/** Which kinds a request for a mail tells from an unknown address in vendor mode, as the vendor documents. */
const TOLD: Readonly<Record<string, readonly Kind[]>> = {
  "Adobe's requestPasswordResetEmail": MAY_RESET,
  "Adobe's REST reset request": MAY_RESET,
  "Shopify's customerRecover": KINDS.filter((kind) => kind !== 'unknown'),
  "Common Ground's userCreatePasswordToken": [],
  'the recovery page': [],
};

describe('in vendor mode the vendor may be heard, and no more is told than the vendor tells', () => {
  beforeEach(() => (policy = { disclosure: 'vendor' }));

  it.each(signIns)('by $name with a wrong password: nothing, but for a lock by Shopify', async (door) => {
    const told = door.name.startsWith('Shopify') ? ['locked'] : []; // THROTTLED, the contract's word for it

    expect(toldApart(await answersAt(door, WRONG))).toEqual(told);
  });

  it.each(requests.map((door) => [door.name, door] as const))('by %s', async (name, door) => {
    expect([name, toldApart(await answersAt(door, ''))]).toEqual([name, TOLD[name]]);
  });

  it.each([...registrations, ...questions])('by $name: nothing', async (door) => {
    expect(toldApart(await answersAt(door, 'a good new password'))).toEqual([]);
  });
});
