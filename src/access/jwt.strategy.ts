import { Injectable, type Type } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Config } from '../config/index.js';
import { JWT_ALGORITHM, jwtDigest, JwtFormat, type Surface } from '../token/index.js';

/** A JWT that was signed here for a surface. Whether it is alive is another question. */
export interface GenuineJwt {
  /** What its row is found by. */
  readonly digest: Buffer;
  readonly audience: string;
  /** From when until when it may be used, in seconds since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly claims: Readonly<Record<string, unknown>>;
}

interface Claims extends Readonly<Record<string, unknown>> {
  readonly jti?: unknown;
  readonly aud?: unknown;
  readonly typ?: unknown;
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly exp?: unknown;
}

/** The name under which passport knows a surface's strategy. */
export const strategyName = (surface: Surface): string => `jwt-${surface}`;

/**
 * passport-jwt for the tokens of one surface. Pinned: algorithm, issuer, audience; keys come from our own folder by
 * `kid` alone, whatever else the header says (SEC-49). The audience is read here: matched there by a pattern, an
 * object in its place would be made a text first, which can throw.
 */
export function jwtStrategy(surface: Surface): Type<Strategy> {
  @Injectable()
  class SurfaceJwtStrategy extends PassportStrategy(Strategy, strategyName(surface)) {
    constructor(format: JwtFormat, config: Config) {
      super({
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request: unknown, token: string, done: (error: Error | null, key?: never) => void) => {
          const key = format.keyOf(token);
          done(key ? null : new UnknownKey(), key as never);
        },
        algorithms: [JWT_ALGORITHM],
        issuer: config.issuerUrl,
        ignoreExpiration: true,
      });
    }

    validate(claims: Claims): GenuineJwt | false {
      const { jti, aud, typ, iat, nbf, exp } = claims;
      if (typeof jti !== 'string' || typ !== undefined) return false;
      if (typeof aud !== 'string' || !aud.startsWith(`${surface}:`)) return false;
      if (typeof iat !== 'number' || typeof exp !== 'number') return false;
      if (nbf !== undefined && typeof nbf !== 'number') return false;
      return { digest: jwtDigest(jti), audience: aud, from: Math.max(iat, nbf ?? iat), until: exp, claims };
    }
  }
  return SurfaceJwtStrategy;
}

class UnknownKey extends Error {}
