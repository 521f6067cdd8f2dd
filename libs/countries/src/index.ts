import { alpha3ByAlpha2, namesInData, regionsInData, type Region } from './region-data.cjs';

export { type Region } from './region-data.cjs';

const CODE = /^[A-Z]{2}$/;
const names = new Map<string, Intl.DisplayNames>();

function namesIn(locale: string): Intl.DisplayNames {
  const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  names.set(locale, known);
  return known;
}

const english = namesIn('en');

const codesByName: ReadonlyMap<string, string> = new Map(
  namesInData.flatMap(([code, name]) =>
    [name, english.of(code) ?? name].map((known) => [folded(known), code] as const),
  ),
);

/** A country's name in a language, by its ISO 3166-1 alpha-2 code, or null for a code that is none. */
export function countryName(code: string, locale = 'en'): string | null {
  return CODE.test(code) ? (namesIn(locale).of(code) ?? null) : null;
}

/** A country's ISO 3166-1 alpha-3 code, or null where it has none. */
export function alpha3Of(code: string): string | null {
  return alpha3ByAlpha2.get(code) ?? null;
}

/** The code of a country by its code or English name, in any case, or null for neither. */
export function findCountry(text: string): string | null {
  const code = text.trim().toUpperCase();
  return codesByName.get(folded(text)) ?? (countryName(code) === null ? null : code);
}

/** A country's state or province by its code or name, whatever their case and accents, or null for neither. */
export function findRegion(countryCode: string, text: string): Region | null {
  const wanted = folded(text);
  if (wanted === '') return null;
  const regions = regionsInData.get(countryCode) ?? [];
  return (
    regions.find(
      ({ code }) => code !== null && [code, `${countryCode}-${code}`].some((one) => folded(one) === wanted),
    ) ??
    regions.find(({ name }) => folded(name) === wanted) ??
    null
  );
}

/** A name as names are compared: without case, accents and punctuation, and with short forms written out. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/\bst\b/g, 'saint')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
