import type { Customer, CustomerAddress } from '../../customer/index.js';
import type { CommonGroundBuyer, CommonGroundBuyerAddress, CommonGroundVerification } from './buyer.types.js';
import { addressParts, idOf, nameOf } from './common-ground.mapper.js';

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<CommonGroundBuyer, Customer>();

/** Orders, wants and vouchers are another system's: none. */
export function toBuyer(customer: Customer): CommonGroundBuyer {
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
    organisation: null,
    taxNumber: customer.taxNumber,
    lists: [],
    notes: null,
    verification: toVerification(customer),
    orderCount: 0,
    orderTotal: 0,
    creditNotesCount: 0,
    wantsCount: 0,
    vouchersCount: 0,
    checkoutCount: 0,
    type: 'buyer',
  };
  sources.set(answer, customer);
  return answer;
}

/** The core's customer behind an answer of `toBuyer`. */
export function customerBehind(answer: CommonGroundBuyer): Customer {
  const customer = sources.get(answer);
  if (!customer) throw new Error('the answer was not made by toBuyer');
  return customer;
}

export function toBuyerAddress(address: CustomerAddress, customer: Customer): CommonGroundBuyerAddress {
  return { ...addressParts(address, customer), geoLoc: null };
}

function toVerification({ emailConfirmed, createdAt }: Customer): CommonGroundVerification {
  return { status: emailConfirmed, token: null, code: null, date: emailConfirmed ? createdAt : null, hash: null };
}
