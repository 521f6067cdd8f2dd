import { writeFileSync } from 'node:fs';
import { BuiltCommand } from '../cli/command.js';
import { until } from '../support/until.js';
import { Place } from './place.js';

jest.setTimeout(120_000);

const HOUR = 3600;

const command = new BuiltCommand();
let place: Place;
let offsetFile: string;

/** Loaded before the product: the time that it sees is off by as many seconds as a file says. */
const preload = (file: string): string => `
  const { readFileSync } = require('node:fs');
  const Real = Date;
  let offset = 0;
  setInterval(() => (offset = Number(readFileSync(${JSON.stringify(file)}, 'utf8')) * 1000), 20).unref();
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length > 0 ? given : [Real.now() + offset])); }
    static now() { return Real.now() + offset; }
  };
`;

beforeAll(async () => {
  await command.build();
  offsetFile = command.aFileWith('0');
  place = await Place.make(command, { NODE_OPTIONS: `--require ${command.aFileWith(preload(offsetFile))}` });
  await place.start();
});

afterAll(async () => {
  await place.stop('SIGKILL');
  await command.clear();
});

async function tokenOf(email: string): Promise<string> {
  return /"token":"([^"]+)"/.exec((await place.signIn(email)).text)?.[1] ?? '';
}

/** When a token says that it was issued, in seconds. */
function issuedAt(token: string): number {
  const claims: { readonly iat: number } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64').toString());
  return claims.iat;
}

const serves = async (token: string): Promise<boolean> =>
  (await place.post('/graphql', { query: '{customer{email}}' }, { authorization: `Bearer ${token}` })).status === 200;

/** Lets the clock jump, and waits until the process has seen it. */
async function jumpTo(seconds: number, email: string): Promise<void> {
  writeFileSync(offsetFile, String(seconds));
  const expected = Date.now() / 1000 + seconds;
  await until(async () => Math.abs(issuedAt(await tokenOf(email)) - expected) < HOUR / 2);
}

it('goes on when its clock jumps: what was to end has ended, nothing from the future serves, mails go out', async () => {
  const ann = await place.aPerson();
  const before = await tokenOf(ann);
  const atFirst = await serves(before);

  await jumpTo(2 * HOUR, ann);
  const ended = await serves(before);
  const ahead = await tokenOf(ann);
  const aheadServes = await serves(ahead);
  await jumpTo(-HOUR, ann);
  const fromTheFuture = await serves(ahead);
  const now = await serves(await tokenOf(ann));
  await place.askReset(ann);
  const mails = async (): Promise<boolean> =>
    (await place.ask(`/dev/mailbox.json?to=${ann}`)).text.includes('createPassword');

  await until(mails);

  expect({ atFirst, ended, aheadServes, fromTheFuture, now }).toEqual({
    ...{ atFirst: true, ended: false, aheadServes: true, fromTheFuture: false, now: true },
  });
  expect(await mails()).toBe(true);
});
