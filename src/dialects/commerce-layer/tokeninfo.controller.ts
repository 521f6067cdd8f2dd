import { Controller, Get, UseFilters } from '@nestjs/common';
import { Allow, CallerFrom, CurrentCaller, type Caller } from '../../access/index.js';
import { CommerceLayerCaller } from './commerce-layer.caller.js';
import { CommerceLayerFilter } from './commerce-layer.filter.js';
import { toTokenInfo, type CommerceLayerTokenInfo } from './tokeninfo.mapper.js';

/** What an access token is good for. Refusals are worded as the API's, whose token it is. */
@Controller('oauth')
@CallerFrom(CommerceLayerCaller)
@UseFilters(CommerceLayerFilter)
export class CommerceLayerTokenInfoController {
  @Allow('integration', 'storefront')
  @Get('tokeninfo')
  tokenInfo(@CurrentCaller() caller: Caller): CommerceLayerTokenInfo {
    return toTokenInfo(caller);
  }
}
