import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, type SigningKey, type Surface } from '../token/index.js';
import type { GenuineJwt } from './jwt.strategy.js';

/** About 5 MiB; more tokens in use than this are verified again now and then. */
const MAX_KEPT = 5000;

/**
 * Tokens whose signature has been found good, so that it need not be computed at each request. Keyed by the digest of
 * the whole token and the surface. Nothing of a token's life is kept: time and row are asked each time (SEC-49), and
 * everything is forgotten when the keys change.
 */
@Injectable()
export class GenuineTokens {
  private kept = new Map<string, GenuineJwt>();
  private keys: readonly SigningKey[];

  constructor(private readonly ring: KeyRing) {}

  /** What was found of a token before, else what `verify` finds now; null for a token that is not genuine. */
  find(
    surface: Surface,
    token: string,
    verify: () => Promise<GenuineJwt | null>,
  ): GenuineJwt | Promise<GenuineJwt | null> {
    this.forgetOldKeys();
    const key = surface + hash('sha256', token, 'base64');
    return this.kept.get(key) ?? this.verified(key, verify);
  }

  private async verified(key: string, verify: () => Promise<GenuineJwt | null>): Promise<GenuineJwt | null> {
    const found = await verify();
    if (found) this.keep(key, found);
    return found;
  }

  /** The oldest makes room. */
  private keep(key: string, found: GenuineJwt): void {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, found);
  }

  private forgetOldKeys(): void {
    if (this.keys === this.ring.all) return;
    this.keys = this.ring.all;
    this.kept = new Map();
  }
}
