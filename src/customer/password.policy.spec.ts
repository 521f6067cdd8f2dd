import { PasswordList } from '#lib/weak-passwords';
import { isDomainError } from '../common/domain-error.js';
import type { PasswordOwner } from './context-words.js';
import { DefaultPasswordPolicy, type PasswordRules } from './password.policy.js';

const policy = new DefaultPasswordPolicy(PasswordList.of(['letmein1', 'iloveyou']));

function fault(
  password: string,
  rules: Partial<PasswordRules> = {},
  about: Partial<PasswordOwner> = {},
): string | null {
  try {
    policy.check(password, { minimum: 8, ...rules }, { email: 'ann@example.com', ...about });
    return null;
  } catch (error) {
    return isDomainError(error) ? error.code : 'fault';
  }
}

it('accepts long, spaced, accented and emoji passwords without composition rules (SEC-17, SEC-18)', () => {
  expect(['correct horse battery', 'pässwörter', '😀😀😀😀😀😀😀😀', 'x'.repeat(256)].map((one) => fault(one))).toEqual(
    [null, null, null, null],
  );
});

it('tells what can be a password at all from what can be set: a short one goes on (SEC-18, SEC-23)', () => {
  const possible = ['0', 'short', ' edges ', 'x'.repeat(256), '😀'.repeat(256)];
  const impossible = ['', 'x'.repeat(257), '😀'.repeat(257), 'x'.repeat(1_000_000), 'pass\0word', 'pass\ud800'];

  expect(possible.filter((password) => !policy.isPossible(password))).toEqual([]);
  expect(impossible.filter((password) => policy.isPossible(password))).toEqual([]);
});

it('counts characters, not bytes or UTF-16 units', () => {
  expect(fault('😀😀😀😀')).toBe('PASSWORD_TOO_SHORT');
  expect(fault('1234567')).toBe('PASSWORD_TOO_SHORT');
  expect(fault('12345678')).toBeNull();
});

it('refuses what is too long in characters or bytes instead of cutting it (SEC-18)', () => {
  expect(fault('x'.repeat(257))).toBe('PASSWORD_TOO_LONG');
  expect(fault('😀'.repeat(257))).toBe('PASSWORD_TOO_LONG');
  expect(fault('😀'.repeat(256))).toBeNull();
  expect(fault('x'.repeat(1_000_000))).toBe('PASSWORD_TOO_LONG');
});

it('refuses white space at the ends unless the dialect allows it', () => {
  expect([' password', 'password ', 'password\t', '\0password'].map((one) => fault(one))).toEqual(
    Array(4).fill('PASSWORD_EDGE_SPACE'),
  );
  expect(fault(' password ', { edgeSpace: true })).toBeNull();
});

it('refuses control characters and lone surrogates inside (SEC-4)', () => {
  expect(['pass\0word', 'pass\nword', 'pass\ud800word'].map((one) => fault(one))).toEqual(
    Array(3).fill('PASSWORD_NOT_PLAIN'),
  );
});

it('refuses the e-mail address as password, ignoring case, first or last as the dialect wants it', () => {
  expect(fault('ANN@example.com')).toBe('PASSWORD_IS_EMAIL');
  expect(fault('a@b.co', {}, { email: 'a@b.co' })).toBe('PASSWORD_TOO_SHORT');
  expect(fault('a@b.co', { emailFirst: true }, { email: 'a@b.co' })).toBe('PASSWORD_IS_EMAIL');
});

it('asks for character classes only where they are configured', () => {
  expect(fault('abcdefgh', { requiredClasses: 3 })).toBe('PASSWORD_TOO_FEW_CLASSES');
  expect(fault('abcdefG8', { requiredClasses: 3 })).toBeNull();
  expect(fault('abcdéfG-', { requiredClasses: 3 })).toBeNull();
});

it('refuses what everybody tries first, whatever its case, but not what only contains it (SEC-17)', () => {
  expect(['letmein1', 'LetMeIn1', 'ILOVEYOU'].map((one) => fault(one))).toEqual(Array(3).fill('PASSWORD_TOO_COMMON'));
  expect(['letmein12', 'letmein1 iloveyou'].map((one) => fault(one))).toEqual([null, null]);
});

describe('the words of the surroundings (SEC-17)', () => {
  const about = { email: 'roni_cost@example.com', firstName: 'Veronica', lastName: 'Costello-Ng' };
  const inShop = (password: string): string | null => fault(password, { shopName: 'Blue Crate' }, about);

  it.each([
    ['the product', 'Keyturn1'],
    ['the shop', 'blue crate!'],
    ['the shop in one word', '12BlueCrate'],
    ['what stands before the @', '!!RONI_COST2026'],
    ['the first name', 'veronica'],
    ['the last name', '(Costello-Ng)'],
  ])('are no passwords, ignoring case and digits or punctuation at the ends: %s', (_what, password) => {
    expect(inShop(password)).toBe('PASSWORD_IS_CONTEXT_WORD');
  });

  it('may stand inside of a password, as in the one of the seed', () => {
    const passwords = ['roni_cost4@example.com', 'veronica costello', 'my blue crate', 'keyturner', 'VeronicaX'];

    expect(passwords.map(inShop)).toEqual(passwords.map(() => null));
  });

  it('are none where they are not known, or have one or two letters', () => {
    expect(fault('12345678', {}, { email: '' })).toBeNull();
    expect(fault('1$7a-99!', {}, { email: 'a1@example.com', firstName: 'A', lastName: null })).toBeNull();
  });
});
