import { countryIn, provinceCode, provinceIn } from './shopify.countries.js';
import { PROVINCES } from './shopify.provinces.js';

const entries = Object.entries(PROVINCES).flatMap(([country, list]) =>
  list.split(';').map((entry) => {
    const [code = '', names = ''] = entry.trim().split(':');
    return { country, code, names: names.split('=') };
  }),
);

function codeOf(country: string, text: string): string | null {
  const province = provinceIn(country, text);
  return province === null || province === 'none' ? null : provinceCode(country, province.name, province.code);
}

it('knows each province of the vendor by its code, its name and what lists call it', () => {
  const lost = entries.flatMap(({ country, code, names }) =>
    [code, ...names].filter((text) => codeOf(country, text) !== code).map((text) => `${country} ${text}`),
  );

  expect(entries.length).toBeGreaterThan(1000);
  expect(lost).toEqual([]);
});

it.each([
  ['MX', 'aguascalientes', 'Aguascalientes', 'AGU', 'AGS'],
  ['MX', 'Ciudad de México', 'Ciudad de México', 'CMX', 'DF'],
  ['MY', 'Kuala Lumpur', 'Kuala Lumpur', 'KUL', 'KUL'],
  ['KR', 'North Chungcheong', 'Chungbuk', '43', 'KR-43'],
  ['KR', 'Seoul-teukbyeolsi', 'Seoul-teukbyeolsi', '11', 'KR-11'],
  ['RO', 'CJ', 'Cluj', 'RO-CJ', 'CJ'],
  ['IT', 'rome', 'Roma', 'RM', 'RM'],
  ['US', 'Washington DC', 'District of Columbia', 'DC', 'DC'],
  ['GB', 'Scotland', 'Scotland', 'SCT', 'SCT'],
  ['GB', 'Surrey', 'Surrey', 'SRY', 'SRY'],
  ['GB', 'The Dales', 'The Dales', null, null],
  ['UY', 'Montevideo', 'Montevideo', 'MO', 'MO'],
])('keeps %s %s as other vendors know it, and shows it as this one does', (country, text, name, code, shown) => {
  expect(provinceIn(country, text)).toEqual({ name, code });
  expect(provinceCode(country, name, code)).toBe(shown);
});

it.each([
  ['US', 'Bavaria', null],
  ['IT', 'Texas', null],
  ['DE', 'Bayern', 'none'],
  [null, 'Ontario', 'none'],
])('finds in %s no %s', (country, text, found) => {
  expect(provinceIn(country, text)).toBe(found);
});

it.each([
  ['Congo, The Democratic Republic Of The', 'CD'],
  ['macau', 'MO'],
  ['Moldova, Republic of', 'MD'],
  ['Ivory Coast', 'CI'],
  ['Turkey', 'TR'],
  ['ZZ', null],
  ['Atlantis', null],
])('reads the country %s', (text, code) => {
  expect(countryIn(text)).toBe(code);
});
