import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { CustomerService, type Session } from '../customer/index.js';
import { ApiClientService, type ApiClient, type ApiClientKind } from '../store/index.js';
import { opaqueDigest, type Surface } from '../token/index.js';

/** An opaque token and what it is said to be: a configured credential, or a customer's access token. */
export type OpaqueCredential =
  { readonly token: string; readonly kind: ApiClientKind } | { readonly token: string; readonly surface: Surface };

export const OPAQUE = 'opaque';
const MAX_LENGTH = 512;

type Done = (error: unknown, found?: object | null) => void;

/** passport's half: takes the credential that was found in a header or in a field's argument. */
class CredentialStrategy extends passport.Strategy {
  constructor(private readonly verify: (credential: OpaqueCredential, done: Done) => void) {
    super();
  }

  override authenticate(request: object): void {
    const { credential } = request as { readonly credential: OpaqueCredential };
    this.verify(credential, (error, found) => {
      if (error) this.error(error);
      else if (found) this.success(found);
      else this.fail();
    });
  }
}

/** Tokens that say nothing, found by their digest (SEC-48). */
@Injectable()
export class OpaqueStrategy extends PassportStrategy(CredentialStrategy, OPAQUE) {
  constructor(
    private readonly clients: ApiClientService,
    private readonly customers: CustomerService,
  ) {
    super();
  }

  validate(credential: OpaqueCredential): Promise<ApiClient | Session | null> | null {
    const { token } = credential;
    if (token === '' || token.length > MAX_LENGTH) return null;
    if ('kind' in credential) return this.clients.findByToken(credential.kind, token);
    return this.customers.findByToken(opaqueDigest(token), credential.surface);
  }
}
