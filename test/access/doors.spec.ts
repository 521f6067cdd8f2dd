import { TestApp } from '../support/test-app.js';
import { doorsOf, everyKind, type Door, type Held } from './doors.js';

/** What each door is for; looking comes before spending. Whatever is not named must not open it. */
const OPENS: Record<string, readonly string[]> = {
  'Common Ground userPasswordSession': ['reset'],
  'Adobe GraphQL': ['Adobe token'],
  'Adobe REST as the customer': ['Adobe token'],
  'Adobe REST as a machine': ['Adobe administrator', 'Adobe integration'],
  'Shopify customer': ['Shopify token'],
  'Shopify storefront': ['storefront token'],
  'Shopify private storefront': ['private storefront token'],
  'Shopify Admin': ['Shopify app token'],
  'Commerce Layer as an integration': ['Commerce Layer integration'],
  'Commerce Layer as anybody': ['Commerce Layer integration', 'Commerce Layer channel', 'Commerce Layer customer'],
  'Commerce Layer client': ['application secret'],
  'Commerce Layer refresh': ['Commerce Layer refresh'],
  'Common Ground client': ['Common Ground session'],
  'Common Ground admin': ['Common Ground key', 'Common Ground admin session'],
  'admin API': ['admin token'],
  Multipass: ['multipass'],
  'Adobe resetPassword': ['reset'],
  'Adobe confirmEmail': ['confirmation'],
  'Shopify customerReset': ['reset'],
  'Shopify customerActivate': ['activation'],
  'Common Ground userPasswordReset': ['reset'],
  'Common Ground userVerify': ['confirmation', 'change of address'],
  'Commerce Layer reset': [],
  'page reset': ['reset'],
  'page activate': ['activation'],
  'page confirm': ['confirmation', 'change of address'],
};

let app: TestApp;
let held: Record<string, Held>;
let doors: Record<string, Door>;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  held = await everyKind(app);
  doors = doorsOf(app);
});

afterAll(() => app.stop());

async function tried(name: string, one: Held | undefined): Promise<boolean> {
  const door = doors[name];
  if (!door || !one) throw new Error(`no door, or no secret: ${name}`);
  return door(one);
}

it('leaves no door out', () => {
  expect(Object.keys(OPENS).sort()).toEqual(Object.keys(doors).sort());
  expect(Object.keys(held)).toHaveLength(21);
});

it.each(Object.keys(OPENS))('opens “%s” to no secret of another kind (SEC-27, SEC-49, SEC-50)', async (name) => {
  const opened: string[] = [];

  for (const [kind, one] of Object.entries(held)) {
    if (OPENS[name]?.includes(kind)) continue;
    if (await tried(name, one)) opened.push(kind);
  }

  expect(opened).toEqual([]);
});

it.each(Object.entries(OPENS).flatMap(([name, kinds]) => kinds.map((kind) => [name, kind])))(
  'opens “%s” to its own kind: %s (SEC-27, SEC-50)',
  async (name, kind) => {
    const kinds = MAILED.includes(kind) ? await everyKind(app) : held;

    expect(await tried(name, kinds[kind])).toBe(true);
  },
);

/** Where each kind that is mailed is spent in the end. */
const OWN: Record<string, string> = {
  reset: 'Adobe resetPassword',
  activation: 'page activate',
  confirmation: 'Adobe confirmEmail',
  'change of address': 'page confirm',
};
const MAILED = Object.keys(OWN);
/** Makes resets of its own, and the third voids the oldest. */
const MAKES_RESETS = 'Commerce Layer reset';

it.each(MAILED)('neither spends nor voids at a wrong door: %s (SEC-27, SEC-30)', async (kind) => {
  const { [kind]: one } = await everyKind(app);
  const wrong = Object.keys(OPENS).filter((name) => name !== MAKES_RESETS && !OPENS[name]?.includes(kind));

  for (const name of wrong) expect([name, await tried(name, one)]).toEqual([name, false]);

  expect(await tried(OWN[kind] ?? '', one)).toBe(true);
});

/** What a database may take for the same, or a lenient reader. */
const NEARLY: readonly ((secret: string) => string)[] = [
  (secret) => secret.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  (secret) => secret.replace(/[A-Z]/, (letter) => letter.toLowerCase()),
  (secret) => secret.slice(0, -1),
  (secret) => `${secret}x`,
];
/** Headers have no blanks around their values, and no NUL. */
const NEARLY_IN_BODIES: typeof NEARLY = [
  ...NEARLY,
  (secret) => `${secret} `,
  (secret) => ` ${secret}`,
  (secret) => `${secret}\0`,
  (secret) => `${secret.slice(0, -1)}%`,
  (secret) => `${secret.slice(0, -1)}_`,
  () => '0',
];
const SIGNED = /administrator|Adobe token|Commerce Layer|session|multipass/;

it.each(
  Object.entries(OPENS).flatMap(([name, kinds]) => kinds.filter((kind) => !SIGNED.test(kind)).map((kind) => [name, kind])),
)('opens “%s” to exactly the secret: %s (SEC-25, SEC-48)', async (name, kind) => {
  const { [kind]: one } = MAILED.includes(kind) ? await everyKind(app) : held;
  const { secret = '', owner } = one ?? {};
  const others = (MAILED.includes(kind) ? NEARLY_IN_BODIES : NEARLY).map((alter) => alter(secret));

  const opened: string[] = [];
  for (const other of others.filter((text) => text !== secret)) {
    if (owner && (await tried(name, { secret: other, owner }))) opened.push(other);
  }

  expect(opened).toEqual([]);
  expect(await tried(name, one)).toBe(true);
}); // prettier-ignore
