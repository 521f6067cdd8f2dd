import type { AddressChanges, CustomerAddress } from '../../customer/index.js';
import type { AdobeSettings } from '../../store/index.js';
import { isSaid, namesIn, refuse, shortText, type GivenNames } from './adobe.input.js';
import { regionsOf, type AdobeRegionEntry } from './adobe.regions.js';

/** How many lines a street may have. */
const STREET_LINES = 2;
/** Countries whose addresses need no postcode, as the vendor has them. */
export const OPTIONAL_POSTCODE: readonly string[] = ['HK', 'IE', 'MO', 'PA', 'GB'];

/** What either surface says of an address; absent or null says nothing. */
export interface GivenAddress extends GivenNames {
  readonly company?: string | null;
  readonly street?: readonly (string | null)[] | null;
  readonly city?: string | null;
  readonly region?: GivenRegion | null;
  readonly country_code?: string | null;
  readonly country_id?: string | null;
  readonly postcode?: string | null;
  readonly telephone?: string | null;
  readonly fax?: string | null;
  readonly vat_id?: string | null;
  readonly default_billing?: boolean | null;
  readonly default_shipping?: boolean | null;
}

interface GivenRegion {
  readonly region?: string | null;
  readonly region_code?: string | null;
  readonly region_id?: number | null;
}

/** In the order in which the vendor tells what is missing. */
const REQUIRED = ['firstname', 'lastname', 'street', 'city', 'country_id', 'telephone'] as const;

type RequiredField = 'postcode' | (typeof REQUIRED)[number];

/** Codes of what a new address lacks. */
export function missingInNew(input: GivenAddress): RequiredField[] {
  const country = countryIn(input);
  const needsPostcode = isSaid(country) && !OPTIONAL_POSTCODE.includes(country);
  const fields: readonly RequiredField[] = needsPostcode ? ['postcode', ...REQUIRED] : REQUIRED;
  return fields.filter((field) => isBlank(valueOf(input, field)));
}

/** Codes of what an update would take away although an address needs it. */
export function missingInChange(input: GivenAddress, current: CustomerAddress): RequiredField[] {
  const needsPostcode = !OPTIONAL_POSTCODE.includes(countryIn(input) ?? current.countryCode ?? '');
  const fields: readonly RequiredField[] = needsPostcode ? ['postcode', ...REQUIRED] : REQUIRED;
  return fields.filter((field) => isSaid(valueOf(input, field)) && isBlank(valueOf(input, field)));
}

/**
 * What an address says, in the core's terms; `current` is what it said before.
 *
 * @throws AdobeError for a region that the country does not have, for too many lines and too long texts
 */
export function addressIn(
  input: GivenAddress,
  settings: AdobeSettings,
  current: CustomerAddress | null,
): AddressChanges {
  const country = countryIn(input);
  const place = isSaid(country) || isSaid(input.region) ? placeIn(input, settings, current) : {};
  return {
    ...place,
    ...(isSaid(input.street) ? { lines: linesIn(input.street) } : {}),
    ...textsIn(input),
    ...(isSaid(input.default_billing) ? { defaultBilling: input.default_billing } : {}),
    ...(isSaid(input.default_shipping) ? { defaultShipping: input.default_shipping } : {}),
  };
}

function textsIn(input: GivenAddress): AddressChanges {
  return {
    ...namesIn(input),
    ...(isSaid(input.company) ? { company: shortText(input.company, 'company') } : {}),
    ...(isSaid(input.city) ? { city: shortText(input.city, 'city') } : {}),
    ...(isSaid(input.postcode) ? { postcode: shortText(input.postcode, 'postcode') } : {}),
    ...(isSaid(input.telephone) ? { phone: shortText(input.telephone, 'telephone') } : {}),
    ...(isSaid(input.fax) ? { fax: shortText(input.fax, 'fax', 64) } : {}),
    ...(isSaid(input.vat_id) ? { vatNumber: shortText(input.vat_id, 'vat_id', 64) } : {}),
  };
}

/** Empty lines at the end do not count: clients send one for each field of their forms. */
function linesIn(street: readonly (string | null)[]): string[] {
  const lines = street.map((line) => shortText(line, 'street') ?? '');
  while (lines.at(-1) === '') lines.pop();
  if (lines.length > STREET_LINES) refuse(`"Street Address" cannot contain more than ${STREET_LINES} lines.`);
  return lines;
}

/** Country and region hang together: a new country without a region has none. */
function placeIn(input: GivenAddress, settings: AdobeSettings, current: CustomerAddress | null): AddressChanges {
  const countryCode = countryIn(input) ?? current?.countryCode ?? null;
  const isSameCountry = countryCode === current?.countryCode;
  const given = input.region ?? (isSameCountry ? { region_code: current.regionCode, region: current.region } : {});
  const region = regionIn(given, countryCode, settings);
  return { countryCode, region: region.name, regionCode: region.code };
}

function regionIn(
  { region_id: id, region_code: code, region: name }: GivenRegion,
  countryCode: string | null,
  { strictRegion }: AdobeSettings,
): { readonly name: string | null; readonly code: string | null } {
  const known = regionsOf(countryCode);
  const byId = id ? known.find((region) => region.id === id) : undefined;
  if (id && (!byId || (code && !same(byId.code, code)))) {
    refuse('The region_id does not match the selected country or region');
  }
  if (byId) return byId;
  if (known.length === 0) return { name: shortText(name, 'region'), code: shortText(code, 'region_code', 10) };
  const found = strictRegion ? undefined : regionSaid(known, code, name);
  return found ?? refuse('A region_id is required for the specified country code');
}

/** By its code, else by a text that is its code or its name. */
function regionSaid(
  known: readonly AdobeRegionEntry[],
  code: string | null | undefined,
  name: string | null | undefined,
): AdobeRegionEntry | undefined {
  if (code) return known.find((region) => same(region.code, code));
  return name ? known.find((region) => same(region.code, name) || same(region.name, name)) : undefined;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.trim().toLowerCase();
}

function countryIn({ country_code: code, country_id: id }: GivenAddress): string | null | undefined {
  return code ?? id;
}

function valueOf(input: GivenAddress, field: RequiredField): string | readonly (string | null)[] | null | undefined {
  return field === 'country_id' ? countryIn(input) : input[field];
}

function isBlank(value: string | readonly (string | null)[] | null | undefined): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return !value || value.every((line) => !line?.trim());
}
