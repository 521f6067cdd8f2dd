import {
  addressFields,
  type AddressChanges,
  type Customer,
  type CustomerAddress,
  type ListedAddress,
} from '../../../customer/index.js';
import { changesIn, newAddressIn } from '../address.input.js';
import { isGiven } from '../shopify.connections.js';
import { ShopifyInputError } from '../shopify.errors.js';
import { addressNumberIn } from '../shopify.ids.js';
import type { AdminMailingAddressInput } from './address.types.js';
import { adminFaultOf, type Refuse } from './admin.errors.js';

type Owner = Pick<Customer, 'firstName' | 'lastName'>;

/** The addresses of a new customer, equal ones once; the first is the default one. */
export function newAddressesIn(
  inputs: readonly AdminMailingAddressInput[],
  owner: Owner,
  refuse: Refuse,
): AddressChanges[] {
  const fields = inputs.flatMap((input, at) => {
    if (isGiven(input.id)) refuse(placeOf(at, 'id'), 'Cannot specify address ID on creation');
    return reading(at, refuse, () => newAddressIn(plain(input), owner)) ?? [];
  });
  const texts = fields.map((one) => JSON.stringify(one));
  const different = fields.filter((_one, at) => texts.indexOf(texts[at] ?? '') === at);
  return different.map((one, at) => ({ ...one, defaultShipping: at === 0 }));
}

/** The list that takes the place of the addresses there are. */
export function addressListIn(
  inputs: readonly AdminMailingAddressInput[],
  owner: Owner,
  kept: readonly CustomerAddress[],
  refuse: Refuse,
): ListedAddress[] {
  return inputs.flatMap((input, at) => listedIn(input, { at, owner, kept, refuse }) ?? []);
}

interface Entry {
  readonly at: number;
  readonly owner: Owner;
  readonly kept: readonly CustomerAddress[];
  readonly refuse: Refuse;
}

/** Null where it was refused. */
function listedIn(input: AdminMailingAddressInput, { at, owner, kept, refuse }: Entry): ListedAddress | null {
  if (!isGiven(input.id)) {
    const fields = reading(at, refuse, () => newAddressIn(plain(input), owner));
    return fields && { number: null, fields };
  }
  const number = addressNumberIn(input.id);
  const current = kept.find((address) => address.number === number);
  if (!current) {
    refuse(placeOf(at, 'id'), 'Customer address does not exist');
    return null;
  }
  const changes = reading(at, refuse, () => changesIn(plain(input), current));
  return changes && { number, fields: { ...addressFields(current), ...given(changes) } };
}

function reading<T>(at: number, refuse: Refuse, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShopifyInputError)) throw error;
    for (const fault of error.faults) {
      const { field, message } = adminFaultOf(fault, ...placeOf(at));
      refuse(field, message);
    }
    return null;
  }
}

/** As storefronts write it: codes stand for names. */
function plain({
  id: _id,
  countryCode,
  provinceCode,
  ...input
}: AdminMailingAddressInput): Omit<AdminMailingAddressInput, 'id' | 'countryCode' | 'provinceCode'> {
  return {
    ...input,
    ...(countryCode === undefined ? {} : { country: countryCode }),
    ...(provinceCode === undefined ? {} : { province: provinceCode }),
  };
}

/** Members that are absent stay as they are. */
function given(changes: AddressChanges): AddressChanges {
  const entries: [string, unknown][] = Object.entries(changes);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function placeOf(at: number, ...member: string[]): string[] {
  return ['addresses', String(at), ...member];
}
