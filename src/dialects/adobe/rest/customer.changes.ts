import type { Caller } from '../../../access/index.js';
import {
  addressFields,
  type AddressChanges,
  type Customer,
  type CustomerAddress,
  type ListedAddress,
  type Profile,
} from '../../../customer/index.js';
import { addressIn, missingInChange, missingInNew, type GivenAddress } from '../address.input.js';
import { settingsOf } from '../adobe.caller.js';
import { countryOf } from '../adobe.countries.js';
import { isSaid } from '../adobe.input.js';
import { AdobeError } from '../adobe.refusal.js';
import { changesIn, profileIn, type GivenProfile } from '../customer.input.js';
import type { GivenCustomer, GivenRestAddress } from './customer.schema.js';
import { invalid, missing, noSuchEntity, refuseAll } from './rest.input.js';
import { ASSISTANCE, GROUP } from './rest.mapper.js';

/** The profile of a new customer. @throws AdobeError */
export function profileOf(given: GivenCustomer, { store }: Caller): Profile {
  return profileIn(profileGiven(given), settingsOf(store));
}

/** What an update says of the profile. The vendor wants both names in every body. @throws AdobeError, DomainError PROFILE_INCOMPLETE */
export function profileChanges(given: GivenCustomer, customer: Customer, { store }: Caller): Profile {
  const names = { firstname: given.firstname ?? '', lastname: given.lastname ?? '' };
  return changesIn(profileGiven({ ...given, ...names }), customer, settingsOf(store));
}

/** Staff may not say of group and website what is not so; of everybody else such words have no effect (SEC-2). @throws AdobeError */
export function refuseOtherPlace(
  { group_id: group, website_id: website }: GivenCustomer,
  { store, client }: Caller,
): void {
  if (!client) return;
  if (isSaid(group) && group !== GROUP) throw new AdobeError(invalid('group_id', group));
  if (isSaid(website) && website !== store.realmId) throw new AdobeError(invalid('website_id', website));
}

/** The addresses of a new customer; ids have no effect. @throws AdobeError */
export function newAddresses(given: GivenCustomer, caller: Caller): AddressChanges[] {
  return (given.addresses ?? []).map((address) => newAddress(address, caller));
}

/** What a customer's address book becomes, or undefined where nothing is said of it. @throws AdobeError */
export function addressList(
  given: GivenCustomer,
  customer: Customer,
  kept: readonly CustomerAddress[],
  caller: Caller,
): ListedAddress[] | undefined {
  const billing = defaultId(given, 'default_billing', customer.defaultBillingId);
  const shipping = defaultId(given, 'default_shipping', customer.defaultShippingId);
  const isRemarked = billing !== customer.defaultBillingId || shipping !== customer.defaultShippingId;
  if (!isSaid(given.addresses) && !isRemarked) return undefined;
  const addresses: readonly GivenRestAddress[] = given.addresses ?? kept.map(({ id }) => ({ id }));
  const billed = marked(addresses, 'default_billing', billing);
  const shipped = marked(addresses, 'default_shipping', shipping);
  return addresses.map((address) => {
    const marks = { isBilling: address === billed, isShipping: address === shipped };
    return { ...listed(address, kept, caller), marks };
  });
}

/** An address says of itself that it is the default, else the customer says which one is. */
function marked(
  addresses: readonly GivenRestAddress[],
  flag: 'default_billing' | 'default_shipping',
  id: number | null,
): GivenRestAddress | undefined {
  return (
    addresses.find((address) => address[flag]) ?? addresses.find((address) => isSaid(address.id) && address.id === id)
  );
}

function defaultId(
  given: GivenCustomer,
  field: 'default_billing' | 'default_shipping',
  present: number | null,
): number | null {
  const said = given[field];
  if (!isSaid(said)) return present;
  if (!/^[1-9]\d{0,9}$/.test(said)) throw new AdobeError(invalid(field, said.slice(0, 64)));
  return Number(said);
}

/** Another customer's address is not found (SEC-65). */
function listed(
  given: GivenRestAddress,
  kept: readonly CustomerAddress[],
  caller: Caller,
): Omit<ListedAddress, 'marks'> {
  const { id } = given;
  if (!id) return { number: null, fields: withoutMarks(newAddress(given, caller)) };
  const current = kept.find((address) => address.id === id);
  if (!current) throw new AdobeError(noSuchEntity(['addressId', id]));
  const said = addressGiven(given);
  refuseIncomplete(missingInChange(said, current));
  const changes = withoutMarks(addressIn(said, settingsOf(caller.store), current));
  const fields = addressFields({ ...addressFields(current), ...changes });
  return { number: current.number, fields };
}

function newAddress(given: GivenRestAddress, { store }: Caller): AddressChanges {
  const address = addressGiven(given);
  refuseIncomplete(missingInNew(address));
  return addressIn(address, settingsOf(store), null);
}

function refuseIncomplete(fields: readonly string[]): void {
  if (fields.length > 0) refuseAll(fields.map(missing));
}

function withoutMarks({
  defaultBilling: _billing,
  defaultShipping: _shipping,
  ...fields
}: AddressChanges): AddressChanges {
  return fields;
}

/** Region ids that are 0 say nothing; the id beside the region counts where the region has none. */
function addressGiven({ region, region_id: outerId, ...given }: GivenRestAddress): GivenAddress {
  const { id: _id, customer_id: _owner, custom_attributes: _attributes, ...fields } = given;
  const { country_id: country } = fields;
  if (isSaid(country) && countryOf(country) === null) throw new AdobeError(invalid('country_id', country.slice(0, 64)));
  const regionId = region?.region_id || outerId || null;
  return { ...fields, region: region || regionId ? { ...region, region_id: regionId } : null };
}

function profileGiven({ extension_attributes: extensions, ...given }: GivenCustomer): GivenProfile {
  const { dob, firstname, middlename, lastname, prefix, suffix, taxvat, gender, custom_attributes } = given;
  const assistance = extensions?.assistance_allowed;
  return {
    ...{ dob, firstname, middlename, lastname, prefix, suffix, taxvat, custom_attributes },
    gender: gender === 0 ? null : gender, // the vendor's own answers have it for who said nothing
    is_subscribed: extensions?.is_subscribed,
    allow_remote_shopping_assistance: isSaid(assistance) ? assistance === ASSISTANCE.allowed : null,
  };
}
