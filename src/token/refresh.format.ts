import { Injectable } from '@nestjs/common';
import { digestOf } from '#lib/opaque-token';
import { JwtFormat } from './jwt.format.js';
import { TokenFormat, type MintedToken, type TokenGrant } from './token-format.js';

/**
 * Refresh tokens look like JWTs, because some clients want to read an issuer before they revoke one. Nothing here reads
 * them: they are found by the digest of the whole text, and what it says of itself keeps it out of every API (SEC-49).
 */
@Injectable()
export class RefreshFormat extends TokenFormat {
  constructor(private readonly jwt: JwtFormat) {
    super();
  }

  override mint(grant: TokenGrant): MintedToken {
    const { token } = this.jwt.mint({ ...grant, claims: { ...grant.claims, typ: 'refresh' } });
    return { token, digest: refreshDigest(token) };
  }
}

/** What a refresh token's row is found by. */
export function refreshDigest(token: string): Buffer {
  return digestOf('refresh', token);
}
