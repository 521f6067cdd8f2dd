import { toObjectId } from '../../common/public-id.js';
import type { Customer, CustomerAddress, ListMembership } from '../../customer/index.js';
import type {
  CommonGroundBuyer,
  CommonGroundBuyerAddress,
  CommonGroundBuyerList,
  CommonGroundVerification,
} from './buyer.types.js';
import { addressParts, idOf, nameOf } from './common-ground.mapper.js';

/** What an answer was made of; what a list has read for all of its buyers at once is not read again for each. */
export interface BuyerSource {
  readonly customer: Customer;
  readonly hasPassword?: boolean;
  readonly addresses?: readonly CustomerAddress[];
}

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<CommonGroundBuyer, BuyerSource>();

/** Orders, wants and vouchers are another system's: none. */
export function toBuyer(customer: Customer, known: Omit<BuyerSource, 'customer'> = {}): CommonGroundBuyer {
  const { notes = null, organisation = null, lists = [] } = customer.attributes.commonGround ?? {};
  const answer: CommonGroundBuyer = {
    _id: idOf(customer),
    created: customer.createdAt,
    updated: customer.updatedAt,
    lastLogin: customer.signIn.lastSignInAt,
    active: customer.state === 'enabled' && customer.disabledBy === null,
    birthdate: customer.dateOfBirth === null ? null : new Date(`${customer.dateOfBirth}T00:00:00.000Z`),
    firstName: customer.firstName,
    lastName: customer.lastName,
    email: customer.email,
    name: nameOf(customer),
    path: null,
    telephone: customer.phone,
    organisation,
    taxNumber: customer.taxNumber,
    lists: lists.map(toBuyerList),
    notes,
    verification: toVerification(customer),
    orderCount: 0,
    orderTotal: 0,
    creditNotesCount: 0,
    wantsCount: 0,
    vouchersCount: 0,
    checkoutCount: 0,
    type: 'buyer',
  };
  sources.set(answer, { ...known, customer });
  return answer;
}

/** What a buyer's record said before it was taken away, without the person. */
export function toAnonymous({ id, number, createdAt, ...customer }: Customer): CommonGroundBuyer {
  const person = { firstName: null, lastName: null, phone: null, dateOfBirth: null, taxNumber: null, attributes: {} };
  const nobody = { ...customer, ...person, id, number, createdAt, emailConfirmed: false, state: 'disabled' } as const;
  return Object.assign(toBuyer(nobody, { addresses: [], hasPassword: false }), { email: null });
}

/** What is behind an answer of `toBuyer`. */
export function sourceOf(answer: CommonGroundBuyer): BuyerSource {
  const source = sources.get(answer);
  if (!source) throw new Error('the answer was not made by toBuyer');
  return source;
}

export function toBuyerAddress(address: CustomerAddress, customer: Customer): CommonGroundBuyerAddress {
  const { streetNumber, ...parts } = addressParts(address, customer);
  const geoLoc = address.attributes.commonGround?.geoLoc ?? null;
  return {
    ...parts,
    streetNumber: leadingInteger(streetNumber),
    geoLoc: geoLoc && { type: geoLoc.type, coordinates: geoLoc.coordinates },
  };
}

/** The number that a house number such as `12b` begins with; null where it is none that fits the wire's `Int`. */
function leadingInteger(text: string | null): number | null {
  const [digits] = /^\d{1,9}/.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

function toBuyerList({ number, ref, added, lastModified }: ListMembership): CommonGroundBuyerList {
  const since = new Date(added);
  return { _id: toObjectId(number, since), ref, added: since, lastModified: new Date(lastModified) };
}

function toVerification({ emailConfirmed, createdAt }: Customer): CommonGroundVerification {
  return { status: emailConfirmed, token: null, code: null, date: emailConfirmed ? createdAt : null, hash: null };
}
