import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadConfig } from '../config/index.js';
import { demoSetup, readSetup } from './index.js';
import { SetupError } from './setup-file.js';

const config = loadConfig({ NODE_ENV: 'development' });
const SECRET = 'geheim-0123456789-geheim';

/** Read, or refused with every fault in its place; anything else is a fault of ours. */
function outcomeOf(text: string): 'read' | 'refused' {
  try {
    readSetup(text, config);
    return 'read';
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    expect(error.faults.length).toBeGreaterThan(0);
    expect(error.message).not.toContain(SECRET);
    return 'refused';
  }
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(SECRET, [SECRET], { token: SECRET }, null, [], {}, 0, -1, 1e308, 'default', true),
);

type Path = readonly string[];

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of all members that are wanted. */
function pathsIn(value: unknown, isWanted = (_value: unknown): boolean => true, path: Path = []): Path[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const below = members.flatMap(([key, member]) => pathsIn(member, isWanted, [...path, key]));
  return isWanted(value) ? [path, ...below] : below;
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((member, at) => (String(at) === key ? replaced(member, rest, by) : member));
  }
  const members = new Map(Object.entries(value ?? {}));
  return Object.fromEntries(members.set(key, replaced(members.get(key), rest, by)));
}

it('reads any text or refuses it with its faults, and repeats nothing of it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.string({ unit: fc.constantFrom(...'{}[]:,-&*!|>%@`"\'#? \n\tab0'), maxLength: 60 }),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      (text) => outcomeOf(text) === 'refused',
    ),
    { numRuns: 500 * FUZZ },
  );
});

it('refuses another kind of value in any place with a fault, as JSON and as YAML', () => {
  const paths = pathsIn(demoSetup);

  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, fc.boolean(), (path, value, isYaml) => {
      const setup = replaced(demoSetup, path, value);
      outcomeOf(isYaml ? stringify(setup) : JSON.stringify(setup));
    }),
    { numRuns: 500 * FUZZ },
  );
});

it('refuses an unknown member in any place', () => {
  const objects = pathsIn(demoSetup, isRecord);

  for (const path of objects) {
    expect([path, outcomeOf(JSON.stringify(replaced(demoSetup, [...path, 'keyturn'], 1)))]).toEqual([path, 'refused']);
  }
});

it('ends at once with what grows when it is read', () => {
  const lol = Array.from({ length: 12 }, (_, at) => `l${at}: &l${at} [${Array(9).fill(at === 0 ? 'x' : `*l${at - 1}`).join()}]`);
  const began = performance.now();

  expect(outcomeOf(lol.join('\n'))).toBe('refused');
  expect(outcomeOf('['.repeat(5000))).toBe('refused');

  expect(performance.now() - began).toBeLessThan(5000);
}); // prettier-ignore
