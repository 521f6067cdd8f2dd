import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../common/clock.js';
import { loadConfig, type Config } from '../config/index.js';
import { generateKey, KeyRing, readKeys } from './key-ring.js';

class TestClock extends Clock {
  private at = Date.parse('2026-01-01T00:00:00.000Z');

  override now(): Date {
    return new Date(this.at);
  }

  advance(seconds: number): void {
    this.at += seconds * 1000;
  }
}

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://accounts.shop.example',
  MAIL_URL: 'smtp://mail.shop.example',
  SECRET_KEY: 'a-secret-key-of-more-than-32-bytes-0123456789',
};

/** Making a key takes long, so most tests share these. */
let made: readonly KeyObject[];
let root: string;
let folder: string;
let clock: TestClock;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyturn-keys-'));
  made = [1, 2, 3].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
});

beforeEach(() => {
  folder = join(mkdtempSync(join(root, 'test-')), 'keys');
  clock = new TestClock();
});

afterAll(() => rmSync(root, { recursive: true }));

const configOf = (env: NodeJS.ProcessEnv = {}): Config => loadConfig({ ...env, KEYS_DIR: folder });
const aRing = (): KeyRing => new KeyRing(configOf(), clock);

function put(file: string, key: KeyObject): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, file), key.export({ type: 'pkcs8', format: 'pem' }));
}

/** One of the keys, as a file made now; the answer is its id. */
function aKey(which: 0 | 1 | 2 = 0): string {
  const file = `${clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')}-rs512.pem`;
  const key = made[which];
  if (key) put(file, key);
  return readKeys(folder).find((one) => one.file === file)?.kid ?? '';
}

describe('the key that signs', () => {
  it('is a lone one at once', () => {
    const lone = aKey();

    expect(aRing().signing.kid).toBe(lone);
  });

  it('is a new one only when every instance had ten minutes to read it', () => {
    const old = aKey(0);
    clock.advance(3600);
    const fresh = aKey(1);
    const ring = aRing();

    const signing = [0, 599, 1, 86400].map((seconds) => {
      clock.advance(seconds);
      return ring.signing.kid;
    });

    expect(signing).toEqual([old, old, fresh, fresh]);
  });

  it('is the oldest while none is ten minutes old', () => {
    const first = aKey(0);
    clock.advance(1);
    aKey(1);

    expect(aRing().signing.kid).toBe(first);
  });

  it('is made in development, once', () => {
    const kid = aRing().signing.kid;
    clock.advance(3600);

    expect(aRing().signing.kid).toBe(kid);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is missing in production until it has been made by hand (SEC-83)', () => {
    expect(() => new KeyRing(configOf(PRODUCTION), clock)).toThrow(
      'KEYS_DIR holds no key: run "keyturn keys generate"',
    );
    expect(readdirSync(folder)).toEqual([]);

    const kid = aKey();

    expect(new KeyRing(configOf(PRODUCTION), clock).signing.kid).toBe(kid);
  });
});

describe('the keys that verify', () => {
  it('are all in the folder, however young (SEC-84)', () => {
    const kids = ([0, 1, 2] as const).map((which) => {
      clock.advance(3600);
      return aKey(which);
    });
    const ring = aRing();

    expect(kids.map((kid) => ring.findPublic(kid)?.type)).toEqual(['public', 'public', 'public']);
  });

  it('are read again for an id that is not known, at most once a minute', () => {
    aKey(0);
    const ring = aRing();
    clock.advance(1);
    const second = aKey(1);
    const found: boolean[] = [];
    const look = (kid: string, seconds: number): void => {
      clock.advance(seconds);
      found.push(ring.findPublic(kid) !== null);
    };

    look(second, 58); // 59 s after the ring was made
    look(second, 1);
    const third = aKey(2);
    look(third, 59);
    look(third, 1);

    expect(found).toEqual([false, true, false, true]);
  });

  it('are the same list for as long as they are the same keys, however often they are read', () => {
    aKey(0);
    const ring = aRing();
    const before = ring.all;

    clock.advance(60);
    ring.findPublic('unknown');
    const unchanged = ring.all;
    aKey(1);
    clock.advance(60);
    ring.findPublic('unknown');

    expect(unchanged).toBe(before);
    expect(ring.all).not.toBe(before);
  });

  it('are not read again for an id that is known', () => {
    const known = aKey();
    const ring = aRing();
    rmSync(folder, { recursive: true });
    clock.advance(3600);

    expect(ring.findPublic(known)).not.toBeNull();
    expect(ring.findPublic('unknown')).toBeNull();
    expect(ring.findPublic(known)).toBeNull();
  });

  it('are found by the exact id alone (SEC-49)', () => {
    const kid = aKey();
    const ring = aRing();

    for (const other of ['', kid.toLowerCase(), ` ${kid}`, kid.slice(0, -1), '../../etc/passwd', '__proto__']) {
      expect(ring.findPublic(other)).toBeNull();
    }
  });
});

describe('a key', () => {
  it('has the RFC 7638 thumbprint as its id', () => {
    const { kid, publicKey } = generateKey(folder, clock.now());
    const { e, n } = publicKey.export({ format: 'jwk' });

    expect(kid).toBe(createHash('sha256').update(`{"e":"${e}","kty":"RSA","n":"${n}"}`).digest('base64url'));
  });

  it('is a file that only its owner reads, named by the UTC time, and appears whole', () => {
    const { file, createdAt } = generateKey(folder, clock.now());

    expect(file).toMatch(/^20260101T000000Z-[0-9a-f]{8}\.pem$/);
    expect(createdAt).toEqual(clock.now());
    expect(readdirSync(folder)).toEqual([file]);
    expect([statSync(folder).mode & 0o777, statSync(join(folder, file)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('is listed by age, and nothing but PEM files is listed', () => {
    clock.advance(86400);
    const young = aKey(0);
    clock.advance(-86400);
    const old = aKey(1);
    writeFileSync(join(folder, 'README'), 'keys');
    writeFileSync(join(folder, '20270101T000000Z-rs512.pem.new'), 'half a key');

    expect(readKeys(folder).map(({ kid }) => kid)).toEqual([old, young]);
  });

  it('may come from elsewhere, under a name of its own', () => {
    aKey();
    renameSync(join(folder, '20260101T000000Z-rs512.pem'), join(folder, 'ours.pem'));

    expect(readKeys(folder)[0]?.createdAt).toEqual(new Date(0));
    expect(aRing().signing.file).toBe('ours.pem');
  });

  it.each([
    ['an elliptic curve', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['Ed25519', () => generateKeyPairSync('ed25519').privateKey],
    ['RSA-PSS', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey],
  ])('of %s is refused, with the name of its file (SEC-49)', (_kind, make) => {
    aKey();
    put('20260102T000000Z-other.pem', make());

    expect(() => aRing()).toThrow('20260102T000000Z-other.pem is not an RSA key');
  });

  it('that is no key at all and appears later changes nothing', () => {
    const kid = aKey();
    const ring = aRing();
    writeFileSync(join(folder, '20260102T000000Z-broken.pem'), 'no key');

    clock.advance(60);

    expect(ring.findPublic('unknown')).toBeNull();
    expect([ring.signing.kid, ring.findPublic(kid)?.type]).toEqual([kid, 'public']);
  });

  it('that is no key at all stops the start, instead of being passed over', () => {
    aKey();
    writeFileSync(join(folder, '20260102T000000Z-rs512.pem'), 'no key');

    expect(() => aRing()).toThrow();
  });
});

it('takes a folder that is there already, with the rights it has', () => {
  aKey();
  chmodSync(folder, 0o750);

  aRing();

  expect(statSync(folder).mode & 0o777).toBe(0o750);
});
