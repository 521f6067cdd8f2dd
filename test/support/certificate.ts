import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A certificate and its key, as TLS servers take them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const SHA256_RSA = '06092a864886f70d01010b0500'; // algorithm 1.2.840.113549.1.1.11, no parameters
const COMMON_NAME = '0603550403';
const SUBJECT_ALT_NAME = '0603551d11';
const BASIC_CONSTRAINTS = '0603551d13';

/** DER: a tag, the length of what follows, and that. */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly (Buffer | string)[]): Buffer => der(0x30, ...parts);
const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name).toString('hex')))));
const timeOf = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

/** A certificate for host names that lasts a day, signed by itself: who trusts it must be told so. */
export function selfSigned(...hosts: readonly [string, ...string[]]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = toBeSigned(hosts, publicKey);
  const signature = createSign('sha256').update(signed).sign(privateKey);
  const cert = sequence(signed, sequence(SHA256_RSA), der(0x03, '00', signature));
  const lines = cert.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function toBeSigned([first, ...others]: readonly [string, ...string[]], publicKey: KeyObject): Buffer {
  const day = 24 * 3600 * 1000;
  const now = Date.now();
  const names = sequence(...[first, ...others].map((host) => der(0x82, Buffer.from(host))));
  const isAuthority = sequence(der(0x01, 'ff'));
  return sequence(
    der(0xa0, der(0x02, '02')), // version 3
    der(0x02, '01'),
    sequence(SHA256_RSA),
    nameOf(first),
    sequence(timeOf(new Date(now - day)), timeOf(new Date(now + day))),
    nameOf(first),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(sequence(BASIC_CONSTRAINTS, der(0x04, isAuthority)), sequence(SUBJECT_ALT_NAME, der(0x04, names))),
    ),
  );
}
