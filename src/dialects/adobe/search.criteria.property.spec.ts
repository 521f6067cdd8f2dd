import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { CONDITION_TYPES, type ConditionType } from '../../../libs/search-criteria/src/search-criteria.js';
import type { Criteria } from '../../common/criteria.js';
import { Realm, Store } from '../../store/index.js';
import { AdobeError } from './adobe.refusal.js';
import { criteriaIn, pageIn } from './search.criteria.js';

const MAX_MS = 500;
const FIELDS = ['entity_id', 'id', 'email', 'firstname', 'dob', 'gender', 'store_id', 'created_at', 'updated_at', 'website_id', 'group_id']; // prettier-ignore
const SECRETS = ['password_hash', 'passwordHash', 'rp_token', 'digest', '__proto__', 'constructor', 'toString'];

const realm = Object.assign(new Realm(), { id: 1, policy: { eai: false } });
const store = Object.assign(new Store(), { id: 1, realmId: 1, realm });

const field = fc.oneof(fc.constantFrom(...FIELDS, ...SECRETS), fc.string());
const value = fc.oneof(
  fc.constantFrom('1', '1,2,3', 'ann@example.com', '%a%', '2026-01-01', '2026-02-30', '2026-01-01 10:00:00', '9'.repeat(20)),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('%', ',', "'", '\\\\', '-', '0', ' ', '\0'), maxLength: 40 }),
); // prettier-ignore
const filter = fc.record({ field, value, condition: fc.constantFrom<ConditionType>(...CONDITION_TYPES) });
const groups = fc.array(fc.array(filter, { minLength: 1, maxLength: 3 }), { maxLength: 3 });

/** What is found, or null where it is refused; whatever else is thrown fails the test. */
function found<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AdobeError) return null;
    throw error;
  }
}

/** Every value that a repository is handed. */
function valuesIn(criteria: Criteria<string>): unknown[] {
  if ('all' in criteria) return criteria.all.flatMap(valuesIn);
  if ('any' in criteria) return criteria.any.flatMap(valuesIn);
  if ('not' in criteria) return valuesIn(criteria.not);
  return [criteria.value];
}

it("makes criteria of any filters, or refuses them in the vendor's words; values are plain ones of their kind (SEC-66, SEC-67)", () => {
  fc.assert(
    fc.property(groups, (given) => {
      const criteria = found(() => criteriaIn({ groups: given, sorts: [], pageSize: null, currentPage: null }, store));
      for (const one of criteria ? valuesIn(criteria) : []) {
        const isPlain =
          typeof one === 'string' || Number.isSafeInteger(one) || (one instanceof Date && !Number.isNaN(one.getTime()));
        expect([one, isPlain]).toEqual([one, true]);
      }
    }),
    { numRuns: 3000 * FUZZ },
  );
});

it('knows no secret, whatever is asked of it (SEC-66)', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SECRETS), filter, (name, { value: text, condition }) => {
      const given = {
        groups: [[{ field: name, value: text, condition }]],
        sorts: [],
        pageSize: null,
        currentPage: null,
      };
      expect(found(() => criteriaIn(given, store))).toBeNull();
      expect(found(() => pageIn({ ...given, sorts: [{ field: name, descending: true }] }))).toBeNull();
    }),
    { numRuns: 500 * FUZZ },
  );
});

it('gives every customer once, page after page: a size and an offset that are bounded', () => {
  const number = fc.option(fc.nat(999_999_999), { nil: null });

  fc.assert(
    fc.property(number, number, (pageSize, currentPage) => {
      const page = found(() => pageIn({ groups: [], sorts: [], pageSize, currentPage }));
      if (!page) return;
      const next = found(() => pageIn({ groups: [], sorts: [], pageSize, currentPage: (currentPage || 1) + 1 }));
      expect(page.size).toBeGreaterThan(0);
      expect(page.size).toBeLessThanOrEqual(300);
      if (next) expect(next.offset).toBe(page.offset + page.size);
    }),
    { numRuns: 1000 * FUZZ },
  );
});

it.each(['%', ',', "'", '0', '2026-', ' ', 'a@'])(
  'answers a kilobyte of %j at once, in every field and comparison',
  async (piece) => {
    const text = piece.repeat(Math.floor(1024 / piece.length));
    const criteria = FIELDS.flatMap((field) =>
      CONDITION_TYPES.map((condition) => ({
        groups: [[{ field, value: text, condition }]],
        sorts: [],
        pageSize: null,
        currentPage: null,
      })),
    );

    const took = await leastCpuMilliseconds(MAX_MS, () => {
      for (const given of criteria) found(() => criteriaIn(given, store));
    });

    expect(took).toBeLessThan(MAX_MS);
  },
);
