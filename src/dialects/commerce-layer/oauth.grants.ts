import { Injectable } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { Clock } from '../../common/clock.js';
import { DomainError, isDomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import { DelegationService, RefreshService, SignInService } from '../../customer/index.js';
import { refreshDigest, TokenService } from '../../token/index.js';
import type { CommerceLayerToken } from './commerce-layer.types.js';
import { readAssertion } from './oauth.assertion.js';
import type { OauthClient } from './oauth.clients.js';
import { invalidAssertion, invalidClient, invalidGrant, OauthFault, unauthorizedClient } from './oauth.errors.js';
import { required, scopeOf, scopeWithin, type OauthParameters } from './oauth.input.js';
import { grantedBy, REFRESH, tokenOrder, toToken, type Grant } from './oauth.mapper.js';

/** A token request whose application is known. */
export interface TokenRequest {
  readonly by: OauthClient;
  readonly given: OauthParameters;
}

/** What the token endpoint grants, by kind. */
@Injectable()
export class OauthGrants {
  constructor(
    private readonly signIns: SignInService,
    private readonly refreshes: RefreshService,
    private readonly delegations: DelegationService,
    private readonly tokens: TokenService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async forApplication({ by, given }: TokenRequest): Promise<CommerceLayerToken> {
    const { store, trail } = by;
    const grant = this.grantOf(by, { scope: scopeOf(given) });
    const order = { ...tokenOrder(grant, null), store, realm: store.realm, trail, customerId: null };
    return toToken(await this.tokens.issueAlone(order), grant, null);
  }

  async forPassword({ by, given }: TokenRequest): Promise<CommerceLayerToken> {
    const { store } = by;
    const grant = this.grantOf(by, { scope: scopeOf(given) });
    refuseMachines(by);
    const [username, password] = [required('username', given), required('password', given)];
    const email = parseEmail(username, { eai: store.realm.policy.eai });
    if (!email) throw new DomainError('EMAIL_INVALID');
    const signedIn = await this.signIns.signIn({
      ...{ store, trail: by.trail, email, password },
      token: (customer) => tokenOrder(grant, customer),
    });
    return toToken(signedIn, grant, signedIn.customer);
  }

  /** A scope that is refused does not cost the refresh token. */
  async forRefreshToken({ by, given }: TokenRequest): Promise<CommerceLayerToken> {
    if (!mayDelegate(by)) refuseMachines(by);
    const { store, client } = by;
    const presented = required('refresh_token', given);
    const grant = (): Grant => {
      const { scope, delegation } = grantedBy(presented);
      if (delegation && !mayDelegate(by)) throw new OauthFault(invalidGrant);
      return this.grantOf(by, { scope: scopeWithin(scope, given), delegation });
    };
    const signedIn = await this.refreshes.refresh({
      ...{ store, client, trail: by.trail, digest: refreshDigest(presented), surface: REFRESH },
      token: (customer) => tokenOrder(grant(), customer),
    });
    return toToken(signedIn, grant(), signedIn.customer);
  }

  /** In the name of whomever the application says; a right secret is all that is asked of it. */
  async forAssertion({ by, given }: TokenRequest): Promise<CommerceLayerToken> {
    const { store, client } = by;
    if (!by.confidential) throw new OauthFault(invalidClient);
    if (!mayDelegate(by)) throw new OauthFault(unauthorizedClient);
    const { owner, customClaim } = readAssertion(required('assertion', given), this.clock.now());
    const grant = this.grantOf(by, { scope: scopeOf(given), delegation: { customClaim } });
    const order = { store, client, owner, trail: by.trail };
    const issued = await asAssertion(
      this.delegations.issue({ ...order, token: (customer) => tokenOrder(grant, customer) }),
    );
    return toToken(issued, grant, issued.customer);
  }

  private grantOf(by: OauthClient, granted: Pick<Grant, 'scope'> & Partial<Pick<Grant, 'delegation'>>): Grant {
    return { by, delegation: null, ...granted, test: this.config.environment !== 'production' };
  }
}

/** Whether the operator lets an application ask for tokens in the name of customers. */
function mayDelegate({ client }: OauthClient): boolean {
  return client.extraGrants?.includes('jwt-bearer') === true;
}

/** Why somebody cannot be spoken for is not told. @throws OauthFault */
async function asAssertion<T>(issuing: Promise<T>): Promise<T> {
  try {
    return await issuing;
  } catch (error) {
    if (isDomainError(error) && !error.is('BUSY')) throw new OauthFault(invalidAssertion);
    throw error;
  }
}

/** Integrations act for themselves, never for a customer. @throws OauthFault */
function refuseMachines({ kind }: OauthClient): void {
  if (kind !== 'sales_channel') throw new OauthFault(unauthorizedClient);
}
