import { newNumber } from '#lib/opaque-token';
import { DomainError } from '../../common/domain-error.js';
import type { Customer, CustomerAttributes, ListMembership, Profile } from '../../customer/index.js';
import type { CommonGroundBuyerCreateArguments, CommonGroundBuyerUpdateInput } from './buyer.arguments.js';
import { refuse } from './common-ground.errors.js';

const MAX_LISTS = 250;

type Own = NonNullable<CustomerAttributes['commonGround']>;
type Refs = readonly (string | null)[];

/** What a new buyer is said to be. */
export function profileOf(sent: CommonGroundBuyerCreateArguments, at: Date): Profile {
  const { firstName, lastName, telephone, taxNumber, organisation, lists } = sent;
  return {
    firstName,
    lastName,
    phone: telephone || null,
    taxNumber: taxNumber || null,
    attributes: { commonGround: { organisation: organisation || null, lists: membershipsOf(lists ?? [], [], at) } },
  };
}

/** What changes of a buyer. @throws DomainError PROFILE_INCOMPLETE; CommonGroundError */
export function changesOf(sent: CommonGroundBuyerUpdateInput, { attributes }: Customer, at: Date): Profile {
  const missing = (['firstName', 'lastName'] as const).filter((name) => sent[name] === '');
  if (missing.length > 0) throw new DomainError('PROFILE_INCOMPLETE', { missing });
  const { firstName, lastName, telephone, taxNumber, birthdate } = sent;
  const own = attributes.commonGround ?? {};
  return {
    firstName,
    lastName,
    ...(telephone === undefined ? {} : { phone: telephone || null }),
    ...(taxNumber === undefined ? {} : { taxNumber: taxNumber || null }),
    ...(birthdate === undefined ? {} : { dateOfBirth: birthdate?.toISOString().slice(0, 10) ?? null }),
    attributes: { commonGround: { ...own, ...ownChanges(sent, own, at) } },
  };
}

function ownChanges({ organisation, notes, lists }: CommonGroundBuyerUpdateInput, own: Own, at: Date): Own {
  return {
    ...(organisation === undefined ? {} : { organisation: organisation || null }),
    ...(notes === undefined ? {} : { notes: notes || null }),
    ...(lists === undefined ? {} : { lists: membershipsOf(lists ?? [], own.lists ?? [], at) }),
  };
}

/** Lists are another system's: each well-formed ref is taken. Who is on one already, stays since then. */
export function membershipsOf(refs: Refs, before: readonly ListMembership[], at: Date): ListMembership[] {
  const wanted = new Set(refs.filter((ref) => ref !== null));
  if (wanted.size > MAX_LISTS) refuse(`At most ${MAX_LISTS} lists can be kept.`);
  const now = at.getTime();
  return [...wanted].map((ref) => {
    if (!/^[0-9a-f]{24}$/.test(ref)) refuse('A list reference must be 24 hex digits.');
    return before.find((one) => one.ref === ref) ?? { number: newNumber(), ref, added: now, lastModified: now };
  });
}
