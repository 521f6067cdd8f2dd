import { createHash } from 'node:crypto';

/** Whether a secret can be guessed, so that even its plain digest would give it away. */
type Kind = 'password' | 'token' | 'code';

/** Every secret that a test has used, and where one of them turns up. */
export class SecretLedger {
  private readonly secrets = new Map<string, { readonly name: string; readonly kind: Kind }>();

  get size(): number {
    return this.secrets.size;
  }

  /** Names by kind of flow, for whoever wants to know that none was forgotten. */
  get names(): string[] {
    return [...this.secrets.values()].map(({ name }) => name);
  }

  /** Remembers a secret and hands it back. Of a JWT the signature counts as well: the rest says nothing secret. */
  keep(name: string, secret: unknown, kind: Kind = 'token'): string {
    if (typeof secret !== 'string' || secret.length < (kind === 'code' ? 6 : 8)) throw new Error(`no secret: ${name}`);
    this.secrets.set(secret, { name, kind });
    const [, , signature] = secret.split('.');
    if (signature) this.secrets.set(signature, { name: `signature of ${name}`, kind });
    return secret;
  }

  password(name: string, secret: string): string {
    return this.keep(name, secret, 'password');
  }

  /** What stands somewhere, of all or of some: `name as form`. */
  foundIn(text: string, isMeant: (name: string, kind: Kind) => boolean = () => true): string[] {
    const meant = [...this.secrets].filter(([, { name, kind }]) => isMeant(name, kind));
    return meant.flatMap(([secret, { name, kind }]) =>
      formsOf(secret, kind)
        .filter(([, form]) => (form instanceof RegExp ? form.test(text) : text.includes(form)))
        .map(([how]) => `${name} as ${how}`),
    );
  }
}

/** A secret as it may be written: as it is, in JSON, as bytes of a column, in a URL, encoded; of passwords, digested. */
function formsOf(secret: string, kind: Kind): [string, string | RegExp][] {
  if (kind === 'code') return [['text', new RegExp(`(?<!\\w)${secret}(?!\\w)`)]];
  const bytes = Buffer.from(secret);
  const forms: [string, string][] = [
    ['text', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['bytes', bytes.toString('latin1')],
    ['part of a URL', encodeURIComponent(secret)],
    ['form field', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ...[0, 1, 2].flatMap((offset) => base64Within(bytes, offset)),
    ...(kind === 'password' ? ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => digested(secret, name)) : []),
  ];
  return forms;
}

/** Base64 of a text that holds the secret somewhere: what is the same whatever stands around it. */
function base64Within(bytes: Buffer, offset: number): [string, string][] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const from = offset === 0 ? 0 : offset + 1;
  const to = Math.floor((padded.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((name) => [name, padded.toString(name).slice(from, to)]);
}

function digested(secret: string, name: string): [string, string][] {
  const digest = createHash(name).update(secret).digest();
  return (['hex', 'base64', 'latin1'] as const).map((form) => [`${name} in ${form}`, digest.toString(form)]);
}
