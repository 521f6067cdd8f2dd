import fc from 'fast-check';
import { TestApp, PASSWORD, type Answer } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const MD5 = '80e0d9f5d10af89f5be5d1ddfbb9350e:aZ09bY18cX27dW36eV45fU54gT63hS72:0';

let made = 0;

/** A new customer's body with other members. */
function create(changes: object): Promise<Answer> {
  made += 1;
  return app.admin('POST', '/customers', { email: `refused-${made}@example.com`, state: 'enabled', ...changes });
}

/** Where the faults are that a problem tells of. */
function pathsIn(detail: unknown): Set<string | undefined> {
  return new Set(String(detail).split('; ').map((fault) => fault.split(':')[0])); // prettier-ignore
}

const address = (changes: object): object => ({ addresses: [{ lines: ['1 Main Street'], ...changes }] });

it.each([
  ['id', { id: 1 }],
  ['number', { number: 7 }],
  ['hasPassword', { hasPassword: true }],
  ['passwordVersion', { passwordVersion: 2 }],
  ['disabledBy', { disabledBy: 'staff' }],
  ['realmId', { realmId: 2 }],
])('refuses the member %s, which is not for callers to set (SEC-2)', async (name, body) => {
  const answer = await create(body);

  expect(answer).toMatchObject({
    status: 400,
    body: { title: 'Bad Request', detail: `body: Unrecognized key: "${name}"` },
  });
});

it.each([
  ['email', { email: 7 }],
  ['email', { email: ['a@b.example'] }],
  ['email', { email: null }],
  ['email', { email: `${'x'.repeat(250)}@b.example` }],
  ['password', { password: 12345678 }],
  ['password', { password: { length: 8 } }],
  ['password', { password: 'x'.repeat(1025) }],
  ['passwordHash', { passwordHash: 7 }],
  ['passwordHash', { passwordHash: [MD5] }],
  ['passwordHash', { passwordHash: MD5, password: PASSWORD }],
  ['passwordHash', { passwordHash: '', password: '' }],
  ['realm', { realm: null }],
  ['firstName', { firstName: true }],
  ['firstName', { firstName: 'x'.repeat(256) }],
  ['lastName', { lastName: 'Lee\u0000' }],
  ['lastName', { lastName: 'Lee\r\nBcc: x@y.example' }],
  ['lastName', { lastName: 'Lee\u0085' }],
  ['lastName', { lastName: 'Lee\ud800' }],
  ['phone', { phone: 49 }],
  ['phone', { phone: '1'.repeat(41) }],
  ['state', { state: undefined }],
  ['state', { state: 'ENABLED' }],
  ['state', { state: 'deleted' }],
  ['emailConfirmed', { emailConfirmed: 'false' }],
  ['tags', { tags: 'vip' }],
  ['tags', { tags: Array(251).fill('x') }],
  ['tags', { tags: Array(180).fill('é'.repeat(255)) }],
  ['tags.0', { tags: [7] }],
  ['tags.1', { tags: ['vip', 'a\tb'] }],
  ['acceptsMarketing', { acceptsMarketing: 1 }],
  ['multipassIdentifier', { multipassIdentifier: 'x'.repeat(256) }],
  ['addresses', { addresses: {} }],
  ['addresses', { addresses: Array(51).fill({}) }],
  ['addresses.0.city', address({ city: 7 })],
  ['addresses.0.countryCode', address({ countryCode: 'us' })],
  ['addresses.0.countryCode', address({ countryCode: 'USA' })],
  ['addresses.0.lines', address({ lines: '1 Main Street' })],
  ['addresses.0.lines.0', address({ lines: ['a\nb'] })],
  ['addresses.0.regionCode', address({ regionCode: 'x'.repeat(11) })],
  ['addresses.0.defaultBilling', address({ defaultBilling: 'yes' })],
  ['addresses.0', address({ id: 1 })],
])('answers 400 with the path %s to a value of another form (SEC-1, SEC-3, SEC-4)', async (path, body) => {
  const { status, body: problem } = await create(body);

  expect(status).toBe(400);
  expect(problem.title).toBe('Bad Request');
  expect(pathsIn(problem.detail)).toEqual(new Set([path]));
});

it('tells all faults of a body at once', async () => {
  const { body } = await create({ email: 1, phone: 2, addresses: [{ city: 3 }], surprise: 4 });

  expect(pathsIn(body.detail)).toEqual(new Set(['email', 'phone', 'addresses.0.city', 'body']));
});

it.each(['[]', '["x"]', '"text"', '7', 'true', 'null'])('answers 400 to the body %s (SEC-1)', async (body) => {
  const headers = { authorization: 'Bearer demo-admin-token', 'content-type': 'application/json' };
  const answer = await app.request({ method: 'POST', url: '/admin/v1/customers', headers, body });

  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/^body: Invalid input/) } });
});

it.each([
  'nobody',
  'a@b',
  '@b.example',
  'a@b.example,c@d.example',
  'Ann <a@b.example>',
  'a@127.0.0.1',
  'a\u0000@b.example',
  'ａ@b.example',
  '"a b"@b.example',
  '',
])(
  // prettier-ignore
  'answers 422 to the address %j (SEC-12)',
  async (email) => {
    expect(await create({ email })).toMatchObject({
      status: 422,
      body: { title: 'Unprocessable Content', detail: 'email: the address is not valid.' },
    });
  },
);

it.each([
  ['short12', 'it has fewer than 8 characters.'],
  ['', 'it has fewer than 8 characters.'],
  ['x'.repeat(257), 'it has more than 256 characters.'],
  [' password 1', 'it begins or ends with white space.'],
  ['pass\u0007word', 'it has control characters.'],
  ['pass\ud800word', 'it has control characters.'],
])('answers 422 to the password %j: staff obeys the policy too (SEC-17)', async (password, fault) => {
  expect(await create({ password })).toMatchObject({ status: 422, body: { detail: `password: ${fault}` } });
});

const UNKNOWN = /^passwordHash: it has none of the forms that can be verified\./;
const UNBOUNDED = /^passwordHash: its cost is out of bounds/;

it.each([
  ['empty', '', UNKNOWN],
  ['no hash at all', 'not a hash', UNKNOWN],
  ['of an unknown version', `${MD5}:7`, UNKNOWN],
  ['very long', 'x'.repeat(50_000), UNKNOWN],
  [
    'argon2i',
    '$argon2i$v=19$m=65536,t=2,p=1$iIM4RotAZrnMjhS6wepMbA$sIFS7ILRc2cAqphx2NP6oeYSXLZxQJl05pwcd8KWg90',
    UNKNOWN,
  ],
  [
    'argon2id in 4 GiB',
    '$argon2id$v=19$m=4194304,t=2,p=1$iIM4RotAZrnMjhS6wepMbA$sIFS7ILRc2cAqphx2NP6oeYSXLZxQJl05pwcd8KWg90',
    UNBOUNDED,
  ],
  ['version 3 in 1 GiB', `${'ab'.repeat(32)}:salt:3_32_2_1073741824`, UNBOUNDED],
  ['bcrypt of cost 31', '$2y$31$MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C', UNBOUNDED],
])('answers 422 to a password hash that is %s, and says why', async (_name, passwordHash, detail) => {
  expect(await create({ passwordHash })).toMatchObject({
    status: 422,
    body: { title: 'Unprocessable Content', detail: expect.stringMatching(detail) },
  });
});

it('shows an imported hash nowhere (SEC-21)', async () => {
  const answers = [await create({ passwordHash: MD5 }), await create({ passwordHash: `${MD5}:7` })];

  expect(answers[0]).toMatchObject({ status: 201, body: { hasPassword: true } });
  expect([...answers.map(({ text }) => text), ...app.logged].filter((text) => text.includes(MD5.slice(0, 32)))).toEqual([]);
}); // prettier-ignore

it('answers 422 to the address as password, and to an unknown realm', async () => {
  const same = { email: 'same-as-this@example.com', password: 'Same-As-This@example.com' };

  expect((await create(same)).body.detail).toBe('password: it is the e-mail address.');
  expect((await create({ realm: 'nowhere' })).body.detail).toBe('realm: there is no such realm.');
});

it('makes nothing of a refused body', async () => {
  const email = 'not-made@example.com';
  const refused = [
    { passwordHash: 'x' },
    { password: 'short' },
    { surprise: 1 },
    { realm: 'nowhere' },
    address({ city: 7 }),
    { state: 'x' },
  ];

  for (const body of refused) await create({ email, ...body });

  expect((await app.admin('GET', `/customers?email=${email}`)).body.items).toEqual([]);
});

it('takes texts that are as long as they may be, counted in characters (SEC-3)', async () => {
  const name = '😀'.repeat(255);
  const tags = Array.from({ length: 250 }, (_, at) => `${at}`.padEnd(255, 'x'));
  const lines = Array.from({ length: 5 }, () => 'é'.repeat(255));

  const { status, body } = await create({ firstName: name, lastName: name, tags, ...address({ lines, city: name }) });

  expect(status).toBe(201);
  expect(body).toMatchObject({ firstName: name, lastName: name, tags, addresses: [{ lines, city: name }] });
});

it('never answers 500, whatever the members hold', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: fc.constantFrom('%', "'", '"', '\\', '\0', '😀', '\ud800', 'é'), maxLength: 20 })); // prettier-ignore
  const value = fc.oneof(
    text,
    fc.jsonValue({ maxDepth: 2 }),
    fc.array(text, { maxLength: 5 }),
    fc.boolean(),
    fc.double(),
  );
  const names = ['email', 'password', 'realm', 'firstName', 'phone', 'state', 'emailConfirmed', 'tags', 'acceptsMarketing', 'multipassIdentifier']; // prettier-ignore
  const body = fc.record(
    { ...Object.fromEntries(names.map((name) => [name, value])), addresses: fc.array(fc.record({ city: value, lines: value, countryCode: value }, { requiredKeys: [] }), { maxLength: 2 }) }, // prettier-ignore
    { requiredKeys: [] },
  );

  await fc.assert(
    fc.asyncProperty(body, async (changes) => {
      const { status } = await create({ password: PASSWORD, ...changes });
      expect([201, 400, 409, 422]).toContain(status);
    }),
    { numRuns: 100 },
  );
});
