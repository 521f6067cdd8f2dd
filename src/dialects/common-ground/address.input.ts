import {
  addressFields,
  type AddressFields,
  type AddressMarks,
  type CustomerAddress,
  type ListedAddress,
  type NewAddress,
} from '../../customer/index.js';
import { refuse } from './common-ground.errors.js';

type Text = string | null | undefined;

/** An address as either surface sends it. */
export interface SentAddress {
  readonly description?: Text;
  readonly firstName?: Text;
  readonly lastName?: Text;
  readonly addressLine1?: Text;
  readonly addressLine2?: Text;
  readonly streetNumber?: string | number | null | undefined;
  readonly city?: Text;
  readonly state?: Text;
  readonly stateCode?: Text;
  readonly postCode?: Text;
  readonly alpha2?: Text;
  readonly country?: Text;
  readonly type?: Text;
  readonly geoLoc?:
    { readonly type?: Text; readonly coordinates?: readonly (number | null)[] | null | undefined } | null | undefined;
}

type Sent = readonly (SentAddress | null)[];

/** The addresses of a new customer; the first of each type is the one that other dialects have by default. */
export function newAddresses(sent: Sent): NewAddress[] {
  const given = sent.filter((one) => one !== null);
  return given.map((one, at) => {
    const { isBilling, isShipping } = marksOf(given, at);
    return { ...contentOf(one), defaultBilling: isBilling, defaultShipping: isShipping };
  });
}

/**
 * Addresses that take the place of all that there are.
 * @param keptAs the address that one of those sent stands for, if any
 */
export function listedAddresses<T extends SentAddress>(
  sent: readonly (T | null)[],
  keptAs: (one: T) => CustomerAddress | undefined = () => undefined,
): ListedAddress[] {
  const given = sent.filter((one) => one !== null);
  return given.map((one, at) => {
    const { attributes, ...fields } = contentOf(one);
    const kept = keptAs(one);
    return {
      number: kept?.number ?? null,
      fields: { ...(kept ? addressFields(kept) : {}), ...fields },
      attributes,
      marks: marksOf(given, at),
    };
  });
}

function marksOf(given: readonly SentAddress[], at: number): AddressMarks {
  const isFirst = (type: string): boolean => given.findIndex((one) => one.type === type) === at;
  return { isBilling: isFirst('billing'), isShipping: isFirst('shipping') };
}

function contentOf(sent: SentAddress): Partial<AddressFields> & Required<Pick<NewAddress, 'attributes'>> {
  const streetNumber = sent.streetNumber === null ? null : textOf(sent.streetNumber?.toString());
  const name = sent.firstName === undefined ? {} : { firstName: textOf(sent.firstName) };
  const family = sent.lastName === undefined ? {} : { lastName: textOf(sent.lastName) };
  return {
    ...name,
    ...family,
    lines: linesOf([sent.addressLine1, streetNumber], sent.addressLine2),
    city: textOf(sent.city),
    region: textOf(sent.state),
    regionCode: textOf(sent.stateCode),
    countryCode: countryCodeOf(sent.alpha2),
    postcode: textOf(sent.postCode),
    attributes: { commonGround: extrasOf(sent, streetNumber) },
  };
}

function extrasOf({ description, type, country, geoLoc }: SentAddress, streetNumber: string | null): object {
  const coordinates = geoLoc?.coordinates?.filter((one) => one !== null) ?? null;
  return {
    description: textOf(description),
    type: textOf(type),
    streetNumber,
    country: textOf(country),
    geoLoc: geoLoc ? { type: textOf(geoLoc.type), coordinates } : null,
  };
}

/** The house number stands behind the street, so that every dialect shows it. */
function linesOf(first: readonly Text[], second: Text): string[] {
  const line = first.filter(Boolean).join(' ');
  if (second) return [line, second];
  return line === '' ? [] : [line];
}

function countryCodeOf(alpha2: Text): string | null {
  if (!alpha2) return null;
  return /^[a-z]{2}$/i.test(alpha2) ? alpha2.toUpperCase() : refuse('alpha2 must be the two letters of a country.');
}

function textOf(text: Text): string | null {
  return text === undefined || text === '' ? null : text;
}
