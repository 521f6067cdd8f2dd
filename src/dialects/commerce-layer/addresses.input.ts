import { alpha3Of, findRegion } from '#lib/countries';
import { parseEmail } from '#lib/email-address';
import { blank, invalid, type ErrorObject, type Written } from '#lib/json-api';
import type { AddressAttributes, AddressContent, CustomerAddress } from '../../customer/index.js';
import type { CommerceLayerSettings } from '../../store/index.js';
import { toAddressAttributes } from './addresses.mapper.js';
import { notesIn, textOf } from './common.mapper.js';

type Values = Readonly<Record<string, unknown>>;

/** What is wrong with an address as it would be, `current` with what is written. */
export function addressFaults(
  { values, faults }: Written,
  current: CustomerAddress | null,
  settings: CommerceLayerSettings,
): ErrorObject[] {
  const next: Values = { ...(current ? toAddressAttributes(current) : {}), ...values };
  const country = next['country_code'];
  const isUnknown = typeof country === 'string' && country !== '' && alpha3Of(country.toUpperCase()) === null;
  const { email } = values;
  const isNoEmail = typeof email === 'string' && email !== '' && !parseEmail(email, { eai: true });
  return [
    ...requiredOf(next, settings).filter((name) => isMissing(next[name])).map((name) => blank(name)),
    ...(isUnknown ? [invalid('country_code')] : []),
    ...(isNoEmail ? [invalid('email')] : []),
    ...faults,
  ]; // prettier-ignore
}

function requiredOf(next: Values, { countriesWithoutZip, addressPhoneOptional }: CommerceLayerSettings): string[] {
  const country = (textOf(next['country_code']) ?? '').toUpperCase();
  return [
    ...(next['business'] === true ? ['company'] : ['first_name', 'last_name']),
    ...['line_1', 'city', 'country_code'],
    ...(countriesWithoutZip.includes(country) ? [] : ['zip_code']),
    ...(addressPhoneOptional ? [] : ['phone']),
  ];
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** What a body says of an address, after its faults were told; what it leaves out stays. */
export function addressIn(written: Written, current: CustomerAddress | null): AddressContent {
  const { values } = written;
  const texts = { first_name: 'firstName', last_name: 'lastName', company: 'company', city: 'city', zip_code: 'postcode', phone: 'phone' }; // prettier-ignore
  const plain = Object.entries(texts).flatMap(([name, field]) =>
    name in values ? [[field, textOf(values[name])] as const] : [],
  );
  return {
    ...Object.fromEntries(plain),
    ...linesIn(values, current),
    ...placeIn(values, current),
    attributes: { ...current?.attributes, commerceLayer: keptIn(values, current) },
    annotations: annotationsIn(written, current),
  };
}

function annotationsIn(written: Written, current: CustomerAddress | null): AddressContent['annotations'] {
  const { reference = null, referenceOrigin = null, metadata = null } = current?.annotations ?? {};
  return { reference, referenceOrigin, metadata, ...notesIn(written) };
}

function linesIn(values: Values, current: CustomerAddress | null): Pick<AddressContent, 'lines'> {
  if (!('line_1' in values) && !('line_2' in values)) return {};
  const [line1, ...others] = current?.lines ?? [];
  const first = 'line_1' in values ? textOf(values['line_1']) : (line1 ?? null);
  const second = 'line_2' in values ? [textOf(values['line_2'])] : others;
  return { lines: [first, ...second].flatMap((line) => (line === null || line === '' ? [] : [line])) };
}

/** A state goes by its code where the country has it, else as it was typed. */
function placeIn(
  values: Values,
  current: CustomerAddress | null,
): Pick<AddressContent, 'countryCode' | 'region' | 'regionCode'> {
  const typed = 'country_code' in values ? textOf(values['country_code']) : (current?.countryCode ?? null);
  const countryCode = typed?.toUpperCase() ?? null;
  if (!('state_code' in values)) return 'country_code' in values ? { countryCode } : {};
  const state = textOf(values['state_code']);
  const found = state === null || countryCode === null ? null : findRegion(countryCode, state);
  const isCode = found?.code !== null && found?.code === state?.toUpperCase();
  return {
    countryCode,
    region: isCode ? (found?.name ?? state) : state,
    regionCode: isCode ? (found?.code ?? null) : null,
  };
}

/** Absent rather than null, so that the database sees what is not there. */
function keptIn(values: Values, current: CustomerAddress | null): AddressAttributes['commerceLayer'] {
  const given = { business: values['business'], email: values['email'], notes: values['notes'], billingInfo: values['billing_info'], lat: values['lat'], lng: values['lng'] }; // prettier-ignore
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  const all = Object.entries({ ...current?.attributes.commerceLayer, ...Object.fromEntries(said) });
  return Object.fromEntries(all.filter(([, value]: [string, unknown]) => value !== null));
}
