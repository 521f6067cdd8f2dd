import { TestApp, type Answer } from '../support/test-app.js';
import { bearer, clientOf } from './wire.js';

const FIELDS = `id uid firstname lastname company street city postcode country_code telephone default_billing
  default_shipping region{region region_code region_id}`;
export const operations = {
  create: `mutation($input:CustomerAddressInput!){createCustomerAddress(input:$input){${FIELDS}}}`,
  update: `mutation($id:Int!,$input:CustomerAddressInput){updateCustomerAddress(id:$id,input:$input){${FIELDS}}}`,
  updateV2: `mutation($uid:ID!,$input:CustomerAddressInput){updateCustomerAddressV2(uid:$uid,input:$input){${FIELDS}}}`,
  remove: 'mutation($id:Int!){deleteCustomerAddress(id:$id)}',
  removeV2: 'mutation($uid:ID!){deleteCustomerAddressV2(uid:$uid)}',
} as const;

export const AUSTIN = {
  firstname: 'Ann',
  lastname: 'Lee',
  street: ['500 Main St', '', ''],
  city: 'Austin',
  postcode: '78701',
  country_code: 'US',
  region: { region_code: 'TX' },
  telephone: '512 555 0100',
};
export const GRAZ = {
  ...AUSTIN,
  city: 'Graz',
  postcode: '8010',
  country_code: 'AT',
  region: { region: 'Steiermark', region_code: 'ST' },
};

/** Sends an operation as one customer. */
export type Ask = (operation: keyof typeof operations, variables: object) => Promise<Answer>;

/** A customer who is signed in. */
export async function aShopper(app: TestApp): Promise<Ask & { readonly token: string }> {
  const token = await app.signedIn(await app.aCustomer());
  const ask: Ask = (operation, variables) => clientOf(app)(operations[operation], variables, bearer(token));
  return Object.assign(ask, { token });
}

/** An address that a customer has from now on. */
export async function created(ask: Ask, given: object = {}): Promise<{ id: number; uid: string }> {
  const { body } = await ask('create', { input: { ...AUSTIN, ...given } });
  return body.data.createCustomerAddress as { id: number; uid: string };
}

/** What the customer has. */
export async function bookOf(app: TestApp, token: string): Promise<unknown[]> {
  const { body } = await clientOf(app)(
    `{customer{default_billing default_shipping addresses{${FIELDS}}}}`,
    {},
    bearer(token),
  );
  return body.data.customer.addresses as unknown[];
}
