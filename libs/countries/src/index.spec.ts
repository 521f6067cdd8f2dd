import { alpha3Of, countryName, findCountry, findRegion } from './index.js';

it.each([
  ['Canada', 'CA'],
  [' canada ', 'CA'],
  ['ca', 'CA'],
  ['Korea, Republic of', 'KR'],
  ['South Korea', 'KR'],
  ["Cote d'Ivoire", 'CI'],
  ['St. Kitts & Nevis', 'KN'],
  ['Saint Kitts and Nevis', 'KN'],
  ['Atlantis', null],
  ['Q1', null],
  ['QQ', null],
  ['', null],
])('takes %j for %s', (text, code) => {
  expect(findCountry(text)).toBe(code);
});

it('names countries in English', () => {
  expect(countryName('CA')).toBe('Canada');
  expect(countryName('ca')).toBeNull();
  expect(countryName('QQ')).toBeNull();
});

it.each([
  ['CA', 'Ontario', 'ON'],
  ['CA', 'on', 'ON'],
  ['CA', 'Québec', 'QC'],
  ['JP', 'JP-13', '13'],
  ['US', 'Ontario', undefined],
  ['US', ' ', undefined],
  ['QQ', 'Ontario', undefined],
])('finds in %s the region %j', (country, text, code) => {
  expect(findRegion(country, text)?.code).toBe(code);
});

it('names countries in other languages, and by three letters', () => {
  expect([countryName('AT', 'de'), countryName('AT', 'fr'), countryName('Q1', 'de')]).toEqual([
    'Österreich',
    'Autriche',
    null,
  ]);
  expect([alpha3Of('AT'), alpha3Of('AN'), alpha3Of('')]).toEqual(['AUT', null, null]);
});
