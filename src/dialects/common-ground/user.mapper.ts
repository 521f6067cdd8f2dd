import { newNumber } from '#lib/opaque-token';
import type { Customer, CustomerAddress, SignedIn } from '../../customer/index.js';
import { addressParts, idOf, nameOf } from './common-ground.mapper.js';
import type { CommonGroundRegisterArguments } from './user.arguments.js';
import type {
  CommonGroundLogin,
  CommonGroundPreferences,
  CommonGroundRegistered,
  CommonGroundSession,
  CommonGroundUser,
  CommonGroundUserAddress,
} from './user.types.js';

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<CommonGroundUser | CommonGroundLogin, Customer>();

type SessionSource = Pick<SignedIn, 'customer' | 'number' | 'issuedAt' | 'token' | 'expiresAt'>;

/** What somebody who registers says. */
type RegisteredPerson = Pick<
  CommonGroundRegisterArguments,
  'firstName' | 'lastName' | 'telephone' | 'taxNumber' | 'organisation'
>;

const untold = {
  id: null,
  lastName: null,
  name: null,
  telephone: null,
  taxNumber: null,
  organisation: null,
  isSubscribed: null,
  preferences: null,
};

/** Everything that a buyer sees of the own account; what was never set is an empty text where the vendor sends one. */
export function toUser(customer: Customer): CommonGroundUser {
  const { organisation, preferences } = customer.attributes.commonGround ?? {};
  const answer: CommonGroundUser = {
    ...untold,
    _id: idOf(customer),
    firstName: customer.firstName,
    lastName: customer.lastName,
    name: nameOf(customer),
    email: customer.email,
    telephone: customer.phone ?? '',
    taxNumber: customer.taxNumber ?? '',
    organisation: organisation ?? '',
    isSubscribed: customer.acceptsMarketing,
    preferences: toPreferences(preferences ?? {}),
  };
  sources.set(answer, customer);
  return answer;
}

/** What a mailed link may tell: it can leak, and an address book must not leak with it. */
export function toUserOfLink(customer: Customer): CommonGroundUser {
  return { ...untold, _id: idOf(customer), firstName: customer.firstName, email: customer.email };
}

/** Somebody who has registered, as the request says it; the id is nobody's, or it would tell who is new (SEC-75). */
export function toRegistered(sent: RegisteredPerson, email: string, at: Date): CommonGroundRegistered {
  const { firstName, lastName, telephone, taxNumber, organisation } = sent;
  const name = { firstName, lastName, name: nameOf({ firstName, lastName }) };
  const more = { telephone: telephone ?? '', taxNumber: taxNumber ?? '', organisation: organisation ?? '' };
  const _id = idOf({ number: newNumber(), createdAt: at });
  const message = `An activation email was sent to ${email}.`;
  return { user: { ...untold, _id, ...name, email, ...more }, session: null, message };
}

export function toSession({ customer, number, issuedAt, token, expiresAt }: SessionSource): CommonGroundSession {
  const _id = idOf({ number, createdAt: issuedAt });
  return { _id, jwt: token, expires: expiresAt, user: toUser(customer) };
}

export function toLogin(signedIn: SignedIn): CommonGroundLogin {
  const answer: CommonGroundLogin = { session: toSession(signedIn), checkout: null };
  sources.set(answer, signedIn.customer);
  return answer;
}

/** The core's customer behind an answer; null where the answer may not tell more of it. */
export function customerBehind(answer: CommonGroundUser | CommonGroundLogin): Customer | null {
  return sources.get(answer) ?? null;
}

function toPreferences(kept: { readonly preferredLanguage?: unknown }): CommonGroundPreferences {
  const { preferredLanguage } = kept;
  return { preferredLanguage: typeof preferredLanguage === 'string' ? preferredLanguage : null };
}

export function toUserAddress(address: CustomerAddress, customer: Customer): CommonGroundUserAddress {
  return addressParts(address, customer);
}
