import type { FilterTest } from '#lib/json-api';
import { EVENT_NAMES } from './webhooks.topics.js';

/** The core's types of those events whose names meet a test. */
export function typesMeeting(test: FilterTest): string[] {
  return Object.entries(EVENT_NAMES)
    .filter(([, name]) => meets(name, test))
    .map(([type]) => type);
}

/** Every event has a name, and none is empty. */
function meets(name: string, { operator, value }: FilterTest): boolean {
  const text = typeof value === 'string' ? value : '';
  const [folded, part] = [name.toLowerCase(), text.toLowerCase()];
  switch (operator) {
    case 'eq':
      return name === text;
    case 'cont':
      return folded.includes(part);
    case 'start':
      return folded.startsWith(part);
    case 'end':
      return folded.endsWith(part);
    case 'matches':
      return isLike(folded, stepsOf(part));
    case 'lt':
      return name < text;
    case 'lteq':
      return name <= text;
    case 'gt':
      return name > text;
    case 'gteq':
      return name >= text;
    default:
      return false;
  }
}

const MANY = Symbol('any characters');
const ONE = Symbol('one character');
type Step = string | typeof MANY | typeof ONE;

/** A pattern of SQL's LIKE; a backslash takes the meaning of what follows away. */
function stepsOf(pattern: string): Step[] {
  return Array.from(pattern.matchAll(/\\(.)|(.)/gsu), ([, literal, plain = '']) => {
    if (literal !== undefined) return literal;
    if (plain === '%') return MANY;
    return plain === '_' ? ONE : plain;
  });
}

/** In steps that grow with the lengths' product and no faster, whatever the pattern. */
function isLike(text: string, steps: readonly Step[]): boolean {
  let reached = [true, ...Array.from(text, () => false)];
  for (const step of steps) {
    const first = reached.indexOf(true);
    reached = reached.map((_, at) => {
      if (step === MANY) return first >= 0 && at >= first;
      return at > 0 && reached[at - 1] === true && (step === ONE || step === text[at - 1]);
    });
  }
  return reached.at(-1) === true;
}
