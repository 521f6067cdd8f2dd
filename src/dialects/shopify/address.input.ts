import type { AddressChanges, Customer, CustomerAddress } from '../../customer/index.js';
import type { ShopifyMailingAddressInput } from './address.types.js';
import { countryIn, provinceIn } from './shopify.countries.js';
import { ShopifyInputError, type UserFault } from './shopify.errors.js';
import { textIn, type Report } from './shopify.text.js';

const LABELS = {
  address1: 'Address1',
  address2: 'Address2',
  city: 'City',
  company: 'Company',
  country: 'Country',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  province: 'Province',
  zip: 'Zip',
} as const;
type Member = keyof typeof LABELS;
const MEMBERS = Object.keys(LABELS).filter((name): name is Member => name in LABELS);

/** What was given, trimmed; absent members are absent. */
type Texts = Readonly<Partial<Record<Member, string | null>>>;
type Place = Pick<CustomerAddress, 'countryCode' | 'region' | 'regionCode'>;

const NOWHERE: Place = { countryCode: null, region: null, regionCode: null };

/** A new address; who gives no name gets the customer's. @throws ShopifyInputError with all that is wrong */
export function newAddressIn(
  input: ShopifyMailingAddressInput,
  { firstName, lastName }: Pick<Customer, 'firstName' | 'lastName'>,
): AddressChanges {
  const changes = changesIn(input, { ...NOWHERE, lines: [] });
  return { ...changes, firstName: changes.firstName ?? firstName, lastName: changes.lastName ?? lastName };
}

/** Members that are absent change nothing. @throws ShopifyInputError with all that is wrong */
export function changesIn(
  input: ShopifyMailingAddressInput,
  current: Place & Pick<CustomerAddress, 'lines'>,
): AddressChanges {
  const faults: UserFault[] = [];
  const report: Report = (fault) => void faults.push(fault);
  const texts = textsIn(input, report);
  const place = placeIn(texts, current, report);
  if (faults.length > 0) throw new ShopifyInputError(faults);
  const { city, company, firstName, lastName, phone, zip } = texts;
  const lines = linesIn(texts, current.lines);
  return { city, company, firstName, lastName, phone, postcode: zip, ...place, lines };
}

function textsIn(input: ShopifyMailingAddressInput, report: Report): Texts {
  const present = MEMBERS.filter((member) => input[member] !== undefined);
  const texts = present.map((member) => {
    const rules = { place: member, label: LABELS[member], emojis: false };
    return [member, textIn(input[member], rules, report)] as const;
  });
  return Object.fromEntries(texts);
}

/** Country and province together: what a province is called depends on its country. */
function placeIn(texts: Texts, current: Place, report: Report): Place {
  const countryCode = texts.country === undefined ? current.countryCode : countryOf(texts.country, report);
  if (texts.province === undefined && countryCode === current.countryCode) return placeOf(current);
  if (!texts.province) return { ...NOWHERE, countryCode };
  const isCountryUnknown = typeof texts.country === 'string' && countryCode === null;
  const province = isCountryUnknown ? 'none' : provinceIn(countryCode, texts.province);
  if (province === 'none') return { ...NOWHERE, countryCode };
  if (!province) report({ code: 'INVALID', place: 'province', message: 'Province is invalid' });
  return { countryCode, region: province?.name ?? null, regionCode: province?.code ?? null };
}

/** The current object may be a whole address. */
function placeOf({ countryCode, region, regionCode }: Place): Place {
  return { countryCode, region, regionCode };
}

function countryOf(text: string | null, report: Report): string | null {
  const code = text === null ? null : countryIn(text);
  if (text !== null && code === null) report({ code: 'INVALID', place: 'country', message: 'Country is invalid' });
  return code;
}

/** The second line may hold more than one of other vendors' lines. */
function linesIn({ address1, address2 }: Texts, [first = '', ...rest]: readonly string[]): string[] {
  const one = address1 === undefined ? first : (address1 ?? '');
  const more = address2 === undefined ? rest : [address2 ?? ''];
  const lines = [one, ...more];
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
