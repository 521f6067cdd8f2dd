import { greetableName } from './greeting.js';

it('greets by names of all sorts', () => {
  const names = [
    'Ann',
    'Zoë',
    '山田',
    'O’Neil',
    'J. R. R.',
    'St. John',
    'Anne-Marie',
    'Dr. Ann, Ph.D',
    'Jürgen.Peter',
    'محمد',
    '👩‍👩‍👧',
  ];

  expect(names.map(greetableName)).toEqual(names);
});

it.each([
  'http://evil',
  'HTTPS evil',
  'www.evil',
  'WWW.evil',
  '//evil',
  'evil.com',
  'Win at evil.COM now',
  'evil.shop/prize',
  'evil.io',
  'evil.xyz!',
  'evil.co.uk',
  'evil.de?x=1',
  'evil.xn--p1ai',
  'evil.рф',
  'evil.中国',
  '192.0.2.7',
  'pay@evil',
])('leaves out %p, which a mail program may turn into a link (SEC-69)', (name) => {
  expect(greetableName(name)).toBeNull();
});

it.each([
  ['full-width letters', 'ｅｖｉｌ．ｃｏｍ'],
  ['a full-width scheme', 'ｈｔｔｐ：／／evil'],
  ['an ideographic dot', 'evil。com'],
  ['a half-width ideographic dot', 'evil｡com'],
  ['a one-dot leader', 'evil․com'],
  ['a zero-width space', 'evil.\u200bcom'],
  ['a soft hyphen', 'evil.c\u00adom'],
])('sees through %s', (_trick, name) => {
  expect(greetableName(name)).toBeNull();
});

it('leaves out what is empty or too long to be a name', () => {
  expect(greetableName('')).toBeNull();
  expect(greetableName('  ')).toBeNull();
  expect(greetableName('x'.repeat(64))).toBe('x'.repeat(64));
  expect(greetableName('x'.repeat(65))).toBeNull();
});
