import {
  buildSchema,
  getIntrospectionQuery,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { FieldNode, SelectionSetNode } from 'graphql';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { defaultLimits, documentRules, limitRules } from './index.js';
import type { GraphqlLimits } from './index.js';

const schema = buildSchema(`
  type Query { node: Node, other: Node, login: String }
  type Node { node: Node, other: Node, name(a: Int): String, login: String }
  type Mutation { login(p: String): String, recover: Node, rename: Node }
`);
const limits: GraphqlLimits = { ...defaultLimits, credentialFields: new Set(['login', 'recover']) };

const errorsOf = (text: string, overrides: Partial<GraphqlLimits> = {}): readonly GraphQLError[] =>
  validate(schema, parse(text), limitRules({ ...limits, ...overrides }));
const refusalsOf = (text: string, overrides: Partial<GraphqlLimits> = {}): string[] =>
  errorsOf(text, overrides).map((error) => error.message);

/** A query of the given number of field levels. */
const deep = (depth: number): string => `${'{node'.repeat(depth - 1)}{name${'}'.repeat(depth)}`;
const times = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

describe('every rule', () => {
  it('says what was too much, with one code, and where the operation stands', () => {
    const [error] = errorsOf(`\n${deep(15)}`);

    expect(error?.message).toBe('Query depth 15 exceeds the limit of 12.');
    expect(error?.extensions).toEqual({ code: 'QUERY_TOO_COMPLEX' });
    expect(error?.locations).toEqual([{ line: 2, column: 1 }]);
  });

  it('reports once for a document, however many operations break it', () => {
    expect(refusalsOf(`query A ${deep(13)} query B ${deep(14)}`)).toEqual(['Query depth 13 exceeds the limit of 12.']);
  });

  it('reports beside the others', () => {
    const fields = times(31, (i) => `a${i}: login @skip(if: false) @include(if: true)`);
    const everything = `mutation { ${fields} ...F } fragment F on Mutation { login }`;

    const messages = refusalsOf(everything, { depth: 0, fragmentSpreads: 0, credentialOperations: 2 });

    expect(messages).toEqual([
      'Query depth 1 exceeds the limit of 0.',
      'More than 30 aliases in one request.',
      'More than 5 root fields in one mutation.',
      'More than 2 credential operations in one request.',
      'More than 50 directives in one request.',
      'More than 0 fragment spreads in one request.',
    ]);
    expect(errorsOf(everything).every((error) => error.extensions['code'] === 'QUERY_TOO_COMPLEX')).toBe(true);
  });

  it('measures each operation by itself, since only one is executed (SEC-62)', () => {
    const operation = `{ a: login ${times(14, (i) => `a${i}: node { name }`)} }`;

    expect(refusalsOf(`query A ${operation} query B ${operation} query C ${operation}`)).toEqual([]);
  });

  it('has the numbers of SEC-62 and SEC-63 by default, and no credential fields', () => {
    expect(defaultLimits).toEqual({
      depth: 12,
      aliases: 30,
      rootFieldsInMutation: 5,
      credentialFields: new Set(),
      credentialOperations: 1,
      directives: 50,
      fragmentSpreads: 50,
    });
  });
});

describe('depth (SEC-62)', () => {
  it('passes at 12 and fails at 13', () => {
    expect(refusalsOf(deep(12))).toEqual([]);
    expect(refusalsOf(deep(13))).toEqual(['Query depth 13 exceeds the limit of 12.']);
  });

  it('is that of the deepest branch', () => {
    const branches = '{ node { name } other { node { name } } login }';

    expect([refusalsOf(branches, { depth: 3 }), refusalsOf(branches, { depth: 2 })]).toEqual([
      [],
      ['Query depth 3 exceeds the limit of 2.'],
    ]);
  });

  it('goes through named and inline fragments, which add no level', () => {
    const fragments = 'fragment A on Node { ... { node { ...B } } } fragment B on Node { name }';
    const text = `{ ... on Query { node { ...A } } } ${fragments}`;

    expect([refusalsOf(text, { depth: 3 }), refusalsOf(text, { depth: 2 })]).toEqual([
      [],
      ['Query depth 3 exceeds the limit of 2.'],
    ]);
  });

  it('is the same whether a fragment is defined before or after its use', () => {
    const parts = [
      'fragment C on Node { name }',
      'fragment A on Node { node { ...B } }',
      'fragment B on Node { node { ...C } }',
    ];

    const before = refusalsOf(`${parts.join(' ')} { node { ...A } }`, { depth: 0 });
    const after = refusalsOf(`{ node { ...A } } ${parts.reverse().join(' ')}`, { depth: 0 });

    expect(before).toEqual(['Query depth 4 exceeds the limit of 0.']);
    expect(after).toEqual(before);
  });

  it('leaves out introspection, so the standard document passes', () => {
    expect(refusalsOf(getIntrospectionQuery())).toEqual([]);
    expect(refusalsOf('{ s: __schema { types { name } } __type(name: "N") { name } node }', { depth: 1 })).toEqual([]);
  });

  it('is measured in mutations and subscriptions too', () => {
    expect(refusalsOf(`mutation ${deep(13)}`)).toHaveLength(1);
    expect(refusalsOf(`subscription ${deep(13)}`)).toHaveLength(1);
  });
});

describe('aliases (SEC-62)', () => {
  it('pass at 30 and fail at 31', () => {
    const aliased = (count: number): string => `{ node { ${times(count, (i) => `a${i}: name`)} name } }`;

    expect(refusalsOf(aliased(30))).toEqual([]);
    expect(refusalsOf(aliased(31))).toEqual(['More than 30 aliases in one request.']);
  });

  it('count at every level and for every spread of a fragment', () => {
    const text = '{ a: node { ...F ... { b: name } } other { ...F } } fragment F on Node { c: name d: name }';

    expect(refusalsOf(text, { aliases: 6 })).toEqual([]);
    expect(refusalsOf(text, { aliases: 5 })).toEqual(['More than 5 aliases in one request.']);
  });

  it('multiply through nested fragments', () => {
    const levels = times(4, (i) => `fragment F${i} on Node { a: node { ...F${i + 1} } b: other { ...F${i + 1} } }`);
    const text = `{ node { ...F0 } } ${levels} fragment F4 on Node { name }`;

    expect(refusalsOf(text)).toEqual([]);
    expect(refusalsOf(text, { aliases: 29 })).toHaveLength(1);
  });
});

describe('root fields of a mutation (SEC-62)', () => {
  const message = 'More than 5 root fields in one mutation.';

  it('pass at 5 and fail at 6', () => {
    expect(refusalsOf(`mutation { ${times(5, () => 'rename { node { name } }')} }`)).toEqual([]);
    expect(refusalsOf(`mutation { ${times(6, () => 'rename { name }')} }`)).toEqual([message]);
  });

  it('count under aliases, in inline fragments and for every spread of a fragment', () => {
    const fragment = 'fragment F on Mutation { a: rename { name } rename { name } }';

    expect(refusalsOf(`mutation { ...F ... on Mutation { ...F } rename { name } } ${fragment}`)).toEqual([]);
    expect(refusalsOf(`mutation { ...F ... on Mutation { ...F } ... { ...F } } ${fragment}`)).toEqual([message]);
  });

  it('are not limited in a query', () => {
    expect(refusalsOf(`{ ${times(20, () => 'node { name }')} }`)).toEqual([]);
  });
});

describe('credential operations (SEC-62)', () => {
  const message = 'More than 1 credential operation in one request.';

  it('pass once, also beside other fields', () => {
    expect(refusalsOf('mutation { login rename { name } }')).toEqual([]);
  });

  it.each([
    ['aliased', 'mutation { a: login(p: "1") b: login(p: "2") }'],
    ['of two kinds', 'mutation { login recover { name } }'],
    ['repeated', 'mutation { login login }'],
    ['in an inline fragment', 'mutation { login ... on Mutation { recover { name } } }'],
    ['in a fragment', 'mutation { login ...F } fragment F on Mutation { recover { name } }'],
    ['in a fragment spread twice', 'mutation { ...F ...F } fragment F on Mutation { login }'],
    ['in a fragment of one', 'mutation { ...G } fragment G on Mutation { ...F ...F } fragment F on Mutation { login }'],
    ['in a query', '{ a: login b: login }'],
  ])('fail at two %s', (_, text) => {
    expect(refusalsOf(text)).toEqual([message]);
  });

  it('are root fields only, known by name and not by alias', () => {
    expect(refusalsOf('mutation { login: rename { login a: login } recover: rename { login } }')).toEqual([]);
  });

  it('name their number', () => {
    expect(refusalsOf('mutation { a: login b: login c: login }', { credentialOperations: 2 })).toEqual([
      'More than 2 credential operations in one request.',
    ]);
  });

  it('are unlimited where none are named', () => {
    expect(refusalsOf('mutation { a: login b: login }', { credentialFields: new Set() })).toEqual([]);
  });
});

describe('directives and fragment spreads (SEC-63)', () => {
  it('let 50 directives pass and fail at 51, wherever they stand', () => {
    const directives = (count: number): string =>
      `query ($v: Int @a) @b { ...F @c ... @d { node ${'@e '.repeat(count - 5)} } } fragment F on Query @f { node }`;

    expect(refusalsOf(directives(50))).toEqual([]);
    expect(refusalsOf(directives(51))).toEqual(['More than 50 directives in one request.']);
  });

  it('count a directive in a fragment once, as written', () => {
    expect(refusalsOf('{ ...F ...F } fragment F on Query { node @a }', { directives: 1 })).toEqual([]);
  });

  it('let 50 fragment spreads pass and fail at 51, inline fragments not counted', () => {
    const fragments = 'fragment F on Query { ...G } fragment G on Query { node }';
    const spreads = (count: number): string => `{ ${'...F '.repeat(count - 1)} ... { node } } ${fragments}`;

    expect(refusalsOf(spreads(50))).toEqual([]);
    expect(refusalsOf(spreads(51))).toEqual(['More than 50 fragment spreads in one request.']);
  });
});

describe('hostile documents', () => {
  const unlimited: Partial<GraphqlLimits> = { fragmentSpreads: Infinity };

  it.each([
    ['itself', '{ node { ...A } } fragment A on Node { node { ...A } name }'],
    ['another', '{ node { ...A } } fragment A on Node { node { ...B } } fragment B on Node { other { ...A ...B } }'],
    ['itself, unused', '{ login } fragment A on Node { ...A }'],
    ['a missing one', '{ node { ...A } } fragment A on Node { ...Missing }'],
  ])('with a fragment that spreads %s come to an end', (_, text) => {
    expect(refusalsOf(text)).toEqual([]);
  });

  it('with a fragment cycle are refused by the standard rule', () => {
    const document = parse('{ node { ...A } } fragment A on Node { node { ...A } }');

    const errors = validate(schema, document, [...specifiedRules, ...limitRules(limits)]);

    expect(errors.map((error) => error.message)).toEqual(['Cannot spread fragment "A" within itself.']);
  });

  it('with fragments that fan out exponentially are measured at once', async () => {
    const level = (i: number): string => `fragment F${i} on Node { node { ...F${i + 1} } a: other { ...F${i + 1} } }`;
    const levels = times(300, level);
    const document = parse(`{ node { ...F0 } } ${levels} fragment F300 on Node { name }`);
    const rules = limitRules({ ...limits, ...unlimited });

    let messages: string[] = [];
    const took = await leastCpuMilliseconds(500, () => {
      messages = validate(schema, document, rules).map((error) => error.message);
    });

    expect(took).toBeLessThan(500);
    expect(messages).toEqual(['Query depth 302 exceeds the limit of 12.', 'More than 30 aliases in one request.']);
  });

  it('of very deep nesting do not exhaust the call stack', () => {
    const leaf: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'node' } };
    let root = leaf; // built by hand, because the parser gives up earlier
    for (let level = 1; level < 20_000; level += 1) {
      root = { ...leaf, selectionSet: { kind: Kind.SELECTION_SET, selections: [root] } };
    }
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [root] };
    const operation = { kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY, selectionSet } as const;

    const errors = validate(schema, { kind: Kind.DOCUMENT, definitions: [operation] }, limitRules(limits));

    expect(errors.map((error) => error.message)).toEqual(['Query depth 20000 exceeds the limit of 12.']);
  });

  it('with a very long chain of fragments do not exhaust the call stack', () => {
    const length = 10_000;
    const chain = times(length, (i) => `fragment F${i} on Node { node { ...F${i + 1} } }`);
    const text = `${chain} { node { ...F0 } } fragment F${length} on Node { name }`;

    expect(refusalsOf(text, unlimited)).toEqual([`Query depth ${length + 2} exceeds the limit of 12.`]);
  });
});

it('refuses introspection in production alone (SEC-64)', () => {
  const faults = (query: string, isProduction: boolean): number =>
    validate(schema, parse(query), documentRules({ isProduction, credentialFields: [] })).length;
  const introspecting = '{ __schema { types { name } } }';

  expect([true, false].map((isProduction) => faults(introspecting, isProduction) > 0)).toEqual([true, false]);
  expect(faults('{ node { __typename } }', true)).toBe(0);
});
