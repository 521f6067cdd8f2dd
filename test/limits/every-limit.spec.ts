import { defaultLimits, type LimitName } from '../../src/store/realm.policy.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { mailings, PACES, REFUSING, resetRequests, signIns, type Door } from './doors.js';

const NAMES = Object.keys(defaultLimits) as LimitName[];
const REFUSING_NAMES = Object.keys(REFUSING) as (keyof typeof REFUSING)[];
/** What is not looked at must not get in the way. */
const WIDE = { max: 10_000, seconds: 1 };
const SECONDS = 100;

let app: TestApp;
let networks = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const aNetwork = (): string => `172.16.${(networks += 1) >> 8}.${networks & 255}`;

/** Lets nothing be limited but by that one name. */
const limitTo = (name: LimitName, max: number): Promise<void> =>
  app.setUp({ policy: { limits: { ...Object.fromEntries(NAMES.map((one) => [one, WIDE])), [name]: { max, seconds: SECONDS } } } }); // prettier-ignore

/** Status, the code or text of what went wrong, and when to come back. */
function seen({ status, headers, body }: Answer): readonly unknown[] {
  const error = body?.errors?.[0];
  return [
    status,
    error?.extensions?.code ?? error?.code ?? error?.message ?? body?.message ?? '',
    headers['retry-after'],
  ];
}

const refusalOf = ({ refused, tellsWait }: Door, seconds: number): readonly unknown[] => [
  ...refused,
  tellsWait ? String(seconds) : undefined,
];

/** Whether a limit refused: by the wait that is told, or by the code where none is. */
function isRefused({ refused: [, word], tellsWait }: Door, answer: Answer): boolean {
  const [, said, wait] = seen(answer);
  return tellsWait ? wait !== undefined : said === word;
}

/** Adobe's own number for a name is 6 in 30 minutes, whatever the setup says. */
const isAdobesName = (limit: LimitName, { name }: Door): boolean => limit === 'signInName' && name.startsWith('Adobe');

/** Each limit with each operation that uses it up. */
const CELLS = REFUSING_NAMES.flatMap((limit) => REFUSING[limit].map((door) => [limit, door.name, door] as const));
/** Limits on an address are silent, so that nobody learns whose it is. */
const SILENT = [
  ...(['resetSpacing', 'resetHour', 'resetDay'] as const).map((limit) => [limit, resetRequests] as const),
  ...(['mailHour', 'mailDay'] as const).map((limit) => [limit, mailings] as const),
];
const SILENT_CELLS = SILENT.flatMap(([limit, doors]) => doors.map((door) => [limit, door.name, door, doors] as const));

it('leaves no limit out', () => {
  const tried = [...REFUSING_NAMES, ...SILENT.map(([limit]) => limit), 'requestNetwork'];

  expect(tried.sort()).toEqual([...NAMES].sort());
});

describe('a limit of the setup', () => {
  it.each(CELLS)('%s, used up by %s, holds in every API, for its seconds (SEC-45, SEC-47)', async (limit, _, door) => {
    const max = limit === 'signInName' ? 6 : 2;
    const window = isAdobesName(limit, door) ? 1800 : SECONDS;
    await limitTo(limit, max);
    const [{ email }, from] = [await app.aCustomer(), aNetwork()];
    const ask = (one: Door): Promise<Answer> =>
      one.ask(app, { email, from: limit === 'signInName' ? aNetwork() : from });

    for (let use = 0; use < max; use += 1) expect(isRefused(door, await ask(door))).toBe(false);
    const everywhere: unknown[] = [];
    for (const other of REFUSING[limit]) everywhere.push([other.name, ...seen(await ask(other))]);
    app.clock.advance(window - 1);
    const last = seen(await ask(door));
    app.clock.advance(1);
    const after = await ask(door);

    expect(everywhere).toEqual(REFUSING[limit].map((other) => [other.name, ...refusalOf(other, window)]));
    expect(last).toEqual(refusalOf(door, 1));
    expect(isRefused(door, after)).toBe(false);
  });

  it.each(SILENT_CELLS)(
    '%s, used up by %s, stops the mails of every API and shows in no answer (SEC-47, SEC-73)',
    async (limit, _, door, doors) => {
      await limitTo(limit, 2);
      const { email } = await app.aCustomer({ emailConfirmed: false });
      const stranger = `nobody-${email}`;
      const ask = async (one: Door, to = email): Promise<unknown> => comparable(await one.ask(app, { email: to, from: aNetwork() }), to); // prettier-ignore
      const mails = async (): Promise<number> => (await app.mailsTo(email)).length;

      const first = [await ask(door), await ask(door)];
      const before = await mails();
      const everywhere: unknown[] = [];
      for (const other of doors) everywhere.push([other.name, await ask(other)]);
      const within = await mails();
      app.clock.advance(SECONDS);
      const after = await ask(door);

      expect([before, within, await mails()]).toEqual([2, 2, 3]);
      expect([...first, after]).toEqual([after, after, after]);
      const toOthers: unknown[] = [];
      for (const other of doors) toOthers.push([other.name, await ask(other, isMachine(other) ? email : stranger)]);
      expect(everywhere).toEqual(toOthers);
    },
  );

  it.each(PACES.map((door) => [door.name, door] as const))(
    'requestNetwork holds for %s, for its seconds (SEC-46)',
    async (_, door) => {
      await limitTo('requestNetwork', 2);
      const asker = { email: '', from: aNetwork() };

      for (let use = 0; use < (door.uses ?? 2); use += 1) {
        expect(isRefused(door, await door.ask(app, asker))).toBe(false);
      }
      const over = seen(await door.ask(app, asker));
      app.clock.advance(SECONDS);
      const after = await door.ask(app, asker);

      expect(over).toEqual(refusalOf(door, SECONDS));
      expect(isRefused(door, after)).toBe(false);
    },
  );
});

describe('with limits off', () => {
  beforeAll(() => app.setUp({ policy: { limits: 'off' } }));

  it.each([...CELLS, ...PACES.map((door) => ['requestNetwork', door.name, door] as const)])(
    '%s is never reached by %s',
    async (limit, _, door) => {
      const asker = { email: 'nobody-here@example.com', from: aNetwork() };
      const owner = door.name.includes('password_resets') ? (await app.aCustomer()).email : asker.email;
      const max = Math.ceil((defaultLimits[limit].max * (door.uses ?? 2)) / 2);

      const refused: boolean[] = [];
      for (let use = 0; use <= max; use += 1) {
        refused.push(isRefused(door, await door.ask(app, { ...asker, email: owner })));
      }

      expect(refused.filter(Boolean)).toEqual([]);
    },
  );

  it.each(mailings.map((door) => [door.name, door] as const))(
    '%s mails to an address as often as it is asked',
    async (_, door) => {
      const { email } = await app.aCustomer({ emailConfirmed: false });

      for (let use = 0; use <= defaultLimits.mailDay.max; use += 1) await door.ask(app, { email, from: aNetwork() });

      expect(await app.mailsTo(email)).toHaveLength(defaultLimits.mailDay.max + 1);
    },
  );

  it.each(signIns.map((door) => [door.name, door] as const))(
    'the lock of an account stays on: after ten failures by %s (SEC-41)',
    async (_, door) => {
      const ann = await app.aCustomer();
      for (let tries = 0; tries < 10; tries += 1) await door.ask(app, { email: ann.email, from: aNetwork() });

      const locked = app.signedIn(ann);

      await expect(locked).rejects.toThrow('no token');
      app.clock.advance(600);
      expect(await app.signedIn(ann)).toContain('.');
    },
  );
});

/** What may answer of an account, since it may read all of them. */
function isMachine({ name }: Door): boolean {
  return name.includes('userBuyerCreatePasswordToken');
}

/** All of an answer but what is new each time. */
function comparable({ status, headers, text }: Answer, email: string): unknown {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  const steady = (value: string): string =>
    value
      .replaceAll(email, '<the address>')
      .replace(/(keyturn-\w+=)[\w-]{40,}/g, '$1…')
      .replace(/(name=\\?"csrf\\?" value=\\?")[\w-]+/g, '$1…')
      .replace(/"date":"[^"]+"/g, '"date":"…"');
  return { status, headers: steady(JSON.stringify(others)), text: steady(text) };
}
