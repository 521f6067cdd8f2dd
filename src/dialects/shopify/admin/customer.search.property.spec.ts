import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { readSearch, SearchTooComplex, type Search } from './customer.search.js';

const piece = fc.oneof(
  fc.constantFrom(...['email:', 'tag:', 'state:', ':', '::', '(', ')', '"', "'", '\\', '-', 'NOT ', ' AND ', ' OR ', '*', '>', '>=', '<', ' ']), // prettier-ignore
  fc.constantFrom('a@b.co', '2026-01-01', '\u0000', '\ud800', '%', '_', '🦊', '__proto__:x', 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const query = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

/** How many terms a search has, and how deep they lie. */
function sizeOf(search: Search): { readonly terms: number; readonly depth: number } {
  if (search.kind === 'term') return { terms: 1, depth: 0 };
  const parts = (search.kind === 'not' ? [search.part] : search.parts).map(sizeOf);
  return {
    terms: parts.reduce((sum, { terms }) => sum + terms, 0),
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
  };
}

it('reads every text as a search of bounded size, or says that it is too complex', () => {
  fc.assert(
    fc.property(query, (text) => {
      try {
        const { terms, depth } = sizeOf(readSearch(text));
        expect(terms).toBeLessThanOrEqual(50);
        expect(depth).toBeLessThan(100);
      } catch (error) {
        expect(error).toBeInstanceOf(SearchTooComplex);
      }
    }),
    { numRuns: 2000 * FUZZ },
  );
});

it('reads 100 kB of anything at once', async () => {
  const took = await leastCpuMilliseconds(1500, () => {
    for (const part of ['(', ')', '-', 'NOT ', '"', '\\', 'a:', 'a OR ', '>', "'", ' ', 'a']) {
      try {
        readSearch(part.repeat(100_000 / part.length));
      } catch (error) {
        expect(error).toBeInstanceOf(SearchTooComplex);
      }
    }
  });

  expect(took).toBeLessThan(1500);
});
