import { countryName as englishName, findCountry, findRegion, type Region } from '#lib/countries';

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

/** Countries whose addresses have a province at the vendor's; of all others it is dropped. */
const WITH_PROVINCES = new Set(
  listed('AE AR AU BR CA CL CN CO CR EG ES GT ID IE IN JP KR KW MX MY NG NZ PA PE PH PT RO RU SV TH US UY VE ZA'),
);
/** Countries that the vendor divides in another way than our data: what the data does not know stays as typed. */
const OTHERWISE_DIVIDED = new Set(listed('GB HK IT'));

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
  const code = knownCountry(findCountry(text));
  return code === 'ZZ' ? null : code;
}

/** A province by its name or code; `none` where the country has none; null where it has others. */
export function provinceIn(country: string | null, text: string): Region | 'none' | null {
  if (country !== null && WITH_PROVINCES.has(country)) return findRegion(country, text);
  if (country !== null && OTHERWISE_DIVIDED.has(country)) {
    return findRegion(country, text) ?? { name: text, code: null };
  }
  return 'none';
}

/** A province's code as the vendor writes it: numbers go with their country, as in `JP-13`. */
export function provinceCode(country: string | null, code: string | null): string | null {
  return code !== null && country !== null && /^\d+$/.test(code) ? `${country}-${code}` : code;
}

function listed(text: string): string[] {
  return text.trim().split(/\s+/);
}
