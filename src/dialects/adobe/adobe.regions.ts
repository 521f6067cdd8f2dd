import { findRegion } from '#lib/countries';

/** Region ids as the vendor's installer assigns them: they are part of the wire. */
const US =
  'AL AK AS AZ AR AF AA AC AE AM AP CA CO CT DE DC FM FL GA GU HI ID IL IN IA KS KY LA ME MH MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND MP OH OK OR PW PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY';
const CA = 'AB BC MB NL NB NS NT NU ON PE QC SK YT';

/** The vendor's names where the data has none, or another one. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['US-AA', 'Armed Forces Americas'],
  ['US-AC', 'Armed Forces Canada'],
  ['US-AE', 'Armed Forces Europe'],
  ['US-AF', 'Armed Forces Africa'],
  ['US-AM', 'Armed Forces Middle East'],
  ['US-AP', 'Armed Forces Pacific'],
]);

/** A state or province that the vendor's installer knows. */
export interface AdobeRegionEntry {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

function numbered(country: string, codes: string, from: number): AdobeRegionEntry[] {
  return codes.split(' ').map((code, at) => {
    const name = NAMES.get(`${country}-${code}`) ?? findRegion(country, code)?.name ?? code;
    return { id: from + at, code, name };
  });
}

const REGIONS: ReadonlyMap<string, readonly AdobeRegionEntry[]> = new Map([
  ['US', numbered('US', US, 1)],
  ['CA', numbered('CA', CA, 66)],
]);

/** Countries whose addresses want a region: those whose regions have ids. */
export const COUNTRIES_WITH_REGIONS: readonly string[] = [...REGIONS.keys()];

/** A country's regions; empty where any text will do. */
export function regionsOf(countryCode: string | null): readonly AdobeRegionEntry[] {
  return REGIONS.get(countryCode ?? '') ?? [];
}

/** The vendor's id of a region, or null for a region that its installer does not know. */
export function regionIdOf(countryCode: string | null, regionCode: string | null): number | null {
  return regionsOf(countryCode).find(({ code }) => code === regionCode)?.id ?? null;
}
