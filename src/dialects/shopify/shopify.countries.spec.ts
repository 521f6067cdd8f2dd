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

it.each<readonly [readonly [string, string], { name: string; code: string | null }, string | null]>([
  [['MX', 'aguascalientes'], { name: 'Aguascalientes', code: 'AGU' }, 'AGS'],
  [['MX', 'Ciudad de México'], { name: 'Ciudad de México', code: 'CMX' }, 'DF'],
  [['MY', 'Kuala Lumpur'], { name: 'Kuala Lumpur', code: 'KUL' }, 'KUL'],
  [['KR', 'North Chungcheong'], { name: 'Chungbuk', code: '43' }, 'KR-43'],
  [['KR', 'Seoul-teukbyeolsi'], { name: 'Seoul-teukbyeolsi', code: '11' }, 'KR-11'],
  [['RO', 'CJ'], { name: 'Cluj', code: 'RO-CJ' }, 'CJ'],
  [['IT', 'rome'], { name: 'Roma', code: 'RM' }, 'RM'],
  [['US', 'Washington DC'], { name: 'District of Columbia', code: 'DC' }, 'DC'],
  [['GB', 'Scotland'], { name: 'Scotland', code: 'SCT' }, 'SCT'],
  [['GB', 'Surrey'], { name: 'Surrey', code: 'SRY' }, 'SRY'],
  [['GB', 'The Dales'], { name: 'The Dales', code: null }, null],
  [['UY', 'Montevideo'], { name: 'Montevideo', code: 'MO' }, 'MO'],
])('keeps %j as other vendors know it, %j, and shows it as this one does', ([country, text], kept, shown) => {
  expect(provinceIn(country, text)).toEqual(kept);
  expect(provinceCode(country, kept.name, kept.code)).toBe(shown);
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
