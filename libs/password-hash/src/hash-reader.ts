import { readAdobe } from './adobe-hash.js';
import { readBcrypt } from './bcrypt-hash.js';
import type { Argon2Engine, BcryptEngine } from './engine.js';
import { readPhc } from './phc-hash.js';
import type { HashFault, StoredHash } from './stored-hash.js';

const MAX_LENGTH = 255;

/** Reads a hash of any known form. */
export type HashReader = (text: string) => StoredHash | HashFault;

/** A reader of all forms that there is an engine for; the beginning of a text tells its form. */
export function hashReader(argon2: Argon2Engine, bcrypt: BcryptEngine | null): HashReader {
  const forms: readonly { readonly prefix: string; readonly read: HashReader }[] = [
    { prefix: '$argon2id$', read: (text) => readPhc(argon2, text) },
    ...(bcrypt ? [{ prefix: '$2', read: (text: string) => readBcrypt(bcrypt, text) }] : []),
    { prefix: '', read: (text) => readAdobe(argon2, text) },
  ];
  return (text) => {
    const form = text.length <= MAX_LENGTH ? forms.find(({ prefix }) => text.startsWith(prefix)) : undefined;
    return form?.read(text) ?? 'unknown-form';
  };
}
