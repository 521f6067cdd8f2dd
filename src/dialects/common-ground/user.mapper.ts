import type { Customer, CustomerAddress, SignedIn } from '../../customer/index.js';
import { addressParts, idOf, nameOf } from './common-ground.mapper.js';
import type { CommonGroundLogin, CommonGroundUser, CommonGroundUserAddress } from './user.types.js';

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<CommonGroundUser | CommonGroundLogin, Customer>();

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
  const answer: CommonGroundUser = {
    ...untold,
    _id: idOf(customer),
    firstName: customer.firstName,
    lastName: customer.lastName,
    name: nameOf(customer),
    email: customer.email,
    telephone: customer.phone ?? '',
    taxNumber: customer.taxNumber ?? '',
    organisation: '',
    isSubscribed: customer.acceptsMarketing,
  };
  sources.set(answer, customer);
  return answer;
}

/** What a mailed link may tell: it can leak, and an address book must not leak with it. */
export function toUserOfLink(customer: Customer): CommonGroundUser {
  return { ...untold, _id: idOf(customer), firstName: customer.firstName, email: customer.email };
}

export function toLogin(signedIn: SignedIn): CommonGroundLogin {
  const { customer, number, issuedAt, token, expiresAt } = signedIn;
  const _id = idOf({ number, createdAt: issuedAt });
  const session = { _id, jwt: token, expires: expiresAt, user: toUser(customer) };
  const answer: CommonGroundLogin = { session, checkout: null };
  sources.set(answer, customer);
  return answer;
}

/** The core's customer behind an answer; null where the answer may not tell more of it. */
export function customerBehind(answer: CommonGroundUser | CommonGroundLogin): Customer | null {
  return sources.get(answer) ?? null;
}

export function toUserAddress(address: CustomerAddress, customer: Customer): CommonGroundUserAddress {
  return addressParts(address, customer);
}
