import type { Surface } from './access-token.entity.js';

/** What a token is issued for. */
export interface TokenGrant {
  readonly surface: Surface;
  /** Whom it serves: a realm's or a store's code, by surface; the JWT's audience is `<surface>:<scope>`. */
  readonly scope: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** What the vendor's clients expect to find in it, beside the registered claims. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A token as it is handed out, once, and the digest it is found by. */
export interface MintedToken {
  readonly token: string;
  readonly digest: Buffer;
}

/** Port: how tokens look. Whatever the form, a row in `access_token` decides whether one is alive. */
export abstract class TokenFormat {
  abstract mint(grant: TokenGrant): MintedToken;
}
