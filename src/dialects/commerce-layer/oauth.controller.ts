import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import { Allow, type IncomingRequest } from '../../access/index.js';
import { StoreDirectory } from '../../store/index.js';
import { CommerceLayerPace } from './commerce-layer.pace.js';
import { CommerceLayerShopper } from './commerce-layer.shopper.js';
import type { CommerceLayerToken } from './commerce-layer.types.js';
import { OauthClients } from './oauth.clients.js';
import { OauthFault, unsupportedGrant } from './oauth.errors.js';
import { OauthFilter } from './oauth.filter.js';
import { OauthGrants, type TokenRequest } from './oauth.grants.js';
import { readParameters, required } from './oauth.input.js';
import { OauthRevocation } from './oauth.revocation.js';

type GrantName = 'forApplication' | 'forPassword' | 'forRefreshToken' | 'forAssertion';

const GRANTS: ReadonlyMap<string, GrantName> = new Map([
  ['client_credentials', 'forApplication'],
  ['password', 'forPassword'],
  ['refresh_token', 'forRefreshToken'],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'forAssertion'],
]);

/** Access tokens, for applications and for their customers. */
@Controller('oauth')
@UseFilters(OauthFilter)
export class OauthController {
  constructor(
    private readonly clients: OauthClients,
    private readonly grants: OauthGrants,
    private readonly revocation: OauthRevocation,
    private readonly pace: CommerceLayerPace,
    private readonly stores: StoreDirectory,
    private readonly shoppers: CommerceLayerShopper,
  ) {}

  @Allow('public')
  @Header('Pragma', 'no-cache')
  @HttpCode(200)
  @Post('token')
  async token(@Body() body: unknown, @Req() request: IncomingRequest): Promise<CommerceLayerToken> {
    await this.refuseTooMany(request);
    const given = readParameters(body);
    const grant = GRANTS.get(required('grant_type', given));
    if (grant === undefined) throw new OauthFault(unsupportedGrant);
    const by = await this.clients.identify(request, given);
    const asked: TokenRequest = { by, given };
    return this.grants[grant](asked);
  }

  /** Answers alike for a token that is ended now, one that ended before, and one that never was (SEC-54). */
  @Allow('public')
  @Header('Pragma', 'no-cache')
  @HttpCode(200)
  @Post('revoke')
  async revoke(@Body() body: unknown, @Req() request: IncomingRequest): Promise<object> {
    await this.refuseTooMany(request);
    await this.revocation.revoke(readParameters(body), request);
    return {};
  }

  /** The application is not known yet, so the numbers are the default store's. */
  private async refuseTooMany(request: IncomingRequest): Promise<void> {
    this.pace.takeToken(await this.shoppers.trailOf(request, null), this.stores.defaultStore.realm);
  }
}
