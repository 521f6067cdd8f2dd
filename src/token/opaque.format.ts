import { Injectable } from '@nestjs/common';
import { digestOf, newOpaqueToken } from '#lib/opaque-token';
import { TokenFormat, type MintedToken } from './token-format.js';

/** Tokens that say nothing: 256 random bits. */
@Injectable()
export class OpaqueFormat extends TokenFormat {
  override mint(): MintedToken {
    const token = newOpaqueToken();
    return { token, digest: opaqueDigest(token) };
  }
}

/** What an opaque token's row is found by. */
export function opaqueDigest(token: string): Buffer {
  return digestOf('opaque', token);
}
