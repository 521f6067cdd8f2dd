/** Region ids as the vendor's installer assigns them: they are part of the wire. */
const US =
  'AL AK AS AZ AR AF AA AC AE AM AP CA CO CT DE DC FM FL GA GU HI ID IL IN IA KS KY LA ME MH MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND MP OH OK OR PW PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY';
const CA = 'AB BC MB NL NB NS NT NU ON PE QC SK YT';

function numbered(country: string, codes: string, from: number): [string, number][] {
  return codes.split(' ').map((code, at) => [`${country}-${code}`, from + at]);
}

const IDS: ReadonlyMap<string, number> = new Map([...numbered('US', US, 1), ...numbered('CA', CA, 66)]);

/** The vendor's id of a region, or null for a region that its installer does not know. */
export function regionIdOf(countryCode: string | null, regionCode: string | null): number | null {
  return IDS.get(`${countryCode}-${regionCode}`) ?? null;
}
