import { fromObjectId } from '../../common/public-id.js';
import type { Customer, CustomerAddress, CustomerAttributes, ListedAddress, Profile } from '../../customer/index.js';
import { listedAddresses } from './address.input.js';
import { refuse } from './common-ground.errors.js';
import { idOf } from './common-ground.mapper.js';
import type {
  CommonGroundRegisterArguments,
  CommonGroundUserAddressInput,
  CommonGroundUserUpdateArguments,
} from './user.arguments.js';

/** Bytes of the JSON that a buyer's preferences may have. */
const MAX_PREFERENCES = 4096;

/** What somebody who registers says of the own person. */
export function registeredProfile(sent: CommonGroundRegisterArguments): Profile {
  const { firstName, lastName, telephone, taxNumber, organisation } = sent;
  return {
    firstName,
    lastName,
    phone: telephone || null,
    taxNumber: taxNumber || null,
    attributes: { commonGround: { organisation: organisation || null } },
  };
}

/** What changes of the own person. */
export function userChanges(sent: CommonGroundUserUpdateArguments, { attributes }: Customer): Profile {
  const { firstName, lastName, telephone, taxNumber, organisation, preferences } = sent;
  const own: NonNullable<CustomerAttributes['commonGround']> = {
    ...(organisation === undefined ? {} : { organisation: organisation || null }),
    ...(preferences === undefined ? {} : { preferences: preferencesIn(preferences) }),
  };
  const hasOwn = Object.keys(own).length > 0;
  return {
    ...(firstName === undefined ? {} : { firstName: firstName || null }),
    ...(lastName === undefined ? {} : { lastName: lastName || null }),
    ...(telephone === undefined ? {} : { phone: telephone || null }),
    ...(taxNumber === undefined ? {} : { taxNumber: taxNumber || null }),
    ...(hasOwn ? { attributes: { commonGround: { ...attributes.commonGround, ...own } } } : {}),
  };
}

/** An `_id` that none of the buyer's own addresses has counts as none (SEC-65). */
export function userAddresses(
  sent: readonly (CommonGroundUserAddressInput | null)[],
  kept: readonly CustomerAddress[],
): ListedAddress[] {
  const taken = new Set<string>();
  return listedAddresses(sent, ({ _id }) => {
    if (!_id || taken.has(_id) || !fromObjectId(_id)) return undefined;
    taken.add(_id);
    return kept.find((address) => idOf(address) === _id);
  });
}

function preferencesIn(sent: unknown): object {
  if (sent === null) return {};
  if (typeof sent !== 'object' || Array.isArray(sent)) return refuse('The preferences must be an object.');
  if (Buffer.byteLength(JSON.stringify(sent)) > MAX_PREFERENCES) refuse('The preferences are too long.');
  const preferredLanguage: unknown = 'preferredLanguage' in sent ? sent.preferredLanguage : null;
  if (preferredLanguage === null || typeof preferredLanguage === 'string') return sent;
  return refuse('The preferred language must be a text.');
}
