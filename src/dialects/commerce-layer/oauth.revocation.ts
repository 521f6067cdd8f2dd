import { Injectable } from '@nestjs/common';
import type { IncomingRequest } from '../../access/index.js';
import { RefreshService } from '../../customer/index.js';
import { JwtFormat, refreshDigest, TokenService, type AccessToken } from '../../token/index.js';
import { OauthClients, type OauthClient } from './oauth.clients.js';
import { invalidClient, mayNotRevoke, OauthFault } from './oauth.errors.js';
import { required, type OauthParameters } from './oauth.input.js';
import { REFRESH } from './oauth.mapper.js';

/** Ends tokens at the wish of the application that they were issued to. */
@Injectable()
export class OauthRevocation {
  constructor(
    private readonly clients: OauthClients,
    private readonly tokens: TokenService,
    private readonly refreshes: RefreshService,
    private readonly format: JwtFormat,
  ) {}

  /**
   * Ends an access token with its refresh token, or the reverse; one that is unknown or dead is no fault (RFC 7009).
   * An application that showed no secret may end the tokens of its customers only.
   *
   * @throws OauthFault for one that is not known, and for tokens of another (SEC-54)
   */
  async revoke(given: OauthParameters, request: IncomingRequest): Promise<void> {
    const { client, confidential, trail } = await this.identify(given, request);
    const token = await this.find(required('token', given));
    if (!token) return;
    const isOwn = token.apiClientId === client.id;
    if (!isOwn || (!confidential && token.customerId === null)) throw new OauthFault(mayNotRevoke);
    await this.refreshes.giveUp(token, trail);
  }

  private async identify(given: OauthParameters, request: IncomingRequest): Promise<OauthClient> {
    try {
      return await this.clients.identify(request, given);
    } catch (error) {
      const isUnknown = error instanceof OauthFault && error.refusal === invalidClient;
      throw isUnknown ? new OauthFault(mayNotRevoke) : error;
    }
  }

  private find(token: string): Promise<AccessToken | null> {
    const access = this.format.digestIn(token, 'commerce-layer');
    if (access) return this.tokens.find(access, 'commerce-layer');
    return this.tokens.find(refreshDigest(token), REFRESH);
  }
}
