import { codePoints, isPlainNote, isPlainText, oneLine } from './index.js';

it('accepts names of all scripts', () => {
  expect(['', 'Zoë', '山田', 'O’Neil-Ößer', '👩‍👩‍👧'].every(isPlainText)).toBe(true);
});

it('refuses lone surrogates and control characters (SEC-4)', () => {
  expect(['\ud800', 'a\udfff', 'a\0', 'a\tb', 'a\nb', '\u007f', '\u0085'].some(isPlainText)).toBe(false);
});

it('lets only tabs and line feeds into notes (SEC-4)', () => {
  expect(isPlainNote('line one\n\tline two')).toBe(true);
  expect(['a\rb', 'a\0', '\ud800'].some(isPlainNote)).toBe(false);
});

it('counts code points, not UTF-16 units', () => {
  expect(codePoints('a😀é')).toBe(3);
});

it('makes one line of anything', () => {
  expect(oneLine('a\r\nBcc: b\ud800', 9)).toBe('a  Bcc: b');
});
