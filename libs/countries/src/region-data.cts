import countries from 'country-region-data/data.json';
import isoCodes from 'i18n-iso-countries/codes.json';

/** A state or province; some have no code. */
export interface Region {
  readonly name: string;
  readonly code: string | null;
}

interface Entry {
  readonly countryName: string;
  readonly countryShortCode: string;
  readonly regions: readonly { readonly name: string; readonly shortCode?: string }[];
}

const entries: readonly Entry[] = countries;

/** The data's own names of countries, by ISO 3166-1 alpha-2 code. */
export const namesInData: readonly (readonly [string, string])[] = entries.map(({ countryName, countryShortCode }) => [
  countryShortCode,
  countryName,
]);

export const regionsInData: ReadonlyMap<string, readonly Region[]> = new Map(
  entries.map(({ countryShortCode, regions }) => [
    countryShortCode,
    regions.map(({ name, shortCode }) => ({ name, code: shortCode ?? null })),
  ]),
);

const codes: readonly (readonly string[])[] = isoCodes;

/** ISO 3166-1 alpha-3 codes by their alpha-2 codes. */
export const alpha3ByAlpha2: ReadonlyMap<string, string> = new Map(
  codes.map(([alpha2 = '', alpha3 = '']) => [alpha2, alpha3]),
);
