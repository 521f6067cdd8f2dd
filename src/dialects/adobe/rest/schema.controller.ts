import { Controller, Get, Param, UseFilters } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { controllersOf, openApiOf } from '#lib/openapi';
import { ALLOW, Allow, type Audience } from '../../../access/index.js';
import { DomainError } from '../../../common/domain-error.js';
import { AdobeCaller } from '../adobe.caller.js';
import { refusalAnswer } from './rest.answers.js';
import { AdobeRestFilter } from './rest.filter.js';

const bearer = { type: 'http', scheme: 'bearer' };
const SCHEMES = {
  customer: { ...bearer, description: 'A token of `POST /V1/integration/customer/token`.' },
  administrator: { ...bearer, description: 'A token of `POST /V1/integration/admin/token`.' },
  integration: { ...bearer, description: 'A configured integration token.' },
};
const SCHEME_OF: Readonly<Partial<Record<Audience, keyof typeof SCHEMES>>> = {
  customer: 'customer',
  staff: 'administrator',
  integration: 'integration',
};

/** The description of this API, made of the routes that there are. */
@Controller('rest/:store/schema')
@UseFilters(AdobeRestFilter)
export class AdobeRestSchemaController {
  constructor(
    private readonly caller: AdobeCaller,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** The vendor's address; which `services` are asked for makes no difference. */
  @Allow('public')
  @Get()
  schema(@Param('store') code: string): object {
    if (!this.caller.storeNamed(code === 'all' ? '' : code)) throw new DomainError('STORE_UNKNOWN');
    return openApiOf(controllersOf(this.discovery), {
      title: 'Adobe Commerce REST',
      version: '2.4.8',
      description: 'Customers, their tokens, passwords and addresses, as Adobe Commerce answers.',
      server: `/rest/${code}`,
      base: '/rest',
      within: '/rest/V1/',
      securitySchemes: SCHEMES,
      schemesOf: (handler) =>
        this.reflector.get<readonly Audience[]>(ALLOW, handler).flatMap((audience) => SCHEME_OF[audience] ?? []),
      refusal: { type: 'application/json', schema: refusalAnswer },
    });
  }
}
