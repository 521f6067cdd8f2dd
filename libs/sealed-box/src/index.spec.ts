import { randomBytes } from 'node:crypto';
import { SealedBox } from './index.js';

const master = randomBytes(32);

it('opens what it sealed, and never seals alike twice', () => {
  const box = new SealedBox(master, 'mail');

  expect(box.open(box.seal('grüße'))).toBe('grüße');
  expect(box.seal('same').equals(box.seal('same'))).toBe(false);
});

it('opens nothing that was sealed for another purpose or under another key (SEC-84)', () => {
  const sealed = new SealedBox(master, 'mail').seal('text');

  expect(new SealedBox(master, 'webhook').open(sealed)).toBeNull();
  expect(new SealedBox(randomBytes(32), 'mail').open(sealed)).toBeNull();
});

it('opens nothing that was altered in any byte', () => {
  const box = new SealedBox(master, 'mail');
  const sealed = box.seal('text');

  const altered = [...sealed.keys()].map((at) => {
    const copy = Buffer.from(sealed);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return box.open(copy);
  });

  expect(altered.every((text) => text === null)).toBe(true);
  expect(box.open(Buffer.alloc(3))).toBeNull();
});
