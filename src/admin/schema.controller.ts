import { Controller, Get } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { controllersOf, openApiOf } from '#lib/openapi';
import { ALLOW, Allow, type Audience } from '../access/index.js';
import { problemAnswer } from './admin.answers.js';

const PATH = 'admin/v1/openapi.json';

/** The description of this API, made of the routes that there are. */
@Controller(PATH)
export class AdminSchemaController {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  @Allow('public')
  @Get()
  schema(): object {
    const controllers = controllersOf(this.discovery).filter((controller) => controller !== AdminSchemaController);
    return openApiOf(controllers, {
      title: 'Keyturn admin API',
      version: '1',
      description: 'Customers of all realms and what happens to them, for staff and machines.',
      server: '/admin/v1',
      base: '/admin/v1',
      within: '/admin/v1/',
      securitySchemes: { staff: { type: 'http', scheme: 'bearer', description: 'One of `adminTokens`.' } },
      schemesOf: (handler) => this.reflector.get<readonly Audience[]>(ALLOW, handler).filter((one) => one !== 'public'),
      refusal: { type: 'application/problem+json', schema: problemAnswer },
    });
  }
}
