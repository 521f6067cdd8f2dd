import { Injectable } from '@nestjs/common';
import passport from 'passport';
import { Clock } from '../common/clock.js';
import { CustomerService, type Session, type TokenHolder } from '../customer/index.js';
import type { ApiClient, ApiClientKind } from '../store/index.js';
import type { Surface } from '../token/index.js';
import { GenuineTokens } from './genuine-tokens.js';
import { strategyName, type GenuineJwt } from './jwt.strategy.js';
import { OPAQUE, type OpaqueCredential } from './opaque.strategy.js';

const MAX_JWT_LENGTH = 8192;
const SKEW_SECONDS = 5;

/** A living JWT: its row, its customer if it has one, and the audience that it was issued for. */
export interface JwtHolder extends TokenHolder {
  readonly audience: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What else of its customer is to be read with a token. */
export interface Wanted {
  readonly withAddresses?: boolean;
}

/** Asks passport's strategies who presents a token. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly genuine: GenuineTokens,
    private readonly customers: CustomerService,
    private readonly clock: Clock,
  ) {}

  /**
   * The token behind a Bearer JWT of a surface, or null (SEC-3: longer ones were never issued). Its time is judged by
   * the `Clock`, life and death by the row (SEC-49).
   */
  async jwt(surface: Surface, token: string, { withAddresses = false }: Wanted = {}): Promise<JwtHolder | null> {
    if (token.length > MAX_JWT_LENGTH) return null;
    const found = this.genuine.find(surface, token, () =>
      ask<GenuineJwt>(strategyName(surface), { headers: { authorization: `Bearer ${token}` } }),
    );
    const jwt = found instanceof Promise ? await found : found;
    if (!jwt || !isTimely(jwt, this.clock.now())) return null;
    const holder = await (withAddresses
      ? this.customers.findHolderWithAddresses(jwt.digest, surface)
      : this.customers.findHolder(jwt.digest, surface));
    return holder && { ...holder, audience: jwt.audience, claims: jwt.claims };
  }

  /** The configured credential behind an opaque token, or null. */
  client(kind: ApiClientKind, token: string): Promise<ApiClient | null> {
    return ask<ApiClient>(OPAQUE, { credential: { kind, token } satisfies OpaqueCredential });
  }

  /** The session behind an opaque access token of a surface, or null. */
  opaqueSession(surface: Surface, token: string): Promise<Session | null> {
    return ask<Session>(OPAQUE, { credential: { surface, token } satisfies OpaqueCredential });
  }
}

/** passport wants a request of its own to write on; it gets only what the strategy reads. */
function ask<T>(strategy: string, request: object): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const answer = (error: unknown, found?: T | false): void => {
      if (error) reject(error instanceof Error ? error : new Error('a strategy failed', { cause: error }));
      else resolve(found || null);
    };
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- passport's type is any
    const authenticate: (request: object, response: object, next: typeof reject) => void = passport.authenticate(
      strategy,
      { session: false },
      answer,
    );
    authenticate(request, {}, reject);
  });
}

function isTimely({ from, until }: GenuineJwt, at: Date): boolean {
  const now = at.getTime() / 1000;
  return from <= now + SKEW_SECONDS && until > now;
}

/** Whether a Bearer value has the form of a JWT: three parts; anything else is opaque. */
export function looksLikeJwt(token: string): boolean {
  return /^[^.]+\.[^.]+\.[^.]+$/.test(token);
}
