import { createHash } from 'node:crypto';
import { SecretLedger } from './secret-ledger.js';

const PASSWORD = 'pä"ss wörd/+1?';
const TOKEN = 'abcDEF123-_ghiJKL456mnoPQR789stu';

const ledger = new SecretLedger();
ledger.password('password', PASSWORD);
ledger.keep('token', TOKEN);
ledger.keep('code', '471100', 'code');

const bytes = Buffer.from(PASSWORD);

it.each([
  ['as it is', `x${PASSWORD}y`],
  ['inside JSON', JSON.stringify({ password: PASSWORD })],
  ['as bytes of a column', bytes.toString('latin1')],
  ['in a query', `/?p=${encodeURIComponent(PASSWORD)}`],
  ['in a form', new URLSearchParams({ p: PASSWORD }).toString()],
  ['in hex', bytes.toString('hex')],
  ['in base64', bytes.toString('base64')],
  ['in base64, after one byte', Buffer.from(`:${PASSWORD}:`).toString('base64')],
  ['in base64url, after two bytes', Buffer.from(`id${PASSWORD}!!`).toString('base64url')],
  ['as a bare digest', createHash('sha256').update(PASSWORD).digest('hex')],
])('finds a password %s', (_how, text) => {
  expect(ledger.foundIn(text)).not.toEqual([]);
  expect(ledger.foundIn(text).join()).not.toMatch(/token|code/);
});

it.each([
  ['as it is', `Bearer ${TOKEN}`],
  ['in base64', Buffer.from(`user:${TOKEN}`).toString('base64')],
  ['in hex', Buffer.from(TOKEN).toString('hex').toUpperCase()],
])('finds a token %s', (_how, text) => {
  expect(ledger.foundIn(text)).not.toEqual([]);
});

it('finds a code alone, not within a longer number', () => {
  expect(ledger.foundIn('code=471100 x')).toEqual(['code as text']);
  expect(ledger.foundIn('number=9471100 a471100b')).toEqual([]);
});

it('finds the signature of a JWT without the rest', () => {
  const jwts = new SecretLedger();
  jwts.keep('session', 'aaaaaaaa.bbbbbbbb.signature-of-it');

  expect(jwts.foundIn('…signature-of-it…')).toEqual(expect.arrayContaining(['signature of session as text']));
});

it('wants secrets that are there', () => {
  expect(() => ledger.keep('nothing', undefined)).toThrow('no secret: nothing');
  expect(() => ledger.keep('short', 'abc')).toThrow('no secret: short');
});
