import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import {
  integer,
  JsonApiFault,
  object,
  readList,
  readWritten,
  secret,
  text,
  time,
  toMany,
  toOne,
  type Declaration,
  type ResourceType,
} from './index.js';

const things: Declaration = {
  type: 'things',
  attributes: {
    name: text('CUFQS'),
    size: integer('CUFQS'),
    at: time('FQS'),
    notes: object('CUFQ'),
    code: secret('CU'),
  },
  relationships: { owner: toOne('owners', 'CUQS'), parts: toMany('things', 'CUQ'), others: toMany('nothing', 'Q') },
};
const owners: Declaration = {
  type: 'owners',
  attributes: { name: text('FQS') },
  relationships: { owner: toOne('owners', 'QS') },
};

function resource(declaration: Declaration): ResourceType<unknown, never> {
  return { declaration, idOf: String, attributesOf: () => ({}), related: () => Promise.resolve([]) };
}

const types = {
  find: (type: string) => (type === 'owners' ? resource(owners) : type === 'things' ? resource(things) : null),
};

/** What it comes to: read, or refused in the form of the standard. Anything else is a fault of ours. */
function outcome(read: () => unknown): 'read' | 'refused' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!(error instanceof JsonApiFault)) throw error;
    for (const { title, detail, code, status } of error.errors) {
      expect([title, detail, code].every((part) => part.length < 400 && part.isWellFormed())).toBe(true);
      expect(status).toMatch(/^4\d\d$/);
    }
    expect(error.errors.length).toBeLessThanOrEqual(20);
    return 'refused';
  }
}

const word = fc.constantFrom('name', 'size', 'at', 'notes', 'owner', 'parts', 'or', 'eq', 'cont', 'any', 'null', 'jcont', 'not', 'in', 'm', 'g', '0', '__proto__', 'code'); // prettier-ignore
const names = fc.array(word, { maxLength: 8 }).map((words) => words.join('_'));
const parameter = fc.oneof(
  names.map((name) => `filter[q][${name}]`),
  fc.array(names, { maxLength: 6 }).map((parts) => `filter[q]${parts.map((part) => `[${part}]`).join('')}`),
  fc.constantFrom(
    'include',
    'sort',
    'page[size]',
    'page[number]',
    'fields[things]',
    'fields[owners]',
    'page',
    'filter',
  ),
  fc.string(),
);
const value = fc.oneof(
  names,
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.integer().map(String),
  fc.constant('owner.owner,parts.owner'),
);

it('reads any parameters or refuses them, and never fails', () => {
  fc.assert(
    fc.property(fc.dictionary(parameter, value, { maxKeys: 8 }), (query) => {
      outcome(() => readList(query, things, types));
    }),
    { numRuns: 2000 },
  );
});

it('reads any body or refuses it, and never fails', () => {
  const member = fc.oneof(fc.constantFrom('type', 'id', 'attributes', 'relationships', 'data', 'name', 'owner', 'parts', 'notes', '__proto__'), fc.string()); // prettier-ignore
  const { body } = fc.letrec((tie) => ({
    body: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.jsonValue(),
      fc.constantFrom('things', 'owners', 'x'),
      tie('members'),
    ),
    members: fc.dictionary(member, tie('body'), { maxKeys: 5 }),
  }));
  fc.assert(
    fc.property(body, fc.boolean(), (sent, isNew) => {
      const terms = { ...(isNew ? {} : { id: 'x' }), restricted: () => undefined };
      outcome(() => readWritten({ data: sent }, things, terms));
      outcome(() => readWritten(sent, things, terms));
    }),
    { numRuns: 2000 },
  );
});

it('finds the attribute and the predicate in every name that is made of both', () => {
  const attribute = fc.constantFrom('name', 'owner_name', 'owner_owner_name', 'parts_name', 'parts_owner_name');
  const predicate = fc.constantFrom(
    'eq',
    'not_eq',
    'in',
    'cont',
    'not_cont_all',
    'start_any',
    'does_not_match',
    'gteq_any',
    'in_or_null',
  );
  fc.assert(
    fc.property(fc.array(attribute, { minLength: 1, maxLength: 3 }), predicate, fc.string(), (paths, name, asked) => {
      const text = asked.toWellFormed().replaceAll('\0', '');
      const { filter } = readList({ [`filter[q][${paths.join('_or_')}_${name}]`]: text }, things, types);
      const found = new Set(Array.from(JSON.stringify(filter).matchAll(/"path":(\[[^\]]*\])/g), ([, path]) => path));
      expect(found).toEqual(new Set(paths.map((path) => JSON.stringify(path.split('_')))));
    }),
  );
});

it('takes no longer than the length of what is sent demands', async () => {
  const long = 'owner_'.repeat(20_000);
  const names = [`${long}name_eq`, `${'name_or_'.repeat(20_000)}name_eq`, 'not_'.repeat(20_000), '['.repeat(50_000)];
  const queries = [
    ...names.map((name) => ({ [`filter[q][${name}]`]: 'x' })),
    { include: 'owner.'.repeat(50_000) },
    { include: 'owner,'.repeat(50_000) },
    { sort: 'name,'.repeat(50_000) },
    { 'filter[q][name_in]': ','.repeat(50_000) },
  ];

  const took = await leastCpuMilliseconds(1000, () => {
    for (const query of queries) expect(outcome(() => readList(query, things, types))).toBe('refused');
  });

  expect(took).toBeLessThan(1000);
});
