import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { Allow, headerOf, trailOf, type IncomingRequest } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import { SignInService } from '../../customer/index.js';
import { LimitService } from '../../lockout/index.js';
import { StoreDirectory } from '../../store/index.js';
import { TokenService } from '../../token/index.js';
import { ORIGIN } from './commerce-layer.caller.js';
import type { CommerceLayerToken } from './commerce-layer.types.js';
import { OauthClients } from './oauth.clients.js';
import { OauthFault, unauthorizedClient, unsupportedGrant } from './oauth.errors.js';
import { OauthFilter } from './oauth.filter.js';
import { credentialsOf, readParameters, required, scopeOf, type OauthParameters } from './oauth.input.js';
import { tokenOrder, toToken, type Grant } from './oauth.mapper.js';

const GRANTS = ['client_credentials', 'password'];

/** Access tokens, for applications and for their customers. */
@Controller('oauth')
@UseFilters(OauthFilter)
export class OauthController {
  constructor(
    private readonly clients: OauthClients,
    private readonly signIns: SignInService,
    private readonly tokens: TokenService,
    private readonly limits: LimitService,
    private readonly stores: StoreDirectory,
    private readonly config: Config,
  ) {}

  @Allow('public')
  @Header('Pragma', 'no-cache')
  @HttpCode(200)
  @Post('token')
  async token(@Body() body: unknown, @Req() request: IncomingRequest): Promise<CommerceLayerToken> {
    await this.refuseTooMany(request);
    const given = readParameters(body);
    const grantType = required('grant_type', given);
    if (!GRANTS.includes(grantType)) throw new OauthFault(unsupportedGrant);
    const by = await this.clients.identify(credentialsOf(headerOf(request, 'authorization'), given));
    const grant = { by, scope: scopeOf(given), test: this.config.environment !== 'production' };
    return grantType === 'password' ? this.forCustomer(grant, given, request) : this.forApplication(grant);
  }

  private async forApplication(grant: Grant): Promise<CommerceLayerToken> {
    const { store } = grant.by;
    const order = { ...tokenOrder(grant, null), store, realm: store.realm, customerId: null };
    return toToken(await this.tokens.issueAlone(order), grant, null);
  }

  private async forCustomer(
    grant: Grant,
    given: OauthParameters,
    request: IncomingRequest,
  ): Promise<CommerceLayerToken> {
    const { store, kind } = grant.by;
    if (kind !== 'sales_channel') throw new OauthFault(unauthorizedClient);
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

  /** Counted before anything is read, by the network alone; the application is not known yet. */
  private async refuseTooMany(request: IncomingRequest): Promise<void> {
    const { realm } = this.stores.defaultStore;
    const by = trailOf(request, ORIGIN).network;
    const retryAfterSeconds = await this.limits.take(realm, [{ limit: 'oauthNetwork', by }]);
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
  }
}
