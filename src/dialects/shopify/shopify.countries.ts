import { countryName as englishName, findCountry, findRegion, folded, type Region } from '#lib/countries';
import { PROVINCES } from './shopify.provinces.js';

/** The codes of the vendor's schema: ISO 3166-1 with additions of its own, former countries, and `ZZ` for none. */
export const countryCodes: readonly string[] = listed(`
  AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
  CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB
  GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
  KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW
  MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC SD
  SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
  UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ
`);
const codes = new Set(countryCodes);

/** Names that storefronts send and our data does not have. */
const FORMER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Ascension Island': 'AC',
    Bosnia: 'BA',
    Burma: 'MM',
    Congo: 'CG',
    'Congo (DRC)': 'CD',
    'Congo (Republic)': 'CG',
    'Congo, The Democratic Republic Of The': 'CD',
    'East Timor': 'TL',
    'Falkland Islands (Malvinas)': 'FK',
    'Holy See (Vatican City State)': 'VA',
    'Hong Kong SAR': 'HK',
    'Ivory Coast': 'CI',
    "Lao People's Democratic Republic": 'LA',
    'Libyan Arab Jamahiriya': 'LY',
    'Macao SAR': 'MO',
    Macau: 'MO',
    Macedonia: 'MK',
    'Moldova, Republic of': 'MD',
    'Palestinian Territory, Occupied': 'PS',
    'Republic of Cameroon': 'CM',
    'South Georgia And The South Sandwich Islands': 'GS',
    'St. Vincent': 'VC',
    'Svalbard And Jan Mayen': 'SJ',
    Swaziland: 'SZ',
    'Tristan da Cunha': 'TA',
  }).map(([name, code]) => [folded(name), code]),
);

/** Countries that have provinces at the vendor's, of which we have no list but our data's. */
const DIVIDED_AS_DATA = new Set(listed('CR KW SV UY VE'));
/** Countries where people write counties, which the vendor's list does not have: they stay as typed. */
const FREELY_DIVIDED = new Set(listed('GB'));

/** A state or province of the vendor's. */
interface Province {
  readonly code: string;
  readonly name: string;
  /** What lists for people call it. */
  readonly label: string;
}

const provinces: ReadonlyMap<string, readonly Province[]> = new Map(
  Object.entries(PROVINCES).map(([country, list]) => [country, list.split(';').map(provinceOf)]),
);

/** The code if the vendor knows it, else null. */
export function knownCountry(code: string | null): string | null {
  return code !== null && codes.has(code) ? code : null;
}

/** A country's English name, or null for an unknown code. */
export function countryName(code: string | null): string | null {
  return code === null ? null : englishName(code);
}

/** The code of a country by its name or code, or null where the vendor knows no such country. */
export function countryIn(text: string): string | null {
  const code = knownCountry(FORMER_NAMES.get(folded(text)) ?? findCountry(text));
  return code === 'ZZ' ? null : code;
}

/**
 * A province by its name or code, as it is kept: under the vendor's name, with our data's code where that has one by that
 * name, so that other vendors know it again. `none` where the country has no provinces; null where it has others.
 */
export function provinceIn(country: string | null, text: string): Region | 'none' | null {
  if (country === null || !(provinces.has(country) || DIVIDED_AS_DATA.has(country))) return 'none';
  const province = byCode(country, text) ?? byName(country, text);
  if (province) return kept(country, province);
  const region = findRegion(country, text);
  if (region) return region;
  return FREELY_DIVIDED.has(country) ? { name: text, code: null } : null;
}

/** A kept province's code as the vendor writes it. */
export function provinceCode(country: string | null, region: string | null, code: string | null): string | null {
  if (country === null) return code;
  const province = (region === null ? null : byName(country, region)) ?? (code === null ? null : byCode(country, code));
  if (province) return province.code;
  return code !== null && /^\d+$/.test(code) ? `${country}-${code}` : code;
}

function kept(country: string, { code, name, label }: Province): Region {
  const known = findRegion(country, name) ?? findRegion(country, label);
  return { name, code: known?.code ?? bare(country, code) };
}

function byCode(country: string, text: string): Province | null {
  const wanted = bare(country, text);
  return provinces.get(country)?.find(({ code }) => bare(country, code) === wanted) ?? null;
}

function byName(country: string, text: string): Province | null {
  const wanted = folded(text);
  const isIt = ({ name, label }: Province): boolean => [name, label].some((one) => folded(one) === wanted);
  return provinces.get(country)?.find(isIt) ?? null;
}

/** Without the country's code, which some codes have before them. */
function bare(country: string, code: string): string {
  const plain = code.trim().toUpperCase();
  return plain.startsWith(`${country}-`) ? plain.slice(country.length + 1) : plain;
}

function provinceOf(entry: string): Province {
  const [code = '', names = ''] = entry.trim().split(':');
  const [name = '', label = name] = names.split('=');
  return { code, name, label };
}

function listed(text: string): string[] {
  return text.trim().split(/\s+/);
}
