import { randomUUID, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { digestOf } from '#lib/opaque-token';
import { Config } from '../config/index.js';
import type { Surface } from './access-token.entity.js';
import { KeyRing } from './key-ring.js';
import { TokenFormat, type MintedToken, type TokenGrant } from './token-format.js';

/** The one algorithm of every JWT we issue or read (SEC-49). */
export const JWT_ALGORITHM = 'RS512';

/** Signed JWTs; the row is found by `jti`. */
@Injectable()
export class JwtFormat extends TokenFormat {
  constructor(
    private readonly keys: KeyRing,
    private readonly config: Config,
  ) {
    super();
  }

  override mint({ surface, scope, issuedAt, expiresAt, claims }: TokenGrant): MintedToken {
    const jti = randomUUID();
    const payload = {
      ...claims,
      iss: this.config.issuerUrl,
      aud: `${surface}:${scope}`,
      iat: Math.floor(issuedAt.getTime() / 1000),
      exp: Math.floor(expiresAt.getTime() / 1000),
      jti,
    };
    const { kid, privateKey } = this.keys.signing;
    const header = { alg: JWT_ALGORITHM, typ: 'JWT', kid } as const;
    const token = jwt.sign(safeJson(payload), privateKey, { algorithm: JWT_ALGORITHM, header });
    if (/[-_]/.test(token.split('.')[1] ?? '')) {
      throw new Error('a JWT payload holds characters that clients cannot decode');
    }
    return { token, digest: jwtDigest(jti) };
  }

  /** The digest of a JWT that was issued here for a surface, dead or alive; null for whatever else it may be (SEC-49). */
  digestIn(token: string, surface: Surface): Buffer | null {
    const key = this.keyOf(token);
    if (!key) return null;
    try {
      const audience = new RegExp(`^${surface}:`);
      const issuer = this.config.issuerUrl;
      const claims = jwt.verify(token, key, { algorithms: [JWT_ALGORITHM], issuer, audience, ignoreExpiration: true });
      return typeof claims === 'object' && claims.jti !== undefined ? jwtDigest(claims.jti) : null;
    } catch {
      return null;
    }
  }

  /**
   * The key that a JWT must be signed with: one of our own folder, by `kid` alone, whatever else its header says. None for
   * a signature that is spelled otherwise than it was issued: of all that decodes to it one text is the token.
   */
  keyOf(token: string): KeyObject | null {
    if (!isCanonical(token.slice(token.lastIndexOf('.') + 1))) return null;
    const header = headerIn(token);
    if (header?.alg !== JWT_ALGORITHM || header.typ !== 'JWT' || typeof header.kid !== 'string') return null;
    return this.keys.findPublic(header.kid);
  }
}

/** Whether a text is what its bytes are in base64url: the last letter may have bits that stand for nothing. */
function isCanonical(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

/** The header of whatever looks like a JWT, or null; the library throws where the payload is no JSON. */
function headerIn(token: string): jwt.JwtHeader | null {
  try {
    return jwt.decode(token, { complete: true })?.header ?? null;
  } catch {
    return null;
  }
}

/** What a JWT's row is found by. */
export function jwtDigest(jti: string): Buffer {
  return digestOf('jwt', jti);
}

/**
 * JSON whose base64url form never needs `-` or `_`: some clients decode the payload with plain base64.
 * Such characters come only of `>`, `?`, `~`, DEL and what lies outside ASCII, so those are escaped.
 */
export function safeJson(payload: unknown): string {
  return JSON.stringify(payload).replace(
    /[^\u0020-\u003d\u0040-\u007d]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
