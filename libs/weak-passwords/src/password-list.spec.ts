import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonPasswordsFile } from './common-passwords.cjs';
import { PasswordList } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'password-list-'));

afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const file = join(folder, `${String(content.length)}.txt`);
  writeFileSync(file, content);
  return file;
}

it('has the 10,000 commonest passwords of 8 characters or more', async () => {
  const list = await PasswordList.load(null);
  const all = jest.requireActual<string[]>(commonPasswordsFile);
  const long = all.filter(({ length }) => length >= 8);

  expect(list.size).toBe(10_000);
  expect(all.slice(0, 5)).toEqual(['123456', 'password', '12345678', 'qwerty', '123456789']); // by frequency, as documented
  expect(long.slice(0, 10_000).filter((password) => !list.has(password))).toEqual([]);
  expect(long.slice(10_000).filter((password) => list.has(password))).toEqual([]);
});

it('compares whole passwords, ignoring case and the form of accents', () => {
  const list = PasswordList.of(['passwört', 'LetMeIn1']);

  expect(['PASSWÖRT', 'passwo\u0308rt', 'letmein1'].filter((one) => !list.has(one))).toEqual([]);
  expect(['passwort', 'passwört ', 'letmein', '', 'letmein11'].filter((one) => list.has(one))).toEqual([]);
});

it('adds the lines of a file, whatever its line breaks', async () => {
  const list = await PasswordList.load(fileWith('hunter-of-crates\r\n\n  Blue Monday 1983 \nlast line'));

  expect(['hunter-of-crates', 'blue monday 1983', 'LAST LINE', 'password1'].filter((one) => !list.has(one))).toEqual(
    [],
  );
  expect(list.has('')).toBe(false);
  expect(list.size).toBe(10_003);
});

it('tells of a file that is not there', async () => {
  await expect(PasswordList.load(join(folder, 'none'))).rejects.toThrow('ENOENT');
});
