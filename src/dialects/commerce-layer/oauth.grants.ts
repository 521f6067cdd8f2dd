import { Injectable } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { trailOf, type IncomingRequest } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import { RefreshService, SignInService } from '../../customer/index.js';
import { refreshDigest, TokenService } from '../../token/index.js';
import { ORIGIN } from './commerce-layer.caller.js';
import type { CommerceLayerToken } from './commerce-layer.types.js';
import type { OauthClient } from './oauth.clients.js';
import { OauthFault, unauthorizedClient } from './oauth.errors.js';
import { required, scopeOf, scopeWithin, type OauthParameters } from './oauth.input.js';
import { REFRESH, scopeIn, tokenOrder, toToken, type Grant } from './oauth.mapper.js';

/** A token request whose application is known. */
export interface TokenRequest {
  readonly by: OauthClient;
  readonly given: OauthParameters;
  readonly request: IncomingRequest;
}

/** What the token endpoint grants, by kind. */
@Injectable()
export class OauthGrants {
  constructor(
    private readonly signIns: SignInService,
    private readonly refreshes: RefreshService,
    private readonly tokens: TokenService,
    private readonly config: Config,
  ) {}

  async forApplication({ by, given, request }: TokenRequest): Promise<CommerceLayerToken> {
    const { store } = by;
    const grant = this.grantOf(by, scopeOf(given));
    const trail = trailOf(request, ORIGIN);
    const order = { ...tokenOrder(grant, null), store, realm: store.realm, trail, customerId: null };
    return toToken(await this.tokens.issueAlone(order), grant, null);
  }

  async forPassword({ by, given, request }: TokenRequest): Promise<CommerceLayerToken> {
    const { store } = by;
    const grant = this.grantOf(by, scopeOf(given));
    refuseMachines(by);
    const [username, password] = [required('username', given), required('password', given)];
    const email = parseEmail(username, { eai: store.realm.policy.eai });
    if (!email) throw new DomainError('EMAIL_INVALID');
    const trail = trailOf(request, ORIGIN);
    const signedIn = await this.signIns.signIn({
      ...{ store, trail, email, password },
      token: (customer) => tokenOrder(grant, customer),
    });
    return toToken(signedIn, grant, signedIn.customer);
  }

  /** A scope that is refused does not cost the refresh token. */
  async forRefreshToken({ by, given, request }: TokenRequest): Promise<CommerceLayerToken> {
    refuseMachines(by);
    const { store, client } = by;
    const presented = required('refresh_token', given);
    const grant = (): Grant => this.grantOf(by, scopeWithin(scopeIn(presented), given));
    const signedIn = await this.refreshes.refresh({
      ...{ store, client, trail: trailOf(request, ORIGIN), digest: refreshDigest(presented), surface: REFRESH },
      token: (customer) => tokenOrder(grant(), customer),
    });
    return toToken(signedIn, grant(), signedIn.customer);
  }

  private grantOf(by: OauthClient, scope: string): Grant {
    return { by, scope, test: this.config.environment !== 'production' };
  }
}

/** Integrations act for themselves, never for a customer. @throws OauthFault */
function refuseMachines({ kind }: OauthClient): void {
  if (kind !== 'sales_channel') throw new OauthFault(unauthorizedClient);
}
