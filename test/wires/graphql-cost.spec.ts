import { leastCpuMilliseconds } from '#lib/cpu-time';
import { TestApp, type Answer } from '../support/test-app.js';
import { askAt, endpoints, type Endpoint } from './endpoints.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const times = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join(' '); // prettier-ignore
const ask = (endpoint: Endpoint, body: unknown): Promise<Answer> => askAt(app, endpoint, body);

interface Limit {
  readonly what: string;
  readonly most: number;
  readonly document: (count: number, endpoint: Endpoint) => string;
  readonly refusal: RegExp;
}

/** Each document asks for as much of one thing as it is told, and for nothing else. */
const limits: readonly Limit[] = [
  { what: 'levels of fields', most: 12, document: (count) => `{${'a{'.repeat(count - 1)}a${'}'.repeat(count - 1)}}`, refusal: /^Query (?:depth 13 exceeds the limit of 12\.|has depth of 13, which exceeds max depth of 12)$/ }, // prettier-ignore
  { what: 'aliases', most: 30, document: (count) => `{${times(count, (at) => `a${at}:__typename`)}}`, refusal: /^More than 30 aliases in one request\.$/ }, // prettier-ignore
  { what: 'root fields in a mutation', most: 5, document: (count) => `mutation{${times(count, (at) => `a${at}:__typename`)}}`, refusal: /^More than 5 root fields in one mutation\.$/ }, // prettier-ignore
  { what: 'directives', most: 50, document: (count) => `{${times(count, () => '__typename @skip(if:false)')}}`, refusal: /^More than 50 directives in one request\.$/ }, // prettier-ignore
  { what: 'fragment spreads', most: 50, document: (count, { root }) => `{${times(count, () => '...F')}} fragment F on ${root}{__typename}`, refusal: /^More than 50 fragment spreads in one request\.$/ }, // prettier-ignore
  {
    what: 'tokens',
    most: 2000,
    document: (count) => `{${times(count - 2, () => '__typename')}}`,
    refusal: /2000 tokens/,
  },
];

const rows = endpoints.flatMap((endpoint) => limits.map((limit) => ({ ...limit, at: endpoint.name, endpoint })));
const messagesOf = ({ body }: Pick<Answer, 'body'>): string[] => ((body.errors ?? []) as { message: string }[]).map(({ message }) => message); // prettier-ignore

it.each(rows)(
  '$at takes $most $what and not one more (SEC-62, SEC-63)',
  async ({ most, document, refusal, endpoint }) => {
    const full = await ask(endpoint, { query: document(most, endpoint) });
    const over = await ask(endpoint, { query: document(most + 1, endpoint) });

    expect(messagesOf(full).filter((message) => refusal.test(message))).toEqual([]);
    expect(messagesOf(over)).toContainEqual(expect.stringMatching(refusal));
    expect([over.status, over.body.data ?? null]).toEqual([endpoint.refusedWith, null]);
    expect(over.headers['content-type']).toMatch(/^application\/json/);
  },
);

it.each(endpoints.flatMap((one) => (one.credentials ? [{ ...one, pair: one.credentials }] : [])))(
  '$name does one credential operation in a request, by whatever alias or fragment (SEC-44, SEC-62)',
  async ({ pair: [first, second], ...endpoint }) => {
    const refusal = 'More than 1 credential operation in one request.';
    const alone = await ask(endpoint, { query: `mutation{${first}}` });
    app.statements.length = 0;

    for (const query of [
      `mutation{a:${first} b:${first}}`,
      `mutation{${first} ${second}}`,
      `mutation{...F ...G} fragment F on Mutation{${first}} fragment G on Mutation{${second}}`,
      `mutation{...on Mutation{a:${second}} b:${second}}`,
    ]) {
      const { status, body } = await ask(endpoint, { query });
      expect([status, body.data ?? null, messagesOf({ body })]).toEqual([endpoint.refusedWith, null, [refusal]]);
    }

    expect(messagesOf(alone)).not.toContain(refusal);
    expect(app.statements.filter((one) => /customer\b|password_reset/i.test(one))).toEqual([]);
  },
);

it.each(endpoints)('$name takes no list of operations, and executes none of it (SEC-63)', async (endpoint) => {
  app.statements.length = 0;

  const { body, text } = await ask(endpoint, [
    { query: '{__typename}' },
    { query: `mutation{${endpoint.credentials?.[0] ?? '__typename'}}` },
  ]);

  expect(Array.isArray(body)).toBe(false);
  expect(body.errors.length).toBeGreaterThan(0); // a text by Shopify
  expect(text).not.toContain(endpoint.root);
  expect(app.statements.filter((one) => /customer\b|password_reset/i.test(one))).toEqual([]);
});

const SIZE = 99 * 1024;
const fill = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length));
const HOSTILE: readonly (readonly [string, string])[] = [
  ['fields', `{${fill('a ')}}`],
  ['nested fields', `{${fill('a{')}`],
  ['aliases', `{${fill('a:a ')}}`],
  ['nested lists', `{a(b:${fill('[')}`],
  ['nested objects', `{a(b:${fill('{c:')}`],
  ['nested list types', `query($a:${fill('[')}`],
  ['variables', `query(${fill('$a:B ')}){a}`],
  ['directives', `{a${fill('@a ')}}`],
  ['fragments', `{a}${fill('fragment F on Q{a}')}`],
  ['spreads', `{${fill('...F ')}}`],
  ['inline fragments', `{${fill('...{')}`],
  ['a text', `{a(b:"${fill('\\\\u0041')}")}`],
  ['an open text', `{a(b:"${fill('x')}`],
  ['an open block', `{a(b:"""${fill('\n ')}`],
  ['commas', `{${fill(',')}`],
  ['comments', fill('#\n')],
  ['a number', `{a(b:${fill('9')})}`],
  ['a name', `{${fill('a')}}`],
  ['operations', fill('query A{a}')],
];
const AT_ONCE_MS = 100;

it.each(endpoints)(
  '$name refuses 100 KiB of anything within 100 ms of the processor (SEC-62)',
  async (endpoint) => {
    const slow: unknown[] = [];
    for (const [what, query] of HOSTILE) {
      const took = await leastCpuMilliseconds(AT_ONCE_MS, async () => {
        const { status, body } = await ask(endpoint, { query });
        expect([what, status < 500, body.errors.length > 0, body.data ?? null]).toEqual([what, true, true, null]);
      });
      if (took >= AT_ONCE_MS) slow.push([what, Math.round(took)]);
    }
    expect(slow).toEqual([]);
  },
  60_000,
);
