import { MultipassError, openMultipass, type MultipassToken } from '#lib/multipass';
import { networkKey } from '#lib/network-address';
import { digestOf } from '#lib/opaque-token';
import { codePoints, isPlainText } from '#lib/plain-text';
import { DomainError } from '../../common/domain-error.js';
import type { AddressChanges, Assertion, Customer, Profile } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { newAddressIn } from './address.input.js';
import type { ShopifyMailingAddressInput } from './address.types.js';
import { ShopifyInputError } from './shopify.errors.js';
import { nameIn, parsedEmail, phoneIn } from './shopify.input.js';
import { isObject } from './shopify.transport.js';

type Data = MultipassToken['data'];

/** What is needed to believe a token. */
interface Trust {
  /** Null where the store takes no tokens. */
  readonly secret: string | null;
  readonly store: Store;
  readonly at: Date;
}

const MAX_TEXT = 255;
const MAX_TAGS = 250;

const rejected = (reason: string): DomainError => new DomainError('MULTIPASS_REJECTED', { reason });

/**
 * What a token says of a customer. Members of a wrong type refuse all of it; members that mean nothing here, such as
 * `return_to` (SEC-60), are passed over.
 *
 * @throws DomainError MULTIPASS_REJECTED
 */
export function assertionIn(token: string, { secret, store, at }: Trust): Assertion {
  const { email, data, bytes, expiresAt } = opened(token, secret, at);
  const address = parsedEmail(email, store);
  if (!address) throw rejected('email');
  return {
    email: address,
    identifier: lineIn(data, 'identifier'),
    profile: profileIn(data),
    firstProfile: firstProfileIn(data, store),
    addresses: addressesIn(data),
    network: networkIn(data),
    digest: digestOf('multipass', bytes.toString('base64')),
    expiresAt,
  };
}

function opened(token: string, secret: string | null, at: Date): MultipassToken {
  if (secret === null) throw rejected('off');
  try {
    return openMultipass(token, secret, at);
  } catch (error) {
    throw error instanceof MultipassError ? rejected(error.fault) : error;
  }
}

/** Blank names say nothing; a blank `tag_string` says that there are no tags. */
function profileIn(data: Data): Assertion['profile'] {
  const refuse = (): never => {
    throw rejected('name');
  };
  const firstName = nameIn(textIn(data, 'first_name'), 'firstName', refuse);
  const lastName = nameIn(textIn(data, 'last_name'), 'lastName', refuse);
  const tags = tagsIn(data);
  return { ...(firstName && { firstName }), ...(lastName && { lastName }), ...(tags && { tags }) };
}

/** Members that the vendor does not document but storefronts send; what cannot be read of them is passed over. */
function firstProfileIn(
  { phone, accepts_marketing: acceptsMarketing }: Data,
  store: Store,
): Pick<Profile, 'phone' | 'acceptsMarketing'> {
  const number = typeof phone === 'string' ? phoneIn(phone, store, () => undefined) : null;
  return { phone: number, acceptsMarketing: acceptsMarketing === true };
}

/** Codes say more than names. Whoever is named in none of them gets the customer's name, which is known later. */
function addressesIn({ addresses }: Data): Assertion['addresses'] {
  const list: unknown = addresses ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) throw rejected('addresses');
  const given = list.map((one) => {
    const input: ShopifyMailingAddressInput = {
      address1: textIn(one, 'address1'),
      address2: textIn(one, 'address2'),
      city: textIn(one, 'city'),
      company: textIn(one, 'company'),
      country: textIn(one, 'country_code') ?? textIn(one, 'country'),
      firstName: textIn(one, 'first_name'),
      lastName: textIn(one, 'last_name'),
      phone: textIn(one, 'phone'),
      province: textIn(one, 'province_code') ?? textIn(one, 'province'),
      zip: textIn(one, 'zip'),
    };
    return { input, mark: flagIn(one, 'default') ? { defaultShipping: true } : {} };
  });
  return (owner) => given.map(({ input, mark }) => ({ ...addressIn(input, owner), ...mark }));
}

function addressIn(input: ShopifyMailingAddressInput, owner: Customer): AddressChanges {
  try {
    return newAddressIn(input, owner);
  } catch (error) {
    throw error instanceof ShopifyInputError ? rejected('addresses') : error;
  }
}

function tagsIn(data: Data): readonly string[] | null {
  const text = textIn(data, 'tag_string');
  if (text === null) return null;
  const tags = [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
  if (tags.length > MAX_TAGS || !tags.every(isLine)) throw rejected('tag_string');
  return tags;
}

/** IPv6 addresses are compared as networks, since devices change theirs within one. */
function networkIn(data: Data): string | null {
  const ip = lineIn(data, 'remote_ip');
  if (ip === null) return null;
  const network = networkKey(ip);
  if (network === UNREADABLE) throw rejected('remote_ip');
  return network;
}

/** What is said of network addresses that cannot be read. */
const UNREADABLE = networkKey('');

/** A text without control characters, trimmed; null where there is none. */
function lineIn(data: Data, name: string): string | null {
  const text = textIn(data, name)?.trim() ?? '';
  if (!isLine(text)) throw rejected(name);
  return text === '' ? null : text;
}

function textIn(data: Data, name: string): string | null {
  const value = data[name] ?? null;
  if (value !== null && typeof value !== 'string') throw rejected(name);
  return value;
}

function flagIn(data: Data, name: string): boolean {
  const value = data[name] ?? false;
  if (typeof value !== 'boolean') throw rejected(name);
  return value;
}

function isLine(text: string): boolean {
  return isPlainText(text) && codePoints(text) <= MAX_TEXT;
}
