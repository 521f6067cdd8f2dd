import { Controller, Get, Header } from '@nestjs/common';
import { Allow } from '../../access/index.js';
import { JWT_ALGORITHM, KeyRing } from '../../token/index.js';

interface PublicKey {
  readonly kty: string | undefined;
  readonly n: string | undefined;
  readonly e: string | undefined;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: string;
}

/** The public keys of every JWT that is issued here. */
@Controller('.well-known')
export class CommerceLayerKeysController {
  constructor(private readonly keys: KeyRing) {}

  /** May be kept for less time than a new key waits before it signs. */
  @Allow('public')
  @Header('Cache-Control', 'public, max-age=300')
  @Get('jwks.json')
  jwks(): { readonly keys: readonly PublicKey[] } {
    const keys = this.keys.all.map(({ kid, publicKey }): PublicKey => {
      const { kty, n, e } = publicKey.export({ format: 'jwk' });
      return { kty, n, e, kid, use: 'sig', alg: JWT_ALGORITHM };
    });
    return { keys };
  }
}
