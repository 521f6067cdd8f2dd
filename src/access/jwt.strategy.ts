import { Injectable, type Type } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { CustomerService, type TokenHolder } from '../customer/index.js';
import { JWT_ALGORITHM, jwtDigest, JwtFormat, type Surface } from '../token/index.js';

const SKEW_SECONDS = 5;

/** A living JWT: its row, its customer if it has one, and the audience that it was issued for. */
export interface JwtHolder extends TokenHolder {
  readonly audience: string;
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
 * passport-jwt for the customers of one surface. Pinned: algorithm, issuer, audience; keys come from our own folder by
 * `kid` alone, whatever else the header says. Times are judged by the `Clock`, life and death by the row (SEC-49).
 */
export function jwtStrategy(surface: Surface): Type<Strategy> {
  @Injectable()
  class SurfaceJwtStrategy extends PassportStrategy(Strategy, strategyName(surface)) {
    constructor(
      format: JwtFormat,
      config: Config,
      private readonly customers: CustomerService,
      private readonly clock: Clock,
    ) {
      super({
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request: unknown, token: string, done: (error: Error | null, key?: never) => void) => {
          const key = format.keyOf(token);
          done(key ? null : new UnknownKey(), key as never);
        },
        algorithms: [JWT_ALGORITHM],
        issuer: config.issuerUrl,
        audience: new RegExp(`^${surface}:`) as unknown as string,
        ignoreExpiration: true,
      });
    }

    async validate(claims: Claims): Promise<JwtHolder | false> {
      const { jti, aud, typ } = claims;
      if (typeof jti !== 'string' || typeof aud !== 'string' || typ !== undefined) return false;
      if (!isTimely(claims, this.clock.now())) return false;
      const holder = await this.customers.findHolder(jwtDigest(jti), surface);
      return holder ? { ...holder, audience: aud, claims } : false;
    }
  }
  return SurfaceJwtStrategy;
}

class UnknownKey extends Error {}

function isTimely({ iat, nbf, exp }: Claims, at: Date): boolean {
  const now = at.getTime() / 1000;
  const hasBegun = (time: unknown): boolean => typeof time === 'number' && time <= now + SKEW_SECONDS;
  return hasBegun(iat) && (nbf === undefined || hasBegun(nbf)) && typeof exp === 'number' && exp > now;
}
