import { isDomainError } from '../common/domain-error.js';
import { DefaultPasswordPolicy, type PasswordRules } from './password.policy.js';

const policy = new DefaultPasswordPolicy();

function fault(password: string, rules: Partial<PasswordRules> = {}, email = 'ann@example.com'): string | null {
  try {
    policy.check(password, { minimum: 8, ...rules }, email);
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
  expect(fault('a@b.co', {}, 'a@b.co')).toBe('PASSWORD_TOO_SHORT');
  expect(fault('a@b.co', { emailFirst: true }, 'a@b.co')).toBe('PASSWORD_IS_EMAIL');
});

it('asks for character classes only where they are configured', () => {
  expect(fault('abcdefgh', { requiredClasses: 3 })).toBe('PASSWORD_TOO_FEW_CLASSES');
  expect(fault('abcdefG8', { requiredClasses: 3 })).toBeNull();
  expect(fault('abcdéfG-', { requiredClasses: 3 })).toBeNull();
});
